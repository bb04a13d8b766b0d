package dev.upkeep.infra.aws;

import dev.upkeep.infra.aws.formation.ResourceStep;
import dev.upkeep.infra.aws.stack.BaseStack;
import dev.upkeep.infra.aws.template.Resource;
import dev.upkeep.infra.aws.template.StackTemplate;
import dev.upkeep.infra.plan.Change;
import dev.upkeep.infra.plan.Part;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What a stack on AWS consists of, and what needs what: the templates of its two stacks, with the release between them. */
final class PlannedParts {

    /** In the order in which they are shown: what leads to each other is near each other. */
    private static final List<String> AREAS = List.of(
            "network", "security groups", "edge", "alarms", "servers", "permissions", "release, images, logs", "other");

    private static final String RELEASE = "release";
    private static final String RELEASE_TYPE = "AWS::SSM::Parameter";

    private PlannedParts() {}

    /**
     * All that will stand, and what goes.
     *
     * @param proposed what CloudFormation would do; of what it removes only that stands in no template any more
     */
    static List<Part> of(StackTemplate base, StackTemplate servers, List<ResourceStep> proposed) {
        List<Part> parts = new ArrayList<>();
        base.resources().forEach(resource -> parts.add(part(resource, base, List.of())));
        parts.add(Part.of(RELEASE, kind(RELEASE_TYPE), area(RELEASE_TYPE, RELEASE), repositories(base)));
        // Instances read the release when they boot, and write their logs from then on. No property says so.
        List<String> atBoot = new ArrayList<>(List.of(RELEASE));
        base.resources().stream()
                .filter(resource -> !resource.type().equals(BaseStack.REPOSITORY))
                .forEach(resource -> atBoot.add(resource.name()));
        servers.resources()
                .forEach(resource -> parts.add(
                        part(resource, servers, resource.type().equals(Costs.GROUP_TYPE) ? atBoot : List.of())));
        proposed.stream()
                .filter(step -> step.kind() == ResourceStep.Kind.REMOVE)
                .filter(step -> parts.stream().noneMatch(part -> part.resource().equals(step.name())))
                .forEach(step ->
                        parts.add(Part.of(step.name(), kind(step.type()), area(step.type(), step.name()), List.of())));
        parts.sort(Comparator.comparing(part -> AREAS.indexOf(part.area())));
        return parts;
    }

    /** The stacks of CloudFormation that go, and the release between them; each stands on what goes after it. */
    static List<Part> going(List<Change> changes) {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            String resource = changes.get(i).resource();
            String kind = resource.equals(RELEASE) ? kind(RELEASE_TYPE) : "CloudFormation stack";
            List<String> needs =
                    i + 1 < changes.size() ? List.of(changes.get(i + 1).resource()) : List.of();
            parts.add(Part.of(resource, kind, "what is removed", needs));
        }
        return parts;
    }

    private static List<String> repositories(StackTemplate base) {
        return base.resources().stream()
                .filter(resource -> resource.type().equals(BaseStack.REPOSITORY))
                .map(Resource::name)
                .toList();
    }

    private static Part part(Resource resource, StackTemplate template, List<String> more) {
        List<String> needs = new ArrayList<>(template.needs(resource));
        needs.addAll(more);
        return Part.of(resource.name(), kind(resource.type()), area(resource.type(), resource.name()), needs);
    }

    /** {@code EC2 VPC} for {@code AWS::EC2::VPC}. */
    private static String kind(String type) {
        String own = type.startsWith("AWS::") ? type.substring("AWS::".length()) : type;
        return own.replaceFirst("^ElasticLoadBalancingV2", "ELB").replace("::", " ");
    }

    private static String area(String type, String name) {
        if (type.startsWith("AWS::EC2::SecurityGroup")) {
            return "security groups";
        }
        if (type.equals("AWS::EC2::LaunchTemplate")) {
            return "servers";
        }
        if (type.equals("AWS::EC2::EIP")) {
            // Users come to the address of a single instance, and to none of a NAT gateway.
            return name.startsWith("Nat") ? "network" : "edge";
        }
        String[] words = type.split("::", -1);
        return switch (words.length > 1 ? words[1] : "") {
            case "EC2" -> "network";
            case "ElasticLoadBalancingV2", "CertificateManager", "Route53" -> "edge";
            case "CloudWatch", "SNS" -> "alarms";
            case "AutoScaling" -> "servers";
            case "IAM" -> "permissions";
            case "ECR", "Logs", "SSM" -> "release, images, logs";
            default -> "other";
        };
    }
}
