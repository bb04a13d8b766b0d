package dev.upkeep.infra.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.infra.progress.Operation;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** CloudFormation goes on whether it can be asked or not, and says things late. */
class FollowingFaultsTest extends AwsStory {

    private static final List<String> TOLD = List.of(
            "shop STARTED: create in progress: User Initiated",
            "Group DONE: create complete",
            "shop DONE: create complete",
            "edge STARTED: asking http://shop.example.org from outside",
            "edge DONE: serves 1.0.6");

    private static final List<String> MAKING = List.of(BEGUN, "Group CREATE_COMPLETE");
    private static final List<String> ALL = List.of(BEGUN, "Group CREATE_COMPLETE", MADE);

    private static final String GOES_ON =
            ". What was begun goes on in CloudFormation; run the same command again to follow it";

    private void isMade(Runnable andThen) {
        shop.whenExecuted(() -> {
            shop.is("CREATE_IN_PROGRESS", "CREATE_COMPLETE").happenedInTurn(List.of(MAKING, ALL));
            andThen.run();
        });
    }

    private static ScriptedAnswer[] times(int number, ScriptedAnswer answer) {
        return Collections.nCopies(number, answer).toArray(ScriptedAnswer[]::new);
    }

    private List<String> notices() {
        return operator.told().stream().filter(line -> line.startsWith("AWS ")).toList();
    }

    private List<String> events() {
        return operator.told().stream().filter(line -> !line.startsWith("AWS ")).toList();
    }

    static Stream<Arguments> whatPasses() {
        return Stream.of(
                Arguments.of(ScriptedAnswer.throttled(), "AWS answered 400 (Throttling: Rate exceeded)"),
                Arguments.of(
                        ScriptedAnswer.refused("RequestLimitExceeded", "Request limit exceeded."),
                        "AWS answered 400 (RequestLimitExceeded: Request limit exceeded.)"),
                Arguments.of(
                        ScriptedAnswer.error(503, "ServiceUnavailable", "Service is unavailable"),
                        "AWS answered 503 (ServiceUnavailable: Service is unavailable)"),
                Arguments.of(ScriptedAnswer.badGateway(), "AWS answered 502"),
                Arguments.of(ScriptedAnswer.cut(), "AWS did not answer (Unable to execute HTTP request: "));
    }

    @ParameterizedTest
    @MethodSource("whatPasses")
    void aStormIsSatOutAndSaidOnce(ScriptedAnswer storm, String said) throws InterruptedException {
        isMade(() -> shop.next("DescribeStackEvents", times(3, storm)).next("DescribeStacks", times(3, storm)));

        assertThat(operator.apply()).isEmpty();
        assertThat(events()).isEqualTo(TOLD);
        assertThat(notices())
                .hasSize(2)
                .allSatisfy(notice -> assertThat(notice)
                        .startsWith("AWS NOTICE: " + said)
                        .endsWith("; CloudFormation goes on, and is asked again"));
        assertThat(operator.waited()).isEqualTo(AwsOperator.PAUSE.multipliedBy(3 + 3 + 1));
        assertThat(aws.calls("ExecuteChangeSet")).isOne();
    }

    @Test
    void aStormThatDoesNotEndIsGivenUpWithTheWayBack() throws InterruptedException {
        isMade(() -> shop.always("DescribeStacks", ScriptedAnswer.throttled()));

        assertThat(operator.apply())
                .isEqualTo("Tried to find the stack " + shop.id()
                        + " in eu-west-1: AWS answered 400 (Throttling: Rate exceeded);"
                        + " the account asks AWS too often at the moment; try again (again and again for 10 min)"
                        + GOES_ON);
        assertThat(operator.waited()).isEqualTo(Duration.ofMinutes(10));
        assertThat(notices()).hasSize(1);
    }

    @Test
    void credentialsThatExpireWhileFollowingEndThatAndNotTheOperation() throws InterruptedException {
        isMade(() -> shop.is("CREATE_IN_PROGRESS")
                .next("DescribeStackEvents", ScriptedAnswer.asUsual(), ScriptedAnswer.expired()));

        assertThat(operator.apply())
                .isEqualTo("Tried to read the events of the stack " + shop.id()
                        + " in eu-west-1: AWS answered 403 (ExpiredToken: The security token included in the request is expired);"
                        + " the AWS session has expired: log in again (aws sso login), or get new temporary credentials"
                        + GOES_ON);
        assertThat(operator.told()).isEmpty();
        assertThat(aws.calls("DescribeStackEvents")).isEqualTo(3);
        assertThat(aws.changes()).endsWith("ExecuteChangeSet");

        // The same command again, after a login.
        Operation found = operator.platform().current(AwsOperator.SHOP).orElseThrow();
        shop.is("CREATE_IN_PROGRESS", "CREATE_COMPLETE");
        assertThat(operator.follow(found, 0)).isEmpty();
        assertThat(operator.told()).isEqualTo(TOLD.subList(0, 3));
    }

