package dev.upkeep.infra.aws.stack;

import dev.upkeep.infra.aws.template.Fields;
import dev.upkeep.infra.aws.template.Resource;
import dev.upkeep.infra.aws.template.Value;
import dev.upkeep.infra.image.reference.Architecture;
import dev.upkeep.infra.spec.AwsSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The instances: how each is made, and the group that keeps their number. */
final class GroupPart {

    static final String GROUP = "Group";
    static final String ADDRESS = "Address";

    /** How long an instance may take until it has signalled that users can come. */
    static final Duration BOOT_LIMIT = Duration.ofMinutes(15);

    private static final String LAUNCH_TEMPLATE = "LaunchTemplate";

    /** The group adds instances when its processors are busier than that, in percent. */
    private static final int BUSY_PERCENT = 60;

    private static final String DEBIAN = "debian-";

    private final Design design;

    GroupPart(Design design) {
        this.design = design;
    }

    List<Resource> resources(NetworkPart network) {
        List<Resource> resources = new ArrayList<>();
        if (!design.isBalanced() && design.allocation().isEmpty()) {
            resources.add(address());
        }
        resources.add(launchTemplate());
        resources.add(group(network));
        if (design.mostInstances() > design.capacity()) {
            resources.add(scaling());
        }
        return List.copyOf(resources);
    }

    private Resource address() {
        return Resource.of(
                        ADDRESS,
                        "AWS::EC2::EIP",
                        Fields.of("Domain", "vpc").with("Tags", design.allTagsNamed("address")))
                .after(List.of(NetworkPart.GATEWAY_ATTACHMENT));
    }

    private Resource launchTemplate() {
        Fields data = Fields.of("ImageId", image(design, design.aws().server().publishedImage()))
                .with("InstanceType", design.type().name())
                .with("IamInstanceProfile", Fields.of("Arn", Value.attribute(RolePart.PROFILE, "Arn")))
                .with("MetadataOptions", metadata())
                .with("BlockDeviceMappings", Value.list(disk(design)))
                .with("NetworkInterfaces", Value.list(networkInterface()));
        if (design.type().isBurstable()) {
            data = data.with("CreditSpecification", Fields.of("CpuCredits", "standard"));
        }
        data = data.with("TagSpecifications", Value.list(tags("instance"), tags("volume"), tags("network-interface")))
                .with("UserData", new BootData(design, BootData.Purpose.SERVE).value());
        Resource template =
                Resource.of(LAUNCH_TEMPLATE, "AWS::EC2::LaunchTemplate", Fields.of("LaunchTemplateData", data));
        return design.aws().network().isPrivate()
                ? template
                : template.although(
                        "CKV_AWS_88",
                        design.isBalanced()
                                ? "It is the way out to registries without a NAT gateway; in comes only the load balancer."
                                : "Users come to this address.");
    }

    /** With one hop an answer does not come through to a container, so that no application gets the role of its instance. */
    static Fields metadata() {
        return Fields.of("HttpEndpoint", "enabled")
                .with("HttpTokens", "required")
                .with("HttpPutResponseHopLimit", 1);
    }

    /**
     * The machine image that was found.
     *
     * @param named what the file names, of which CloudFormation takes the newest if none was looked for
     */
    static Value image(Design design, String named) {
        return design.resolved()
                .image()
                .map(Value::of)
                .orElseGet(() -> Value.of(
                        AwsSettings.Server.isId(named)
                                ? named
                                : "{{resolve:ssm:" + imageParameter(design, named) + "}}"));
    }

    /** The public parameter that names the newest machine image of a kind. */
    static String imageParameter(Design design, String kind) {
        boolean arm = design.type().architecture() == Architecture.ARM64;
        return kind.startsWith(DEBIAN)
                ? "/aws/service/debian/release/" + kind.substring(DEBIAN.length()) + "/latest/"
                        + (arm ? "arm64" : "amd64")
                : "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-" + (arm ? "arm64" : "x86_64");
    }

