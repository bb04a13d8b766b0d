package dev.upkeep.infra.aws.stack;

import dev.upkeep.infra.aws.template.Resource;
import dev.upkeep.infra.aws.template.StackTemplate;
import dev.upkeep.infra.aws.template.Value;
import dev.upkeep.infra.spec.InstanceType;
import dev.upkeep.infra.spec.StackSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The stack of the servers: network, instances, and what leads users to them. */
public final class ServerStack {

    /** The tag with the name of the stack, on everything that belongs to it. */
    public static final String STACK_TAG = "upkeep:stack";

    /** The output with the zones that were found for it, separated by commas. */
    public static final String ZONES = "Zones";

    /** The output with the id of the machine image that was found for it. */
    public static final String IMAGE = "Image";

    /** The output that says which kind of image that is. */
    public static final String IMAGE_KIND = "ImageKind";

    /** The output with the device on which that image has its root disk, unless it is the usual one. */
    public static final String ROOT_DEVICE = "RootDevice";

    /** The output with where users reach it. */
    public static final String URL = "Url";

    /** The output with the address of a single instance, and the resource that is it, unless the address was brought along. */
    public static final String ADDRESS = GroupPart.ADDRESS;

    /** The output with the allocation of the address that was brought along. */
    public static final String ALLOCATION = "Allocation";

    /** What has to be said where it is not known what a spec names by an allocation. */
    static final String ADDRESS_PARAMETER = "PublicIp";

    /** The output with the name of the Auto Scaling group. */
    public static final String GROUP = "Group";

    /** The output with the ARN of the target group, where the health of instances is found. */
    public static final String TARGET_GROUP = "TargetGroup";

    /** The output with the ARNs of its alarms, separated by commas. */
    public static final String ALARMS = "Alarms";

    /** The resource that is the certificate of a stack with a load balancer and a domain; it waits until the DNS proves whose the name is. */
    public static final String CERTIFICATE = BalancerPart.CERTIFICATE;

    /** Why a linter's finding is none. */
    static final Map<String, String> PINNED_ZONES = Map.of(
            "W3010",
            "Zones are pinned: a new zone of the region must not move subnets, and their instances, to another.");

    private ServerStack() {}

    /**
     * The template.
     *
     * @param spec a stack on AWS
     * @param resolved what the spec leaves to AWS
     * @return the same for the same spec and findings
     * @throws IllegalArgumentException if the spec is for another platform
     */
    public static StackTemplate template(StackSpec spec, Resolved resolved) {
        Design design = new Design(spec, resolved);
        NetworkPart network = new NetworkPart(design);
        List<Resource> resources = new ArrayList<>(network.resources());
        resources.addAll(new AccessPart(design).resources(network));
        resources.addAll(new RolePart(design).resources());
        resources.addAll(new AppRolePart(design).resources());
        if (design.isBalanced()) {
            resources.addAll(new BalancerPart(design).resources(network));
        }
        resources.addAll(new GroupPart(design).resources(network));
        resources.addAll(new NamePart(design).resources());
        resources.addAll(new WatchPart(design).resources());
        return new StackTemplate(
                "Made by upkeep: the servers of " + spec.name(),
                parameters(design),
                resources,
                outputs(design, network),
                PINNED_ZONES);
    }

    /**
     * The public parameter of AWS that names the newest machine image of a kind, for the processor of the instances.
     *
     * @param spec a stack on AWS
     * @param kind {@code amazon-linux-2023}, {@code debian-12} or {@code debian-13}
     * @return such as {@code /aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64}
     */
    public static String imageParameter(StackSpec spec, String kind) {
        return GroupPart.imageParameter(new Design(spec, Resolved.nothing()), kind);
    }

    /**
     * What kind of machine image a spec asks for. As long as the kind is the same, the image that a stack was made of stays.
     *
     * @param spec a stack on AWS
     * @return such as {@code amazon-linux-2023 for linux/amd64}
     */
    public static String imageKind(StackSpec spec) {
        Design design = new Design(spec, Resolved.nothing());
        return design.aws().server().image() + " for "
                + design.type().architecture().platform();
    }

    /**
     * What its instances are.
     *
     * @param spec a stack on AWS
     * @return the type that the spec names, or the smallest on which its images run
     */
    public static InstanceType type(StackSpec spec) {
        return new Design(spec, Resolved.nothing()).type();
    }

    /**
     * How many instances it has.
     *
     * @param spec a stack on AWS
     * @param resolved with how many there are now
     * @return as many as the spec wants, or as there are now if those are more
     */
    public static int instances(StackSpec spec, Resolved resolved) {
        return new Design(spec, resolved).capacity();
    }

    private static List<StackTemplate.Parameter> parameters(Design design) {
        return design
                .allocation()
                .filter(unknown -> design.resolved().address().isEmpty())
                .map(allocation -> new StackTemplate.Parameter(
                        ADDRESS_PARAMETER, "[0-9]{1,3}([.][0-9]{1,3}){3}", "The public address of " + allocation))
                .stream()
                .toList();
    }

    private static List<StackTemplate.Output> outputs(Design design, NetworkPart network) {
        List<StackTemplate.Output> outputs = new ArrayList<>();
        outputs.add(
                new StackTemplate.Output(ZONES, new Value.Joined(",", network.zones()), "The zones that it stays in"));
        design.resolved().image().ifPresent(image -> {
            outputs.add(new StackTemplate.Output(IMAGE, Value.of(image), "The machine image that it stays with"));
            outputs.add(new StackTemplate.Output(
                    IMAGE_KIND, Value.of(imageKind(design.spec())), "What kind of machine image that is"));
        });
        design.resolved()
                .rootDevice()
                .filter(device -> !device.equals(Resolved.USUAL_ROOT_DEVICE))
                .ifPresent(device -> outputs.add(
                        new StackTemplate.Output(ROOT_DEVICE, Value.of(device), "Where that image has its root disk")));
        Value host = design.spec()
                .domain()
                .map(domain -> Value.of(domain.name()))
                .orElseGet(() ->
                        design.isBalanced() ? Value.attribute(BalancerPart.BALANCER, "DNSName") : design.address());
        String scheme = design.hasCertificate() ? "https://" : "http://";
        outputs.add(new StackTemplate.Output(
                URL, new Value.Joined("", List.of(Value.of(scheme), host)), "Where users reach it"));
        if (design.isBalanced()) {
            outputs.add(new StackTemplate.Output(
                    "BalancerName",
                    Value.attribute(BalancerPart.BALANCER, "DNSName"),
                    "What an alias or CNAME record points to"));
            outputs.add(new StackTemplate.Output(
                    TARGET_GROUP, Value.ref(BalancerPart.TARGETS), "Where the health of instances is found"));
            outputs.add(new StackTemplate.Output(
                    ALARMS,
                    new Value.Joined(
                            ",",
                            WatchPart.ALARMS.stream()
                                    .map(alarm -> Value.attribute(alarm, "Arn"))
                                    .toList()),
                    "What takes a change back when it goes off"));
        } else {
            outputs.add(new StackTemplate.Output(ADDRESS, design.address(), "What an A record points to"));
            design.allocation()
                    .ifPresent(allocation -> outputs.add(new StackTemplate.Output(
                            ALLOCATION,
                            Value.of(allocation),
                            "Whose address that is, which stays when the stack goes")));
        }
        outputs.add(new StackTemplate.Output(GROUP, Value.ref(GroupPart.GROUP), "The Auto Scaling group"));
        return outputs;
    }
}
