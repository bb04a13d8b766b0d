package dev.upkeep.infra.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.infra.aws.formation.ResourceStep;
import dev.upkeep.infra.aws.stack.BaseStack;
import dev.upkeep.infra.aws.stack.Resolved;
import dev.upkeep.infra.plan.FieldChange;
import dev.upkeep.infra.plan.Replacement;
import dev.upkeep.infra.spec.AppPermissions;
import dev.upkeep.infra.spec.AwsSettings;
import dev.upkeep.infra.spec.Shape;
import dev.upkeep.infra.spec.StackSpec;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanNotesTest {

    private static final ResourceStep GROUP = step("Group", "AWS::AutoScaling::AutoScalingGroup", Replacement.NEVER);

    private static final String WHERE = "in the region eu-west-1";

    private static ResourceStep step(String name, String type, Replacement replacement) {
        ResourceStep.Kind kind = replacement == Replacement.NEVER ? ResourceStep.Kind.ADD : ResourceStep.Kind.MODIFY;
        return new ResourceStep(name, type, kind, replacement, List.of(), false);
    }

    private static List<String> notes(Shape shape, ResourceStep... steps) {
        StackSpec spec = StackSpec.builder("shop", "1.0.6")
                .shape(shape)
                .aws(AwsSettings.standard(Optional.of("eu-west-1")))
                .build();
        return new PlanNotes(
                        spec,
                        "eu-west-1",
                        costs(spec, "eu-west-1"),
                        () -> new FreePlan(new TreeSet<>(List.of("t3.micro"))))
                .about(List.of(steps));
    }

    private static Costs costs(StackSpec spec, String region) {
        return new Costs(spec, Resolved.nothing(), new Prices(region));
    }

    @Test
    void howLongItTakesAndWhatIsOpenIsSaid() {
        ResourceStep balancer = step("Balancer", "AWS::ElasticLoadBalancingV2::LoadBalancer", Replacement.NEVER);

        assertThat(notes(Shape.HIGHLY_AVAILABLE, balancer, GROUP))
                .containsExactly(
                        WHERE,
                        "takes about 10 min; the slowest part is Group",
                        "an account on the free plan may start a t3.micro",
                        "security: users come over plain HTTP, as there is no domain",
                        "what instances keep on their disks is lost when they are replaced: keep data elsewhere");
        assertThat(notes(Shape.SINGLE, GROUP))
                .contains(
                        "takes about 7 min; the slowest part is Group",
                        "security: users come over plain HTTP, as there is no domain; the instance itself faces the internet, on"
                                + " ports 80 and 443");
    }

    @Test
    void whatIsChangedInPlaceTakesAMinute() {
        assertThat(notes(Shape.HIGHLY_AVAILABLE, step("Scaling", "AWS::AutoScaling::ScalingPolicy", Replacement.MAYBE)))
                .startsWith(WHERE, "takes a minute or two");
        assertThat(notes(Shape.HIGHLY_AVAILABLE)).containsExactly(WHERE);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 30, 'logs that are older than 30 days are deleted; until now the stack does not limit how long they are kept'",
        "90, 30, 'logs that are older than 30 days are deleted; until now they are kept for 90 days'",
        "30, 90, ''",
        "30, '', ''"
    })
    void logsThatAreDeletedBecauseTheyAreKeptForLessTimeAreSaid(String before, String after, String said) {
        ResourceStep logs = new ResourceStep(
                "Logs",
                BaseStack.LOG_GROUP,
                ResourceStep.Kind.MODIFY,
                Replacement.NEVER,
                List.of(new FieldChange("RetentionInDays", before, after)),
                true);

        assertThat(notes(Shape.SINGLE, logs).stream().filter(note -> note.startsWith("logs ")))
                .isEqualTo(said.isEmpty() ? List.of() : List.of(said));
    }

    @Test
    void aTypeWithoutAKnownPriceAndPermissionsThatGiveAllAreSaid() {
        StackSpec spec = StackSpec.builder("shop", "1.0.6")
                .permissions(new AppPermissions(
                        List.of(new AppPermissions.Policy("arn:aws:iam::aws:policy/AdministratorAccess")),
                        List.of(new AppPermissions.Statement(List.of("iam:*", "s3:GetObject"), List.of("*")))))
                .aws(AwsSettings.standard(Optional.of("ap-south-1")))
                .build();

        assertThat(new PlanNotes(
                                spec,
                                "ap-south-1",
                                costs(spec, "ap-south-1"),
                                () -> new FreePlan(new TreeSet<>(List.of("t3.micro"))))
                        .about(List.of(GROUP)))
                .contains(
                        "no price is known here for a t3.micro in ap-south-1, so the sum lacks the instances",
                        "security: app.permissions let the application give itself any permission:"
                                + " arn:aws:iam::aws:policy/AdministratorAccess, iam:*");
    }
}
