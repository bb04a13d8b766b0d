package dev.upkeep.infra.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.infra.aws.formation.ResourceStep;
import dev.upkeep.infra.aws.stack.BaseStack;
import dev.upkeep.infra.aws.stack.Resolved;
import dev.upkeep.infra.aws.stack.ServerStack;
import dev.upkeep.infra.aws.template.StackTemplate;
import dev.upkeep.infra.image.StackImages;
import dev.upkeep.infra.plan.Action;
import dev.upkeep.infra.plan.Change;
import dev.upkeep.infra.plan.Impact;
import dev.upkeep.infra.plan.Part;
import dev.upkeep.infra.plan.Replacement;
import dev.upkeep.infra.spec.AwsSettings;
import dev.upkeep.infra.spec.Shape;
import dev.upkeep.infra.spec.StackSpec;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlannedPartsTest {

    private static StackSpec spec(Shape shape) {
        return StackSpec.builder("shop", "1.0.6")
                .shape(shape)
                .domain("www.example.org", "example.org")
                .aws(AwsSettings.standard(Optional.of("eu-west-1")))
                .build();
    }

    private static StackTemplate base(StackSpec spec) {
        return BaseStack.template(spec, StackImages.names(spec));
    }

    private static List<Part> parts(Shape shape, ResourceStep... steps) {
        StackSpec spec = spec(shape);
        return PlannedParts.of(base(spec), ServerStack.template(spec, Resolved.nothing()), List.of(steps));
    }

    private static Part part(Shape shape, String name) {
        return parts(shape).stream()
                .filter(each -> each.resource().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @EnumSource
    void everyResourceIsThereOnceInAnAreaAndNeedsOnlyWhatIsThere(Shape shape) {
        StackSpec spec = spec(shape);
        List<Part> parts = parts(shape);
        int templates = base(spec).resources().size()
                + ServerStack.template(spec, Resolved.nothing()).resources().size();

        assertThat(parts).hasSize(templates + 1).noneMatch(part -> part.area().equals("other"));
        assertThat(parts.stream()
                        .collect(Collectors.toMap(Part::resource, Function.identity()))
                        .keySet())
                .containsAll(
                        parts.stream().flatMap(part -> part.needs().stream()).toList());
    }

    @Test
    void whatPropertiesReferToAndWhatIsDependedOnIsNeeded() {
        assertThat(part(Shape.HIGHLY_AVAILABLE, "Balancer"))
                .isEqualTo(Part.of(
                        "Balancer",
                        "ELB LoadBalancer",
                        "edge",
                        List.of(
                                "PublicRoute",
                                "PublicSubnet1",
                                "PublicSubnet1Routes",
                                "PublicSubnet2",
                                "PublicSubnet2Routes",
                                "BalancerSecurityGroup")));
        assertThat(part(Shape.SINGLE, "LaunchTemplate").needs())
                .as("an address that only the user data name")
                .contains("Address");
        assertThat(part(Shape.SINGLE, "Address").area()).isEqualTo("edge");
    }

    @Test
    void instancesNeedTheReleaseWhichNeedsTheRepositories() {
        assertThat(part(Shape.HIGHLY_AVAILABLE, "Group").needs()).contains("release", "Logs", "LaunchTemplate");
        assertThat(part(Shape.HIGHLY_AVAILABLE, "release").needs()).contains("WebRepository", "EdgeRepository");
    }

    @Test
    void whatGoesIsInItsAreaToo() {
        ResourceStep gone = new ResourceStep(
                "NatGateway1", "AWS::EC2::NatGateway", ResourceStep.Kind.REMOVE, Replacement.NEVER, List.of(), false);

        assertThat(parts(Shape.SINGLE, gone)).contains(Part.of("NatGateway1", "EC2 NatGateway", "network", List.of()));
    }

    @Test
    void whatIsRemovedAltogetherStandsOnWhatGoesAfterIt() {
        List<Change> changes = List.of("stack shop", "release", "stack shop-base").stream()
                .map(name -> new Change(
                        name, Action.DELETE, List.of(), "", Replacement.NEVER, Impact.none(""), Optional.empty()))
                .toList();

        assertThat(PlannedParts.going(changes))
                .containsExactly(
                        Part.of("stack shop", "CloudFormation stack", "what is removed", List.of("release")),
                        Part.of("release", "SSM Parameter", "what is removed", List.of("stack shop-base")),
                        Part.of("stack shop-base", "CloudFormation stack", "what is removed", List.of()));
    }
}
