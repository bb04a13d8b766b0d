package dev.upkeep.infra.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.infra.aws.formation.Proposal;
import dev.upkeep.infra.aws.formation.ResourceStep;
import dev.upkeep.infra.aws.stack.Resolved;
import dev.upkeep.infra.aws.stack.ServerStack;
import dev.upkeep.infra.plan.Action;
import dev.upkeep.infra.plan.Change;
import dev.upkeep.infra.plan.Estimate;
import dev.upkeep.infra.plan.FieldChange;
import dev.upkeep.infra.plan.Impact;
import dev.upkeep.infra.plan.Money;
import dev.upkeep.infra.plan.Replacement;
import dev.upkeep.infra.spec.AwsSettings;
import dev.upkeep.infra.spec.InstanceType;
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
        return new PlannedChanges(spec, new Costs(spec, Resolved.nothing(), new Prices(region)))
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

    /** It empties them, or CloudFormation could not. */
    @Test
    void aRepositoryTakesItsImagesAlongUnlessItIsKept() {
        ResourceStep step = step("WebRepository", "AWS::ECR::Repository", ResourceStep.Kind.REMOVE);
        ResourceStep kept =
                new ResourceStep(step.name(), step.type(), step.kind(), step.replacement(), List.of(), true);

        assertThat(changes(spec(Shape.SINGLE, "eu-west-1"), "eu-west-1", step)
                        .get(0)
                        .impact())
                .isEqualTo(
                        Impact.possibleErrors(
                                "the images in it are lost with it; if an instance runs one of them, no new instance can take its place"));
        assertThat(changes(spec(Shape.SINGLE, "eu-west-1"), "eu-west-1", kept).get(0))
                .extracting(Change::reason, change -> change.impact().level())
                .containsExactly("AWS::ECR::Repository, what it holds is kept", Impact.Level.NONE);
    }

    private static ResourceStep changed(String name, String type, String field, String from, String to) {
        return new ResourceStep(
                name,
                type,
                ResourceStep.Kind.MODIFY,
                Replacement.NEVER,
                List.of(new FieldChange(field, from, to)),
                false);
    }

    private static StackSpec sized(String type, int instances) {
        AwsSettings.Server server = AwsSettings.standard(Optional.empty()).server();
        return StackSpec.builder("shop", "1.0.6")
                .shape(Shape.HIGHLY_AVAILABLE)
                .instances(instances)
                .aws(AwsSettings.standard(Optional.of("eu-west-1"))
                        .with(new AwsSettings.Server(
                                Optional.of(new InstanceType(type)),
                                server.image(),
                                server.baseImage(),
                                server.diskGigabytes(),
                                server.maxInstances(),
                                Optional.empty(),
                                false)))
                .build();
    }

    private static Estimate estimate(StackSpec spec, ResourceStep... steps) {
        Costs costs = new Costs(spec, Resolved.nothing(), new Prices("eu-west-1"));
        return costs.estimate(
                        ServerStack.template(spec, Resolved.nothing()),
                        List.of(steps),
                        changes(spec, "eu-west-1", steps))
                .orElseThrow();
    }

    @Test
    void anotherTypeCostsWhatItsInstancesCostMore() {
        StackSpec spec = sized("t3.small", 2);
        ResourceStep template = changed(
                "LaunchTemplate",
                "AWS::EC2::LaunchTemplate",
                "LaunchTemplateData/InstanceType",
                "t3.micro",
                "t3.small");
        ResourceStep group = changed("Group", GROUP, "LaunchTemplate/Version", "1", "2");

        assertThat(changes(spec, "eu-west-1", template, group))
                .extracting(Change::monthly)
                .containsExactly(Optional.empty(), Optional.of(Prices.dollars(new BigDecimal("16.64"))));
        assertThat(estimate(spec, template, group))
                .isEqualTo(
                        new Estimate(Prices.dollars(new BigDecimal("51.05")), Prices.dollars(new BigDecimal("67.69"))));
    }

    @Test
    void moreInstancesCostMoreAndFewerLess() {
        ResourceStep more = changed("Group", GROUP, "DesiredCapacity", "2", "3");
        ResourceStep fewer = changed("Group", GROUP, "DesiredCapacity", "3", "2");

        assertThat(estimate(sized("t3.micro", 3), more))
                .isEqualTo(
                        new Estimate(Prices.dollars(new BigDecimal("51.05")), Prices.dollars(new BigDecimal("63.72"))));
        assertThat(estimate(sized("t3.micro", 2), fewer))
                .isEqualTo(
                        new Estimate(Prices.dollars(new BigDecimal("63.72")), Prices.dollars(new BigDecimal("51.05"))));
    }

    @Test
    void ofATypeWithoutAKnownPriceNoSumIsSaid() {
        StackSpec spec = sized("t3.micro", 2);
        ResourceStep template = changed(
                "LaunchTemplate",
                "AWS::EC2::LaunchTemplate",
                "LaunchTemplateData/InstanceType",
                "m7i.large",
                "t3.micro");
        Costs costs = new Costs(spec, Resolved.nothing(), new Prices("eu-west-1"));

        assertThat(costs.unknownType(List.of(template))).contains("m7i.large");
        assertThat(costs.estimate(ServerStack.template(spec, Resolved.nothing()), List.of(template), List.of()))
                .isEmpty();
    }

    @Test
    void whatAReplacementCostsUsersAndDataIsSaid() {
        StackSpec balanced = spec(Shape.HIGHLY_AVAILABLE, "eu-west-1");
        StackSpec single = spec(Shape.SINGLE, "eu-west-1");
        ResourceStep group = changed("Group", GROUP, "LaunchTemplate/Version", "1", "2");

        assertThat(changes(balanced, "eu-west-1", group).get(0).impact().sentence())
                .isEqualTo(
                        "new instances serve before the old ones go; for about 6 min there are 4 instances, which are paid"
                                + " for; requests that are open then have 30 s to end; what the old ones keep on their disks is lost,"
                                + " and the new ones have other addresses");
        assertThat(changes(single, "eu-west-1", group).get(0).impact().sentence())
                .isEqualTo(
                        "a new instance is ready before it takes the address, which stays, and connections that are open"
                                + " then are cut; for about 6 min there are 2 instances, which are paid for; what the old one keeps on"
                                + " its disk is lost");
    }

    @Test
    void aReplacedLoadBalancerOrAddressIsAnotherOne() {
        StackSpec spec = spec(Shape.HIGHLY_AVAILABLE, "eu-west-1");
        ResourceStep balancer = new ResourceStep(
                "Balancer",
                "AWS::ElasticLoadBalancingV2::LoadBalancer",
                ResourceStep.Kind.MODIFY,
                Replacement.ALWAYS,
                List.of(),
                false);
        ResourceStep address = new ResourceStep(
                "Address", "AWS::EC2::EIP", ResourceStep.Kind.MODIFY, Replacement.ALWAYS, List.of(), false);

        assertThat(changes(spec, "eu-west-1", balancer, address))
                .extracting(change ->
                        change.impact().level() + " " + change.impact().sentence())
                .containsExactlyInAnyOrder(
                        "DOWNTIME users come through it, and it gets another name; the old URL of the stack serves nobody any more",
                        "DOWNTIME users come through it, and get another address; whoever has the old one is not served any more:"
                                + " change the records that name it");
    }

    private static final AwsSettings BROUGHT = AwsSettings.standard(Optional.of("eu-west-1"))
            .with(new AwsSettings.Access(Optional.empty(), false, Optional.of("eipalloc-0123456789abcdef0")));

    private static List<String> impacts(StackSpec spec, ResourceStep... steps) {
        return changes(spec, "eu-west-1", steps).stream()
                .map(change -> change.resource() + ": " + change.impact().level() + " "
                        + change.impact().sentence())
                .toList();
    }

    @Test
    void anOwnAddressGoesWhenOneIsBroughtAlong() {
        StackSpec bare = StackSpec.builder("shop", "1.0.6").aws(BROUGHT).build();
        StackSpec named = StackSpec.builder("shop", "1.0.6")
                .domain("www.example.org", "example.org")
                .aws(BROUGHT)
                .build();
        ResourceStep gone = step("Address", "AWS::EC2::EIP", ResourceStep.Kind.REMOVE);
        ResourceStep group = changed("Group", GROUP, "LaunchTemplate/Version", "1", "2");

        assertThat(impacts(bare, gone, group))
                .containsExactly(
                        "Group: POSSIBLE_ERRORS a new instance is ready before it takes the address, and connections that are open then are"
                                + " cut; for about 6 min there are 2 instances, which are paid for; what the old one keeps on its disk is"
                                + " lost",
                        "Address: DOWNTIME users come through it, and the instance has the other address by then; whoever has this one is not"
                                + " served any more");
        assertThat(impacts(named, gone))
                .containsExactly(
                        "Address: POSSIBLE_ERRORS the record of www.example.org leads to the other address by then, and whoever has"
                                + " looked it up before comes through this one for about a minute");
        assertThat(impacts(bare, step("NatAddress1", "AWS::EC2::EIP", ResourceStep.Kind.REMOVE)))
                .containsExactly("NatAddress1: DOWNTIME users come through it");
    }

    @Test
    void anOwnAddressIsMadeWhenNoneIsBroughtAlongAnyMore() {
        assertThat(impacts(
                        spec(Shape.SINGLE, "eu-west-1"),
                        step("Address", "AWS::EC2::EIP", ResourceStep.Kind.ADD),
                        changed("Group", GROUP, "LaunchTemplate/Version", "1", "2")))
                .anyMatch(impact -> impact.startsWith("Address: NONE"))
                .anyMatch(impact -> impact.startsWith("Group: POSSIBLE_ERRORS"))
                .noneMatch(impact -> impact.contains("which stays"));
    }

    @Test
    void whereCloudFormationFindsOutLaterWhetherItReplacesThatIsSaid() {
        assertThat(changes(
                                spec(Shape.HIGHLY_AVAILABLE, "eu-west-1"),
                                "eu-west-1",
                                step(
                                        "Listener",
                                        "AWS::ElasticLoadBalancingV2::Listener",
                                        ResourceStep.Kind.MODIFY,
                                        "Port"))
                        .get(0)
                        .impact())
                .isEqualTo(Impact.possibleErrors(
                        "whether it stays or is made anew, CloudFormation finds out when it changes it"));
    }
}
