package dev.upkeep.infra.aws.stack;

import dev.upkeep.infra.aws.stack.BootData.Purpose;
import dev.upkeep.infra.aws.template.Fields;
import dev.upkeep.infra.aws.template.Resource;
import dev.upkeep.infra.aws.template.StackTemplate;
import dev.upkeep.infra.aws.template.Value;
import dev.upkeep.infra.spec.StackSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The stack that stands while a machine image is made, and then goes: a network of its own, and in it first the instance of which the image is
 * made, and then one that shows that the image serves. Nobody can connect to either, and each ends itself after {@link #LIFETIME}.
 */
public final class ImageStack {

    /** What its name has behind the name of the stack. */
    public static final String SUFFIX = "-image";

    /** The instance of which the image is made. */
    public static final String BUILDER = "Builder";

    /** The instance that is made of the image. */
    public static final String CANARY = "Canary";

    /** The tag with the hash of the recipe, on the stack, and on an image and its snapshots. */
    public static final String RECIPE_TAG = "upkeep:recipe";

    /** The tag that says which of the two an instance is. */
    public static final String PURPOSE_TAG = "upkeep:purpose";

    /** How long an instance lives if nobody ends it before. */
    public static final Duration LIFETIME = Duration.ofMinutes(90);

    /** How long an instance may take until it has signalled. */
    public static final Duration SIGNAL_LIMIT = GroupPart.BOOT_LIMIT;

    private static final String ACCESS = "Access";

    private final Design design;
    private final NetworkPart network;

    private ImageStack(StackSpec spec, Resolved resolved) {
        this.design = new Design(spec, resolved).inPublicNetwork();
        this.network = new NetworkPart(design);
    }

    /**
     * The template with the instance of which the image is made.
     *
     * @param spec a stack on AWS
     * @param resolved what the spec leaves to AWS, with the image to begin with
     * @return the same for the same spec and findings
     */
    public static StackTemplate builder(StackSpec spec, Resolved resolved) {
        return new ImageStack(spec, resolved).template(Purpose.BAKE, BUILDER);
    }

    /**
     * The template with an instance that is made of the image. CloudFormation ends the other one when this one has served.
     *
     * @param spec a stack on AWS
     * @param resolved what the spec leaves to AWS, with the image that was made
     * @return the same for the same spec and findings
     */
    public static StackTemplate canary(StackSpec spec, Resolved resolved) {
        return new ImageStack(spec, resolved).template(Purpose.PROVE, CANARY);
    }

    private StackTemplate template(Purpose purpose, String name) {
        List<Resource> resources = new ArrayList<>(network.resources());
        resources.add(access());
        resources.addAll(new RolePart(design).resourcesToStart());
        resources.addAll(new AppRolePart(design).resources());
        resources.add(instance(purpose, name));
        return new StackTemplate(
                "Made by upkeep: what makes a machine image for " + design.name(),
                List.of(),
                resources,
                List.of(),
                ServerStack.PINNED_ZONES);
    }

    private Resource access() {
        Fields everything =
                Fields.of("IpProtocol", "-1").with("CidrIp", "0.0.0.0/0").with("Description", "Updates and images");
        return Resource.of(
                ACCESS,
                "AWS::EC2::SecurityGroup",
                Fields.of("GroupDescription", "Nothing comes in")
                        .with("VpcId", Value.ref(NetworkPart.VPC))
                        .with("SecurityGroupEgress", Value.list(everything))
                        .with("Tags", design.tagsNamed("image")));
    }

    private Resource instance(Purpose purpose, String name) {
        Fields properties = Fields.of(
                        "ImageId", GroupPart.image(design, design.aws().server().baseImage()))
                .with("InstanceType", design.type().name())
                .with("IamInstanceProfile", Value.ref(RolePart.PROFILE))
                .with("InstanceInitiatedShutdownBehavior", "terminate")
                .with("MetadataOptions", GroupPart.metadata())
                .with("BlockDeviceMappings", Value.list(GroupPart.disk(design)))
                .with("NetworkInterfaces", Value.list(networkInterface()))
                .with("PropagateTagsToVolumeOnCreation", true)
                .with(
                        "Tags",
                        Design.tags(design.allTags(Map.of("Name", design.name() + "-" + name, PURPOSE_TAG, name))))
                .with("UserData", new BootData(design, purpose).value());
        if (design.type().isBurstable()) {
            properties = properties.with("CreditSpecification", Fields.of("CPUCredits", "standard"));
        }
        return Resource.of(name, "AWS::EC2::Instance", properties)
                .after(network.waysOut())
                .with(
                        "CreationPolicy",
                        Fields.of(
                                "ResourceSignal",
                                Fields.of("Count", Value.of(1)).with("Timeout", SIGNAL_LIMIT.toString())))
                .although(
                        "CKV_AWS_88",
                        "It is the way out to packages and registries without a NAT gateway; nothing comes in.");
    }

    private Fields networkInterface() {
        return Fields.of("DeviceIndex", "0")
                .with("AssociatePublicIpAddress", true)
                .with("DeleteOnTermination", true)
                .with("GroupSet", Value.list(Value.attribute(ACCESS, "GroupId")))
                .with("SubnetId", network.instanceSubnets().get(0));
    }
}
