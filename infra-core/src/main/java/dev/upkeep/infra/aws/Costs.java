package dev.upkeep.infra.aws;

import dev.upkeep.infra.aws.formation.ResourceStep;
import dev.upkeep.infra.aws.stack.Resolved;
import dev.upkeep.infra.aws.stack.ServerStack;
import dev.upkeep.infra.aws.template.Resource;
import dev.upkeep.infra.aws.template.StackTemplate;
import dev.upkeep.infra.plan.Change;
import dev.upkeep.infra.plan.Estimate;
import dev.upkeep.infra.plan.FieldChange;
import dev.upkeep.infra.plan.Money;
import dev.upkeep.infra.spec.AwsSettings;
import dev.upkeep.infra.spec.StackSpec;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** What the servers of a stack cost a month: as they will be, and as a change finds them. */
final class Costs {

    static final String GROUP_TYPE = "AWS::AutoScaling::AutoScalingGroup";
    static final String BALANCER_TYPE = "AWS::ElasticLoadBalancingV2::LoadBalancer";
    static final String NAT_TYPE = "AWS::EC2::NatGateway";

    private final AwsSettings aws;
    private final Prices prices;
    private final Resolved resolved;
    private final Prices.Instances after;

    Costs(StackSpec spec, Resolved resolved, Prices prices) {
        this.aws = AwsSettings.of(spec);
        this.prices = prices;
        this.resolved = resolved;
        this.after = new Prices.Instances(
                ServerStack.type(spec).name(),
                aws.server().diskGigabytes(),
                !aws.network().isPrivate(),
                ServerStack.instances(spec, resolved));
    }

    /** How many instances there will be. */
    int instances() {
        return after.count();
    }

    /** What a step adds to a month; empty if that is nothing, or not known. */
    Optional<Money> of(ResourceStep step, List<ResourceStep> all) {
        Optional<Money> added = switch (step.kind()) {
            case ADD -> of(step.type());
            case IMPORT -> Optional.empty();
            case REMOVE -> of(step.type()).map(Costs::negated);
            case MODIFY -> step.type().equals(GROUP_TYPE) ? difference(all) : Optional.empty();
        };
        return added.filter(money -> money.amount().signum() != 0);
    }

    private Optional<Money> of(String type) {
        int zones = Math.max(2, aws.network().zones().size());
        return switch (type) {
            case GROUP_TYPE -> prices.instances(after);
            case BALANCER_TYPE -> prices.balancer(zones);
            case NAT_TYPE -> prices.natGateway();
            default -> Optional.empty();
        };
    }

    private Optional<Money> difference(List<ResourceStep> all) {
        return prices.instances(after)
                .flatMap(next -> prices.instances(before(all))
                        .map(present -> Prices.dollars(next.amount().subtract(present.amount()))));
    }

    /** What no step changes is as it will be. */
    Prices.Instances before(List<ResourceStep> all) {
        return new Prices.Instances(
                present(all, "LaunchTemplateData/InstanceType").orElse(after.type()),
                present(all, "Ebs/VolumeSize").map(Integer::valueOf).orElse(after.gigabytes()),
                present(all, "AssociatePublicIpAddress").map(Boolean::valueOf).orElse(after.hasAddress()),
                resolved.capacity()
                        .or(() -> present(all, "DesiredCapacity").map(Integer::valueOf))
                        .orElse(after.count()));
    }

    private static Optional<String> present(List<ResourceStep> all, String property) {
        return all.stream()
                .filter(step -> step.kind() == ResourceStep.Kind.MODIFY)
                .flatMap(step -> step.fields().stream())
                .filter(field -> field.field().equals(property) || field.field().endsWith("/" + property))
                .map(FieldChange::from)
                .filter(value -> value.matches("[a-z0-9.-]+"))
                .findFirst();
    }

    /** The first that has no known price. */
    Optional<String> unknownType(List<ResourceStep> all) {
        return List.of(after, before(all)).stream()
                .filter(group -> prices.instances(group).isEmpty())
                .map(Prices.Instances::type)
                .findFirst();
    }

    /** Empty if a price is not known. */
    Optional<Estimate> estimate(StackTemplate servers, List<ResourceStep> steps, List<Change> changes) {
        if (unknownType(steps).isPresent()) {
            return Optional.empty();
        }
        BigDecimal total = sum(servers.resources().stream()
                .map(Resource::type)
                .flatMap(type -> of(type).stream())
                .toList());
        BigDecimal added = sum(
                changes.stream().flatMap(change -> change.monthly().stream()).toList());
        return Optional.of(new Estimate(Prices.dollars(total.subtract(added)), Prices.dollars(total)));
    }

    private static BigDecimal sum(List<Money> prices) {
        return prices.stream().map(Money::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static Money negated(Money money) {
        return new Money(money.amount().negate(), money.currency());
    }
}
