package dev.upkeep.infra.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upkeep.infra.failure.OperationRefusedException;
import dev.upkeep.infra.inventory.FailedOperation;
import dev.upkeep.infra.inventory.Problem;
import dev.upkeep.infra.inventory.StackState;
import dev.upkeep.infra.inventory.StackStatus;
import dev.upkeep.infra.plan.Plan;
import dev.upkeep.infra.preflight.Finding;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever state an operation has left: each command says it with the way out, and destroy removes what is there. */
class FailedStatesTest extends AwsStory {

    /** State, the operation that led to it, its word in status, and the way out. */
    private static final String STATES = """
            ROLLBACK_COMPLETE      | CREATE | ROLLBACK_FAILED | its first creation failed; remove what is left with upkeep destroy, then apply again
            CREATE_FAILED          | CREATE | ROLLBACK_FAILED | its first creation failed; remove what is left with upkeep destroy, then apply again
            ROLLBACK_FAILED        | CREATE | ROLLBACK_FAILED | its first creation failed; remove what is left with upkeep destroy, then apply again
            UPDATE_ROLLBACK_FAILED | UPDATE | ROLLBACK_FAILED | its last change could not be taken back; mend what it names, then run aws cloudformation continue-update-rollback --stack-name shop
            UPDATE_FAILED          | UPDATE | ROLLBACK_FAILED | its last change failed and was not taken back; run aws cloudformation rollback-stack --stack-name shop
            IMPORT_ROLLBACK_FAILED | IMPORT | ROLLBACK_FAILED | what it was to adopt could not be let go again; run upkeep destroy, which keeps what was adopted, then upkeep adopt again
            DELETE_FAILED          | DELETE | DELETE_FAILED   | it could not be deleted; remove what blocks it, then run upkeep destroy again
            """;

