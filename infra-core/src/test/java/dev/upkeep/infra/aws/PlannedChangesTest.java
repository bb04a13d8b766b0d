package dev.upkeep.infra.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.infra.aws.formation.Proposal;
import dev.upkeep.infra.aws.formation.ResourceStep;
import dev.upkeep.infra.aws.stack.Resolved;
import dev.upkeep.infra.aws.stack.ServerStack;
import dev.upkeep.infra.plan.Action;
import dev.upkeep.infra.plan.Change;
import dev.upkeep.infra.plan.FieldChange;
import dev.upkeep.infra.plan.Impact;
import dev.upkeep.infra.plan.Money;
import dev.upkeep.infra.plan.Replacement;
import dev.upkeep.infra.spec.AwsSettings;
import dev.upkeep.infra.spec.Shape;
import dev.upkeep.infra.spec.StackSpec;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlannedChangesTest {

    private static final String GROUP = "AWS::AutoScaling::AutoScalingGroup";

    private static StackSpec spec(Shape shape, String region) {
        return StackSpec.builder("shop", "1.0.6")
                .shape(shape)
                .aws(AwsSettings.standard(Optional.of(region)))
                .build();
    }

    private static List<Change> changes(StackSpec spec, String region, ResourceStep... steps) {
        return new PlannedChanges(spec, new Prices(region))
                .of(
                        new Proposal("change-set", "stack", true, List.of(steps)),
                        ServerStack.template(spec, Resolved.nothing()));
    }

    private static ResourceStep step(String name, String type, ResourceStep.Kind kind, String... fields) {
        return new ResourceStep(
                name,
                type,
                kind,
                Replacement.MAYBE,
                List.of(fields).stream()
                        .map(field -> new FieldChange(field, "a", "b"))
                        .toList(),
                false);
    }

    @ParameterizedTest
    @CsvSource({
        "HIGHLY_AVAILABLE, us-east-1, 47.49",
        "HIGHLY_AVAILABLE, eu-west-1, 51.05",
        "SINGLE,           us-east-1, 11.88",
        "SINGLE,           eu-west-1, 12.67",
    })
    void whatAStackCostsIsSaid(Shape shape, String region, BigDecimal expected) {
        StackSpec spec = spec(shape, region);
        ResourceStep[] all = ServerStack.template(spec, Resolved.nothing()).resources().stream()
                .map(resource -> step(resource.name(), resource.type(), ResourceStep.Kind.ADD))
                .toArray(ResourceStep[]::new);

        assertThat(changes(spec, region, all).stream()
                        .flatMap(change -> change.monthly().stream())
                        .map(Money::amount)
                        .reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualTo(expected);
    }

    @Test
    void whereNoPricesAreKnownNoneIsSaid() {
        assertThat(changes(spec(Shape.SINGLE, "sa-east-1"), "sa-east-1", step("Group", GROUP, ResourceStep.Kind.ADD)))
                .extracting(Change::monthly)
                .containsOnly(Optional.empty());
    }

    @Test
    void anotherLaunchTemplateIsANewGroupAndUsersNoticeItOnlyOfASingleInstance() {
        ResourceStep step = step("Group", GROUP, ResourceStep.Kind.MODIFY, "LaunchTemplate/Version");

        Change balanced = changes(spec(Shape.HIGHLY_AVAILABLE, "eu-west-1"), "eu-west-1", step)
                .get(0);
        Change single =
                changes(spec(Shape.SINGLE, "eu-west-1"), "eu-west-1", step).get(0);

        assertThat(balanced.action()).isEqualTo(Action.REPLACE);
        assertThat(balanced.impact().level()).isEqualTo(Impact.Level.NONE);
        assertThat(single.impact().level()).isEqualTo(Impact.Level.POSSIBLE_ERRORS);
        assertThat(changes(
                        spec(Shape.SINGLE, "eu-west-1"),
                        "eu-west-1",
                        step("Group", GROUP, ResourceStep.Kind.MODIFY, "MaxSize")))
                .extracting(Change::action)
                .containsExactly(Action.UPDATE);
    }

    @Test
    void whatGoesGoesLastAndWhatUsersComeThroughIsDowntime() {
        List<Change> changes = changes(
                spec(Shape.HIGHLY_AVAILABLE, "eu-west-1"),
                "eu-west-1",
                step("Listener", "AWS::ElasticLoadBalancingV2::Listener", ResourceStep.Kind.REMOVE),
                step("Group", GROUP, ResourceStep.Kind.MODIFY, "MaxSize"),
                step("Vpc", "AWS::EC2::VPC", ResourceStep.Kind.ADD));

        assertThat(changes).extracting(Change::resource).containsExactly("Vpc", "Group", "Listener");
        assertThat(changes.get(2).impact().level()).isEqualTo(Impact.Level.DOWNTIME);
    }
}