    @Test
    void aPermissionThatIsMissingWhileFollowingIsNamed() throws InterruptedException {
        isMade(() -> shop.always("DescribeStackEvents", ScriptedAnswer.denied("cloudformation:DescribeStackEvents")));

        assertThat(operator.apply())
                .startsWith("Tried to read the events of the stack " + shop.id()
                        + " in eu-west-1: AWS answered 403 (AccessDenied: User: " + ScriptedAws.OPERATOR
                        + " is not authorized to perform: cloudformation:DescribeStackEvents")
                .endsWith("allow cloudformation:DescribeStackEvents to this user or role" + GOES_ON);
        assertThat(notices()).isEmpty();
    }

    @Test
    void aStackThatIsStillUnderReviewAfterItsBeginningIsFollowedOn() throws InterruptedException {
        isMade(() -> shop.is("REVIEW_IN_PROGRESS", "REVIEW_IN_PROGRESS", "CREATE_IN_PROGRESS", "CREATE_COMPLETE"));

        assertThat(operator.apply()).isEmpty();
        assertThat(operator.told()).isEqualTo(TOLD);
        assertThat(aws.changes())
                .containsExactly(
                        "CreateChangeSet",
                        "CreateChangeSet",
                        "DeleteChangeSet",
                        "ExecuteChangeSet",
                        "UpdateTerminationProtection");
    }

    @Test
    void eventsThatComeLateAreWaitedFor() throws InterruptedException {
        shop.happened("shop REVIEW_IN_PROGRESS User Initiated");
        isMade(() -> shop.is("CREATE_COMPLETE")
                .happenedInTurn(List.of(
                        List.of(), List.of(), List.of("shop REVIEW_IN_PROGRESS"), MAKING, MAKING, MAKING, ALL)));

        assertThat(operator.apply()).isEmpty();
        assertThat(operator.told()).isEqualTo(TOLD);
    }

    @Test
    void aStateOfBeforeIsNotTakenForTheEnd() throws InterruptedException {
        List<String> before = List.of(BEGUN, MADE);
        List<String> failed = List.of(
                BEGUN,
                MADE,
                "shop UPDATE_IN_PROGRESS User Initiated",
                "Listener UPDATE_FAILED no such certificate",
                "shop UPDATE_ROLLBACK_IN_PROGRESS",
                "shop UPDATE_ROLLBACK_COMPLETE");
        shop.is("UPDATE_ROLLBACK_COMPLETE").happenedInTurn(List.of(before));
        shop.whenExecuted(
                () -> shop.is("UPDATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_IN_PROGRESS", "UPDATE_ROLLBACK_COMPLETE")
                        .happenedInTurn(List.of(before, before, failed.subList(0, 3), failed.subList(0, 3), failed)));

        assertThat(operator.apply())
                .isEqualTo(
                        "Listener failed: no such certificate; the stack is as it was before; mend it, then run upkeep apply");
        assertThat(operator.told())
                .containsExactly(
                        "shop STARTED: update in progress: User Initiated",
                        "Listener FAILED: update failed: no such certificate",
                        "shop STARTED: update rollback in progress",
                        "shop DONE: update rollback complete");
    }

    @Test
    void aStackThatNeverTellsItsEndIsTakenAtItsStateInTheEnd() throws InterruptedException {
        isMade(() -> shop.is("CREATE_COMPLETE").happenedInTurn(List.of(MAKING)));

        assertThat(operator.apply()).isEmpty();
        assertThat(operator.waited()).isEqualTo(AwsOperator.PAUSE.multipliedBy(14));
    }

    @Test
    void whatWasBegunAndNeverBeginsIsGivenUp() throws InterruptedException {
        shop.whenExecuted(() -> {});

        assertThat(operator.apply())
                .isEqualTo("Tried to follow the stack " + shop.id()
                        + ": CloudFormation has not begun after 2 min; upkeep status says how it stands");
        assertThat(operator.waited()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void eventsOfSeveralPagesAreToldInOrder() throws InterruptedException {
        isMade(() -> shop.pagesOf(1));

        assertThat(operator.apply()).isEmpty();
        assertThat(operator.told()).isEqualTo(TOLD);
        assertThat(aws.sent("DescribeStackEvents", "shop", "NextToken")).contains("1", "2");
    }

    @Test
    void anotherProcessGoesOnWhereItStoppedWhateverItWasToldOfTheWay() throws InterruptedException {
        shop.is("CREATE_IN_PROGRESS").happened(BEGUN, "Vpc CREATE_COMPLETE");
        Operation found = operator.platform().current(AwsOperator.SHOP).orElseThrow();
        assertThat(found.describe()).isEqualTo("apply by CloudFormation since 2026-11-27T10:00:00Z");

        shop.next("DescribeStacks", ScriptedAnswer.throttled())
                .is("CREATE_IN_PROGRESS", "CREATE_COMPLETE")
                .happenedInTurn(List.of(
                        List.of(BEGUN, "Vpc CREATE_COMPLETE"),
                        List.of(BEGUN, "Vpc CREATE_COMPLETE", "Group CREATE_COMPLETE", MADE)));
        assertThat(operator.follow(found, 1)).isEmpty();
        assertThat(operator.told())
                .containsExactly(
                        "AWS NOTICE: AWS answered 400 (Throttling: Rate exceeded); CloudFormation goes on, and is asked again",
                        "Vpc DONE: create complete",
                        "Group DONE: create complete",
                        "shop DONE: create complete");
        assertThat(operator.numbers()).containsExactly(1L, 2L, 3L, 4L);
    }
}