    private void isLeft(String status, String verb) {
        shop.is(status)
                .happened(
                        BEGUN,
                        MADE,
                        "shop " + verb + "_IN_PROGRESS",
                        "Group " + verb + "_FAILED no such subnet",
                        "shop " + status);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = STATES)
    void nothingIsPlannedAndTheWayOutIsSaid(String status, String verb, StackState state, String wayOut) {
        isLeft(status, verb);

        assertThatThrownBy(operator::plan)
                .isInstanceOf(OperationRefusedException.class)
                .hasMessage("Refused on stack shop: " + wayOut);
        assertThat(aws.calls("CreateChangeSet")).isOne();
        assertThat(base.changeSets()).isZero();
        assertThat(operator.platform().preflight(AwsOperator.spec()))
                .contains(Finding.problem("stack shop cannot be changed: " + status, wayOut));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = STATES)
    void statusSaysTheStateWhatFailedFirstAndTheWayOut(String status, String verb, StackState state, String wayOut)
            throws InterruptedException {
        isLeft(status, verb);

        StackStatus found = operator.status();

        assertThat(found.state()).isEqualTo(state);
        assertThat(found.problems()).containsExactly(new Problem("shop", "CloudFormation: " + status, wayOut));
        assertThat(found.failure().map(FailedOperation::problem)).contains("Group failed: no such subnet; " + wayOut);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ROLLBACK_COMPLETE",
                "CREATE_FAILED",
                "ROLLBACK_FAILED",
                "UPDATE_ROLLBACK_FAILED",
                "UPDATE_FAILED",
                "IMPORT_ROLLBACK_FAILED",
                "DELETE_FAILED",
                "UPDATE_ROLLBACK_COMPLETE"
            })
    void destroyRemovesWhateverIsLeft(String status) throws InterruptedException {
        isLeft(status, status.substring(0, status.indexOf('_')).replace("ROLLBACK", "CREATE"));
        shop.whenDeleted(() -> shop.is("DELETE_IN_PROGRESS", "DELETE_COMPLETE")
                .happened("shop DELETE_IN_PROGRESS User Initiated", "shop DELETE_COMPLETE"));
        base.whenDeleted(
                () -> base.is("DELETE_COMPLETE").happened("shop-base DELETE_IN_PROGRESS", "shop-base DELETE_COMPLETE"));

        assertThat(operator.destroy()).isEmpty();
        assertThat(operator.told()).contains("release DONE: is removed");
        assertThat(aws.changes()).containsExactly("DeleteStack", "DeleteParameter", "DeleteStack");
        assertThat(operator.status().state()).isEqualTo(StackState.ABSENT);
    }

    @Test
    void aDeletionThatIsBlockedNamesWhatBlocksIt() throws InterruptedException {
        shop.is("CREATE_COMPLETE").happened(BEGUN, MADE);
        shop.whenDeleted(() -> shop.is("DELETE_IN_PROGRESS", "DELETE_FAILED")
                .happened(
                        BEGUN,
                        MADE,
                        "shop DELETE_IN_PROGRESS User Initiated",
                        "Vpc DELETE_FAILED The vpc 'vpc-1' has dependencies and cannot be deleted.",
                        "shop DELETE_FAILED The following resource(s) failed to delete: [Vpc]."));

        assertThat(operator.destroy())
                .isEqualTo(
                        "Vpc failed: The vpc 'vpc-1' has dependencies and cannot be deleted.; it could not be deleted; remove what"
                                + " blocks it, then run upkeep destroy again");
        assertThat(aws.changes()).containsExactly("DeleteStack");
    }

    @Test
    void aBaseThatCannotBeChangedIsSaidWithTheWayOut() throws InterruptedException {
        base.is("DELETE_FAILED")
                .happened(
                        "shop-base DELETE_IN_PROGRESS", "Web DELETE_FAILED it holds images", "shop-base DELETE_FAILED");

        StackStatus found = operator.status();

        assertThat(found.state()).isEqualTo(StackState.DELETE_FAILED);
        assertThat(found.problems())
                .containsExactly(new Problem(
                        "shop",
                        "CloudFormation: DELETE_FAILED",
                        "it could not be deleted; remove what blocks it, then run upkeep destroy again"));
        assertThat(found.failure().map(FailedOperation::problem))
                .contains(
                        "Web failed: it holds images; it could not be deleted; remove what blocks it, then run upkeep destroy again");
    }

    @Test
    void aStubIsAPlanThatDestroyRemoves() throws InterruptedException {
        base.is(ScriptedStack.NONE);
        shop.is(ScriptedStack.STUB);
        aws.usually("DeleteParameter", call -> ScriptedAnswer.refused("ParameterNotFound", "no"));

        assertThat(operator.status().state()).isEqualTo(StackState.PLANNED);
        assertThat(operator.destroy()).isEmpty();
        assertThat(operator.told()).as("there was no release").noneMatch(told -> told.startsWith("release"));
        assertThat(aws.changes()).containsExactly("DeleteStack", "DeleteParameter");
        assertThat(operator.status().state()).isEqualTo(StackState.ABSENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE_IN_PROGRESS",
                "ROLLBACK_IN_PROGRESS",
                "UPDATE_IN_PROGRESS",
                "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS",
                "UPDATE_ROLLBACK_IN_PROGRESS",
                "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS",
                "DELETE_IN_PROGRESS"
            })
    void whatIsUnderWayIsSaidByStatusAndNothingIsPlanned(String status) throws InterruptedException {
        shop.is(status).happened(BEGUN);

        StackStatus found = operator.status();

        assertThat(found.state()).isEqualTo(StackState.IN_PROGRESS);
        assertThat(found.operation().orElseThrow().by()).isEqualTo("CloudFormation");
        assertThatThrownBy(operator::plan)
                .hasMessage("Refused on stack shop: CloudFormation is changing it (" + status
                        + "); wait until that has ended");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Group CREATE_FAILED Received 0 SUCCESS signal(s) out of 2. Unable to satisfy 100% MinSuccessfulInstancesPercent requirement | Group failed: Received 0 SUCCESS signal(s) out of 2. Unable to satisfy 100% MinSuccessfulInstancesPercent requirement
            Vpc CREATE_FAILED Resource handler returned message: "No more. (Service: Ec2, Status Code: 400, Request ID: 7f-1) (SDK Attempt Count: 1)" (RequestToken: 0d-2, HandlerErrorCode: ServiceLimitExceeded) | Vpc failed: No more. (request 7f-1)
            Vpc CREATE_FAILED API: ec2:CreateVpc You are not authorized to perform this operation. | Vpc failed: API: ec2:CreateVpc You are not authorized to perform this operation.
            """)
    void aCreationThatFailsNamesItsFirstOwnFailureThoughAllIsGoneAgain(String failure, String said)
            throws InterruptedException {
        shop.whenExecuted(() -> shop.is("CREATE_IN_PROGRESS", "DELETE_IN_PROGRESS", "DELETE_COMPLETE")
                .happened(
                        BEGUN,
                        "Alarm CREATE_FAILED Resource creation cancelled",
                        failure,
                        "shop DELETE_IN_PROGRESS The following resource(s) failed to create: [Alarm, Group]. Delete requested by user.",
                        "Role DELETE_COMPLETE",
                        "shop DELETE_COMPLETE"));

        assertThat(operator.apply())
                .isEqualTo(said + "; everything that had been made is gone again; mend it, then run upkeep apply");
        assertThat(operator.told()).hasSize(6).endsWith("shop DONE: delete complete");
        assertThat(operator.status().state()).isEqualTo(StackState.INTERRUPTED);
    }

    @Test
    void theFirstFailureIsKnownThoughNothingCanBeReadAfterTheEnd() throws InterruptedException {
        List<String> failed = List.of(
                BEGUN,
                "Vpc CREATE_FAILED no more VPCs",
                "shop DELETE_IN_PROGRESS The following resource(s) failed to create: [Vpc]. Delete requested by user.",
                "shop DELETE_COMPLETE");
        shop.whenExecuted(() -> shop.is("DELETE_COMPLETE")
                .happened(failed.toArray(String[]::new))
                .next("DescribeStackEvents", ScriptedAnswer.asUsual(), ScriptedAnswer.asUsual())
                .always("DescribeStackEvents", ScriptedAnswer.expired()));

        assertThat(operator.apply())
                .isEqualTo(
                        "Vpc failed: no more VPCs; everything that had been made is gone again; mend it, then run upkeep apply");
    }

    @Test
    void whoFollowsTheRemovalOfWhatFailedLearnsThatItFailed() throws InterruptedException {
        List<String> failing = List.of(
                BEGUN,
                "Group CREATE_FAILED Received 0 SUCCESS signal(s) out of 2.",
                "shop DELETE_IN_PROGRESS The following resource(s) failed to create: [Group]. Delete requested by user.");
        shop.is("DELETE_IN_PROGRESS").happenedInTurn(List.of(failing));
        var found = operator.platform().current(AwsOperator.SHOP).orElseThrow();
        assertThat(found.describe()).isEqualTo("apply by CloudFormation since 2026-11-27T10:00:00Z");

        shop.is("DELETE_IN_PROGRESS", "DELETE_COMPLETE")
                .happenedInTurn(List.of(
                        failing, List.of(failing.get(0), failing.get(1), failing.get(2), "shop DELETE_COMPLETE")));

        assertThat(operator.follow(found, 0))
                .isEqualTo(
                        "Group failed: Received 0 SUCCESS signal(s) out of 2.; everything that had been made is gone again; mend it,"
                                + " then run upkeep apply");
    }

    @Test
    void aChangeThatFailsNamesItsFirstOwnFailureAndThatAllIsAsBefore() throws InterruptedException {
        shop.is("CREATE_COMPLETE").happened(BEGUN, MADE);
        Plan plan = operator.plan();
        shop.whenExecuted(() -> shop.is("UPDATE_IN_PROGRESS", "UPDATE_ROLLBACK_IN_PROGRESS", "UPDATE_ROLLBACK_COMPLETE")
                .happened(
                        BEGUN,
                        MADE,
                        "shop UPDATE_IN_PROGRESS User Initiated",
                        "Group UPDATE_FAILED Received 1 FAILURE signal(s) out of 2.",
                        "shop UPDATE_ROLLBACK_IN_PROGRESS The following resource(s) failed to update: [Group].",
                        "shop UPDATE_ROLLBACK_COMPLETE"));

        assertThat(operator.finish(plan))
                .isEqualTo(
                        "Group failed: Received 1 FAILURE signal(s) out of 2.; the stack is as it was before; mend it, then run"
                                + " upkeep apply");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            shop UPDATE_ROLLBACK_IN_PROGRESS User Initiated             | it was cancelled
            shop UPDATE_ROLLBACK_IN_PROGRESS A rollback trigger went off | UPDATE_ROLLBACK_COMPLETE
            """)
    void aChangeThatIsTakenBackThoughNothingFailedSaysWhetherSomebodyWantedIt(String rollback, String said)
            throws InterruptedException {
        shop.is("CREATE_COMPLETE").happened(BEGUN, MADE);
        Plan plan = operator.plan();
        shop.whenExecuted(() -> shop.is("UPDATE_IN_PROGRESS", "UPDATE_ROLLBACK_COMPLETE")
                .happened(
                        BEGUN,
                        MADE,
                        "shop UPDATE_IN_PROGRESS User Initiated",
                        rollback,
                        "shop UPDATE_ROLLBACK_COMPLETE"));

        assertThat(operator.finish(plan))
                .isEqualTo("stack shop failed: " + said
                        + "; the stack is as it was before; mend it, then run upkeep apply");
    }
}