    /** The root disk of an instance. */
    static Fields disk(Design design) {
        // On another device it would be a second disk, and leave the root disk as the image has it.
        return Fields.of("DeviceName", design.resolved().rootDevice().orElse(Resolved.USUAL_ROOT_DEVICE))
                .with(
                        "Ebs",
                        Fields.of("VolumeType", "gp3")
                                .with("VolumeSize", design.aws().server().diskGigabytes())
                                .with("Encrypted", true)
                                .with("DeleteOnTermination", true));
    }

    private Fields networkInterface() {
        return Fields.of("DeviceIndex", Value.of(0))
                .with("AssociatePublicIpAddress", !design.aws().network().isPrivate())
                .with("DeleteOnTermination", true)
                .with("Groups", Value.list(Value.attribute(AccessPart.INSTANCE_GROUP, "GroupId")));
    }

    private Fields tags(String type) {
        return Fields.of("ResourceType", type).with("Tags", design.allTagsNamed(type));
    }

    private Resource group(NetworkPart network) {
        Fields properties = Fields.of("VPCZoneIdentifier", Value.list(network.instanceSubnets()))
                .with(
                        "LaunchTemplate",
                        Fields.of("LaunchTemplateId", Value.ref(LAUNCH_TEMPLATE))
                                .with("Version", Value.attribute(LAUNCH_TEMPLATE, "LatestVersionNumber")))
                .with("MinSize", text(design.fewestInstances()))
                .with("MaxSize", text(design.mostInstances()))
                .with("DesiredCapacity", text(design.capacity()))
                .with("HealthCheckType", asksBalancer() ? "ELB" : "EC2")
                // Shorter than a boot takes, it would have every new instance replaced before it is ready.
                .with("HealthCheckGracePeriod", BOOT_LIMIT.toSeconds())
                .with(
                        "InstanceMaintenancePolicy",
                        Fields.of("MinHealthyPercentage", Value.of(100)).with("MaxHealthyPercentage", 200));
        if (design.isBalanced()) {
            properties = properties.with("TargetGroupARNs", Value.list(Value.ref(BalancerPart.TARGETS)));
        }
        List<Value> tags = new ArrayList<>();
        design.allTags(Map.of("Name", design.name() + "-instance"))
                .forEach((key, value) ->
                        tags.add(Fields.of("Key", key).with("Value", value).with("PropagateAtLaunch", false)));
        List<String> first = new ArrayList<>(network.waysOut());
        if (design.isBalanced()) {
            first.addAll(BalancerPart.waysIn(design));
        }
        return Resource.of(GROUP, "AWS::AutoScaling::AutoScalingGroup", properties.with("Tags", Value.list(tags)))
                .after(first)
                .with("CreationPolicy", creationPolicy())
                .with(
                        "UpdatePolicy",
                        Fields.of("AutoScalingReplacingUpdate", Fields.of("WillReplace", Value.of(true))));
    }

    private boolean asksBalancer() {
        AwsSettings.Balancing balancing = design.aws().balancing();
        return design.isBalanced() && balancing.replacesUnhealthy();
    }

    private Fields creationPolicy() {
        return Fields.of(
                        "ResourceSignal",
                        Fields.of("Count", Value.of(design.capacity())).with("Timeout", BOOT_LIMIT.toString()))
                .with("AutoScalingCreationPolicy", Fields.of("MinSuccessfulInstancesPercent", Value.of(100)));
    }

    private static String text(int number) {
        return Integer.toString(number);
    }

    private static Resource scaling() {
        Fields metric = Fields.of("PredefinedMetricType", "ASGAverageCPUUtilization");
        return Resource.of(
                "Scaling",
                "AWS::AutoScaling::ScalingPolicy",
                Fields.of("AutoScalingGroupName", Value.ref(GROUP))
                        .with("PolicyType", "TargetTrackingScaling")
                        .with(
                                "TargetTrackingConfiguration",
                                Fields.of("TargetValue", Value.of(BUSY_PERCENT))
                                        .with("PredefinedMetricSpecification", metric)));
    }
}
