package dev.upkeep.infra.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upkeep.infra.failure.AwsException;
import dev.upkeep.infra.plan.Change;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A call was carried out, and the connection was cut before its answer came: the SDK makes it again. */
class LostAnswersTest extends AwsStory {

    private static final int TRIES = 3;

    @Override
    int tries() {
        return TRIES;
    }

    @BeforeEach
    void isMade() {
        shop.whenExecuted(() -> shop.is("CREATE_IN_PROGRESS", "CREATE_COMPLETE").happened(BEGUN, MADE));
    }

    @Test
    void anExecutionThatHasBegunIsFollowedThoughTheSecondTryIsRefused() throws InterruptedException {
        shop.next("ExecuteChangeSet", ScriptedAnswer.lost());

        assertThat(operator.apply()).isEmpty();
        assertThat(aws.sent("ExecuteChangeSet", "shop", "ClientRequestToken")).containsExactly("shop-c0", "shop-c0");
        assertThat(operator.told()).contains("shop DONE: create complete", "edge DONE: serves 1.0.6");
    }

    @Test
    void anExecutionThatHasBegunIsFollowedThoughNoAnswerCameAtAll() throws InterruptedException {
        shop.next("ExecuteChangeSet", ScriptedAnswer.lost(), ScriptedAnswer.cut(), ScriptedAnswer.cut());

        assertThat(operator.apply()).isEmpty();
        assertThat(aws.calls("ExecuteChangeSet")).isEqualTo(TRIES);
    }

    @Test
    void anExecutionThatNeverArrivedHasFailed() throws InterruptedException {
        shop.always("ExecuteChangeSet", ScriptedAnswer.cut());

        assertThat(operator.apply())
                .startsWith(
                        "Tried to begin the change set arn:aws:cloudformation:eu-west-1:123456789012:changeSet/upkeep-")
                .contains("in eu-west-1: AWS did not answer (Unable to execute HTTP request: ")
                .endsWith("; check this machine's network, and AWS_ENDPOINT_URL if it is set");
        assertThat(aws.calls("ExecuteChangeSet")).isEqualTo(TRIES);
    }

    @Test
    void aChangeSetThatIsThereAlreadyIsTheOneOfTheFirstTry() throws InterruptedException {
        shop.next("CreateChangeSet", ScriptedAnswer.lost());

        assertThat(operator.plan().changes()).extracting(Change::resource).containsExactly("Vpc", "Group");
        List<String> names = aws.sent("CreateChangeSet", "shop", "ChangeSetName");
        assertThat(names).hasSize(2).containsOnly(names.get(0));
        assertThat(shop.changeSets()).isOne();
    }

    @Test
    void aChangeSetIsFoundByItsNameThoughNoAnswerCameAtAll() throws InterruptedException {
        shop.next("CreateChangeSet", ScriptedAnswer.lost(), ScriptedAnswer.cut(), ScriptedAnswer.cut());

        operator.platform().discard(operator.plan());

        assertThat(shop.changeSets()).isZero();
        assertThat(aws.changes()).endsWith("DeleteChangeSet", "DeleteStack");
    }

    @Test
    void aChangeSetThatWasNeverMadeIsNotFound() {
        shop.always("CreateChangeSet", ScriptedAnswer.cut());

        assertThatThrownBy(operator::plan)
                .isInstanceOf(AwsException.class)
                .hasMessageStartingWith("Tried to plan a change of the stack shop in eu-west-1: AWS did not answer (")
                .hasMessageEndingWith("; check this machine's network, and AWS_ENDPOINT_URL if it is set");
        assertThat(aws.sent("CreateChangeSet", "shop", "ChangeSetName")).hasSize(TRIES);
        assertThat(shop.changeSets()).isZero();
    }

    @Test
    void aDeletionThatHasBegunIsFollowed() throws InterruptedException {
        shop.is("CREATE_COMPLETE").happened(BEGUN, MADE);
        shop.whenDeleted(() -> shop.is("DELETE_IN_PROGRESS", "DELETE_COMPLETE")
                .happened(
                        BEGUN,
                        MADE,
                        "shop DELETE_IN_PROGRESS User Initiated",
                        "Vpc DELETE_COMPLETE",
                        "shop DELETE_COMPLETE"));
        shop.next("DeleteStack", ScriptedAnswer.lost());
        base.whenDeleted(
                () -> base.is("DELETE_COMPLETE").happened("shop-base DELETE_IN_PROGRESS", "shop-base DELETE_COMPLETE"));

        assertThat(operator.destroy()).isEmpty();
        assertThat(operator.told())
                .containsExactly(
                        "shop STARTED: delete in progress: User Initiated",
                        "Vpc DONE: delete complete",
                        "shop DONE: delete complete",
                        "release DONE: is removed",
                        "shop-base STARTED: delete in progress",
                        "shop-base DONE: delete complete");
    }

    @Test
    void whatTheSdkOvercomesByItselfIsNotSpokenOf() throws InterruptedException {
        shop.whenExecuted(() -> shop.is("CREATE_IN_PROGRESS", "CREATE_COMPLETE")
                .happened(BEGUN, MADE)
                .next(
                        "DescribeStacks",
                        ScriptedAnswer.error(500, "InternalFailure", "An internal error occurred."),
                        ScriptedAnswer.cut()));

        assertThat(operator.apply()).isEmpty();
        assertThat(operator.told()).noneMatch(line -> line.contains("NOTICE"));
    }
}
