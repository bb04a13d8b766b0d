package dev.upkeep.infra.aws;

import dev.upkeep.infra.aws.formation.Proposal;
import dev.upkeep.infra.aws.formation.ResourceStep;
import dev.upkeep.infra.aws.stack.BaseStack;
import dev.upkeep.infra.aws.stack.ServerStack;
import dev.upkeep.infra.aws.template.Resource;
import dev.upkeep.infra.aws.template.StackTemplate;
import dev.upkeep.infra.plan.Action;
import dev.upkeep.infra.plan.Change;
import dev.upkeep.infra.plan.FieldChange;
import dev.upkeep.infra.plan.Impact;
import dev.upkeep.infra.plan.Replacement;
import dev.upkeep.infra.spec.AwsSettings;
import dev.upkeep.infra.spec.Shape;
import dev.upkeep.infra.spec.StackSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** What CloudFormation would do, in our words: what users notice of it, and what it costs. */
final class PlannedChanges {

    private static final String LISTENER_TYPE = "AWS::ElasticLoadBalancingV2::Listener";
    private static final String ADDRESS_TYPE = "AWS::EC2::EIP";
    private static final String LAUNCH_TEMPLATE_TYPE = "AWS::EC2::LaunchTemplate";

    /** Without one of these nobody is served. */
    private static final Set<String> CARRYING =
            Set.of(Costs.GROUP_TYPE, Costs.BALANCER_TYPE, LISTENER_TYPE, ADDRESS_TYPE);

    /** A change of these makes a new group, which serves before the old one goes: see AutoScalingReplacingUpdate in the user guide. */
    private static final Set<String> NEW_GROUP = Set.of("LaunchTemplate", "VPCZoneIdentifier");

    private final StackSpec spec;
    private final Costs costs;

    PlannedChanges(StackSpec spec, Costs costs) {
        this.spec = spec;
        this.costs = costs;
    }

    /** In the order of the template; what goes, goes last. */
    List<Change> of(Proposal proposal, StackTemplate template) {
        List<String> order = template.resources().stream().map(Resource::name).toList();
        List<ResourceStep> steps = new ArrayList<>(proposal.changes());
        steps.sort(Comparator.comparing((ResourceStep step) -> step.kind() == ResourceStep.Kind.REMOVE)
                .thenComparing(step -> order.indexOf(step.name())));
        return steps.stream().map(step -> change(step, steps)).toList();
    }

    private Change change(ResourceStep step, List<ResourceStep> all) {
        Action action = action(step);
        return new Change(
                step.name(),
                action,
                step.kind() == ResourceStep.Kind.MODIFY ? ReadableFields.of(step.fields()) : List.of(),
                reason(step),
                action == Action.REPLACE ? Replacement.ALWAYS : step.replacement(),
                impact(step, action, all),
                costs.of(step, all));
    }

    private static Action action(ResourceStep step) {
        return switch (step.kind()) {
            case ADD -> Action.CREATE;
            case IMPORT -> Action.ADOPT;
            case REMOVE -> Action.DELETE;
            case MODIFY ->
                step.replacement() == Replacement.ALWAYS || makesNewGroup(step) ? Action.REPLACE : Action.UPDATE;
        };
    }

    private static boolean makesNewGroup(ResourceStep step) {
        return step.type().equals(Costs.GROUP_TYPE)
                && step.fields().stream()
                        .map(FieldChange::field)
                        .anyMatch(field -> NEW_GROUP.stream().anyMatch(field::startsWith));
    }

    private static String reason(ResourceStep step) {
        if (step.kind() == ResourceStep.Kind.IMPORT) {
            return step.type() + ", there already, and taken into the stack as it is";
        }
        return step.keepsData() ? step.type() + ", what it holds is kept" : step.type();
    }

    private Impact impact(ResourceStep step, Action action, List<ResourceStep> all) {
        boolean carries = CARRYING.contains(step.type());
        return switch (action) {
            case CREATE -> Impact.none("nothing depends on it yet");
            case REPLACE -> step.type().equals(Costs.GROUP_TYPE) ? newGroup(all) : replaced(step, carries);
            case DELETE -> removed(step, carries);
            default -> changed(step);
        };
    }

    private Impact removed(ResourceStep step, boolean carries) {
        if (isAddress(step) && spec.shape() == Shape.SINGLE) {
            return spec.domain()
                    .map(
                            domain -> Impact.possibleErrors(
                                    "the record of " + domain.name()
                                            + " leads to the other address by then, and whoever has looked it up before comes through this one for about a minute"))
                    .orElseGet(
                            () -> Impact.downtime(
                                    "users come through it, and the instance has the other address by then; whoever has this one is not served any more"));
        }
        if (step.type().equals(BaseStack.REPOSITORY) && !step.keepsData()) {
            return Impact.possibleErrors(
                    "the images in it are lost with it; if an instance runs one of them, no new instance can take its place");
        }
        return carries ? Impact.downtime("users come through it") : Impact.none("nobody uses it any more");
    }

    /** That of a single instance, and not one of a gateway. */
    private static boolean isAddress(ResourceStep step) {
        return step.type().equals(ADDRESS_TYPE) && step.name().equals(ServerStack.ADDRESS);
    }

    /** Whether users have to come to another address by then. What another allocation stands for, no step tells. */
    private boolean keepsAddress(List<ResourceStep> all) {
        return AwsSettings.of(spec).access().address().isEmpty() && all.stream().noneMatch(PlannedChanges::isAddress);
    }

    private static Impact changed(ResourceStep step) {
        if (step.type().equals(LAUNCH_TEMPLATE_TYPE)) {
            return Impact.none("instances that are made from then on are like that");
        }
        if (step.replacement() == Replacement.NEVER) {
            return Impact.none("it stays in service");
        }
        String unknown = "whether it stays or is made anew, CloudFormation finds out when it changes it";
        return CARRYING.contains(step.type()) ? Impact.possibleErrors(unknown) : Impact.none(unknown);
    }

    private Impact newGroup(List<ResourceStep> all) {
        int before = costs.before(all).count();
        String both = "for about " + PlanNotes.newGroup().toMinutes() + " min there are " + (before + costs.instances())
                + " instances, which are paid for";
        return spec.shape() == Shape.HIGHLY_AVAILABLE
                ? Impact.none(
                        "new instances serve before the old ones go; " + both + "; requests that are open then have "
                                + AwsSettings.of(spec).balancing().drainWithin().toSeconds()
                                + " s to end; what the old ones keep on their disks is lost, and the new ones have other addresses")
                : Impact.possibleErrors("a new instance is ready before it takes the address, "
                        + (keepsAddress(all) ? "which stays, " : "") + "and connections that are open then are cut; "
                        + both + "; what the old one keeps on its disk is lost");
    }

    private Impact replaced(ResourceStep step, boolean carries) {
        if (step.type().equals(ADDRESS_TYPE)) {
            return Impact.downtime(
                    "users come through it, and get another address; whoever has the old one is not served"
                            + " any more: change the records that name it");
        }
        if (step.type().equals(Costs.BALANCER_TYPE)) {
            return Impact.downtime("users come through it, and it gets another name; "
                    + spec.domain()
                            .map(domain -> "the record of " + domain.name()
                                    + " follows, and whoever has looked it up before is not served for about a minute")
                            .orElse("the old URL of the stack serves nobody any more"));
        }
        return carries
                ? Impact.downtime("users come through it, and it is made anew")
                : Impact.possibleErrors("it is made anew before the old one goes");
    }
}
