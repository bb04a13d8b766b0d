package dev.upkeep.infra.aws;

import dev.upkeep.infra.aws.formation.Proposal;
import dev.upkeep.infra.aws.formation.ResourceStep;
import dev.upkeep.infra.aws.stack.ServerStack;
import dev.upkeep.infra.aws.template.Resource;
import dev.upkeep.infra.aws.template.StackTemplate;
import dev.upkeep.infra.plan.Action;
import dev.upkeep.infra.plan.Change;
import dev.upkeep.infra.plan.FieldChange;
import dev.upkeep.infra.plan.Impact;
import dev.upkeep.infra.plan.Money;
import dev.upkeep.infra.plan.Replacement;
import dev.upkeep.infra.spec.AwsSettings;
import dev.upkeep.infra.spec.Shape;
import dev.upkeep.infra.spec.StackSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What CloudFormation would do, in our words: what users notice of it, and what it costs. */
final class PlannedChanges {

    private static final String GROUP_TYPE = "AWS::AutoScaling::AutoScalingGroup";
    private static final String BALANCER_TYPE = "AWS::ElasticLoadBalancingV2::LoadBalancer";
    private static final String LISTENER_TYPE = "AWS::ElasticLoadBalancingV2::Listener";
    private static final String ADDRESS_TYPE = "AWS::EC2::EIP";
    private static final String NAT_TYPE = "AWS::EC2::NatGateway";

    /** Without one of these nobody is served. */
    private static final Set<String> CARRYING = Set.of(GROUP_TYPE, BALANCER_TYPE, LISTENER_TYPE, ADDRESS_TYPE);

    /** A change of these makes a new group, which serves before the old one goes: see AutoScalingReplacingUpdate in the user guide. */
    private static final Set<String> NEW_GROUP = Set.of("LaunchTemplate", "VPCZoneIdentifier");

    private final StackSpec spec;
    private final AwsSettings aws;
    private final Prices prices;

    PlannedChanges(StackSpec spec, Prices prices) {
        this.spec = spec;
        this.aws = AwsSettings.of(spec);
        this.prices = prices;
    }

    /** In the order of the template; what goes, goes last. */
    List<Change> of(Proposal proposal, StackTemplate template) {
        List<String> order = template.resources().stream().map(Resource::name).toList();
        List<ResourceStep> steps = new ArrayList<>(proposal.changes());
        steps.sort(Comparator.comparing((ResourceStep step) -> step.kind() == ResourceStep.Kind.REMOVE)
                .thenComparing(step -> order.indexOf(step.name())));
        return steps.stream().map(this::change).toList();
    }

    private Change change(ResourceStep step) {
        Action action = action(step);
        return new Change(
                step.name(),
                action,
                step.kind() == ResourceStep.Kind.MODIFY ? step.fields() : List.of(),
                reason(step),
                action == Action.REPLACE ? Replacement.ALWAYS : step.replacement(),
                impact(step, action),
                monthly(step, action));
    }

    private static Action action(ResourceStep step) {
        return switch (step.kind()) {
            case ADD -> Action.CREATE;
            case REMOVE -> Action.DELETE;
            case MODIFY ->
                step.replacement() == Replacement.ALWAYS || makesNewGroup(step) ? Action.REPLACE : Action.UPDATE;
        };
    }

    private static boolean makesNewGroup(ResourceStep step) {
        return step.type().equals(GROUP_TYPE)
                && step.fields().stream()
                        .map(FieldChange::field)
                        .anyMatch(field -> NEW_GROUP.stream().anyMatch(field::startsWith));
    }

    private static String reason(ResourceStep step) {
        return step.keepsData() ? step.type() + ", what it holds is kept" : step.type();
    }

    private Impact impact(ResourceStep step, Action action) {
        boolean carries = CARRYING.contains(step.type());
        return switch (action) {
            case CREATE -> Impact.none("nothing depends on it yet");
            case REPLACE -> step.type().equals(GROUP_TYPE) ? newGroup() : replaced(carries);
            case DELETE -> carries ? Impact.downtime("users come through it") : Impact.none("nobody uses it any more");
            default -> Impact.none("it stays in service");
        };
    }

    private Impact newGroup() {
        return spec.shape() == Shape.HIGHLY_AVAILABLE
                ? Impact.none("new instances serve before the old ones go; what these keep on their disks is lost")
                : Impact.possibleErrors(
                        "a new instance is ready before it takes the address, and connections that are open then are cut; what the old one"
                                + " keeps on its disk is lost");
    }

    private static Impact replaced(boolean carries) {
        return carries
                ? Impact.downtime("users come through it, and it is made anew")
                : Impact.possibleErrors("it is made anew before the old one goes");
    }

    private Optional<Money> monthly(ResourceStep step, Action action) {
        if (action != Action.CREATE && action != Action.DELETE) {
            return Optional.empty();
        }
        int zones = Math.max(2, aws.network().zones().size());
        Optional<Money> price = switch (step.type()) {
            case GROUP_TYPE -> prices.instances(ServerStack.type(spec), aws, spec.instances());
            case BALANCER_TYPE -> prices.balancer(zones);
            case NAT_TYPE -> prices.natGateway();
            default -> Optional.empty();
        };
        return action == Action.CREATE
                ? price
                : price.map(money -> new Money(money.amount().negate(), money.currency()));
    }
}
