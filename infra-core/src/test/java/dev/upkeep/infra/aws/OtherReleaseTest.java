package dev.upkeep.infra.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upkeep.infra.failure.OperationRefusedException;
import dev.upkeep.infra.plan.Plan;
import dev.upkeep.infra.spec.StackSpec;
import org.junit.jupiter.api.Test;

/** The file names another release than that which the instances run: the plan says beforehand that an apply will refuse it. */
class OtherReleaseTest extends AwsStory {

    private static final String REFUSAL = "its instances run 1.0.6, and this version cannot bring standing instances on"
            + " AWS to another release yet; write version: 1.0.6 into the file, or destroy the stack and apply it anew";

    private static final StackSpec NEWER = AwsOperator.spec().withVersion("1.0.7");

    @Test
    void aPlanSaysWhatAnApplyThenRefuses() throws InterruptedException {
        shop.is("CREATE_COMPLETE");

        Plan plan = operator.platform().plan(NEWER);

        assertThat(plan.changes()).anyMatch(change -> change.resource().equals("release"));
        assertThat(plan.notes()).contains("an apply will refuse this: " + REFUSAL);
        assertThatThrownBy(() -> operator.platform().requireStartable(plan))
                .as("before somebody is asked about it")
                .isInstanceOf(OperationRefusedException.class)
                .hasMessage("Refused on stack shop: " + REFUSAL);
        assertThatThrownBy(() -> operator.platform().start(plan))
                .isInstanceOf(OperationRefusedException.class)
                .hasMessage("Refused on stack shop: " + REFUSAL);
    }

    @Test
    void whatTheInstancesRunAlreadyCanBeStarted() throws InterruptedException {
        shop.is("CREATE_COMPLETE");

        operator.platform().requireStartable(operator.plan());
        operator.platform().requireStartable(operator.platform().planDestroy(AwsOperator.SHOP));

        assertThat(aws.changes()).doesNotContain("ExecuteChangeSet", "DeleteStack");
    }

    @Test
    void aStackWithoutServersTakesAnyRelease() throws InterruptedException {
        assertThat(operator.platform().plan(NEWER).notes()).noneMatch(note -> note.contains("refuse"));
    }

    @Test
    void ofWhatNobodySaysThatItRunsTheConditionIsSaid() throws InterruptedException {
        shop.is("CREATE_COMPLETE");
        aws.next("GetParameter", ScriptedAnswer.result("{\"Parameter\": {\"Value\": \"ami-0123456789abcdef0\"}}"));
        aws.next("GetParameter", ScriptedAnswer.result("{\"Parameter\": {\"Value\": \"no release\"}}"));

        assertThat(operator.platform().plan(NEWER).notes())
                .contains(
                        "an apply will refuse this unless users get 1.0.7: the parameter that says what its instances run is"
                                + " gone or cannot be read");
    }

    @Test
    void anotherEnvironmentIsAnotherRelease() {
        StackSpec spec = AwsOperator.spec();
        assertThat(OtherRelease.refusal("{\"version\":\"1.0.6\"}", spec)).isEmpty();
        assertThat(OtherRelease.refusal("{\"version\":\"1.0.6\",\"env\":{\"COLOR\":\"blue\"}}", spec))
                .hasValueSatisfying(text -> assertThat(text)
                        .startsWith("its instances run 1.0.6 with env COLOR blue, and")
                        .contains("; write env COLOR blue into the file, or destroy"));
        StackSpec coloured = AwsOperator.spec().withVersion("1.0.7");
        assertThat(OtherRelease.refusal("{\"version\":\"1.0.6\",\"env\":{\"COLOR\":\"blue\"}}", coloured))
                .hasValueSatisfying(text ->
                        assertThat(text).contains("; write version: 1.0.6, env COLOR blue into the file, or destroy"));
    }
}
