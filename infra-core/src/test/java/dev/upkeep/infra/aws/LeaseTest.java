package dev.upkeep.infra.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upkeep.infra.failure.OperationRefusedException;
import dev.upkeep.infra.plan.Plan;
import dev.upkeep.infra.progress.Operation;
import dev.upkeep.infra.progress.Outcome;
import dev.upkeep.infra.progress.StackBusyException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a process does before and between the operations of CloudFormation is seen by its lease only. */
class LeaseTest extends AwsStory {

    private static String lease(int number, Duration ago) {
        return lease(number, ago, "elsewhere", "elsewhere", "2026-11-27T09:58:00Z");
    }

    /** As a process of this number would have left it. */
    private static String lease(int number, Duration ago, String host, String place, String since) {
        return "{\"Parameters\": [{\"Name\": \"/upkeep/shop/lease/" + number + "\", \"LastModifiedDate\": "
                + AwsOperator.MORNING.minus(ago).getEpochSecond()
                + ", \"Value\": \"{\\\"id\\\": \\\"other\\\", \\\"kind\\\": \\\"APPLY\\\", \\\"by\\\": \\\"somebody on "
                + host
                + "\\\", \\\"host\\\": \\\"" + host + "\\\", \\\"place\\\": \\\"" + place + "\\\", \\\"pid\\\": "
                + ProcessHandle.current().pid()
                + ", \\\"since\\\": \\\"" + since + "\\\"}\"}]}";
    }

    private static ScriptedAnswer none() {
        return ScriptedAnswer.result("{\"Parameters\": []}");
    }

    @Test
    void whoeverIsAtWorkElsewhereIsNamedAndNobodyComesInBetween() throws InterruptedException {
        Plan plan = operator.plan();
        aws.usually("GetParametersByPath", call -> ScriptedAnswer.result(lease(3, Duration.ofSeconds(20))));
        Operation other = operator.platform().current(AwsOperator.SHOP).orElseThrow();

        assertThat(other.describe()).isEqualTo("apply by somebody on elsewhere since 2026-11-27T09:58:00Z");
        assertThat(operator.platform().latest(AwsOperator.SHOP)).contains(other);
        assertThatThrownBy(() -> operator.platform().start(plan))
                .isInstanceOf(StackBusyException.class)
                .hasMessageContaining("apply by somebody on elsewhere since 2026-11-27T09:58:00Z");
        assertThatThrownBy(() -> operator.platform().cancel(other))
                .isInstanceOf(OperationRefusedException.class)
                .hasMessageContaining("interrupt it where it runs");
        assertThat(aws.changes()).doesNotContain("ExecuteChangeSet");
    }

    @Test
    void whoeverIsAtWorkElsewhereIsWaitedForUntilNothingIsHeardOfIt() throws InterruptedException {
        aws.usually("GetParametersByPath", call -> ScriptedAnswer.result(lease(3, Duration.ofSeconds(20))));
        Operation other = operator.platform().current(AwsOperator.SHOP).orElseThrow();

        assertThat(operator.platform().follow(other, 0, event -> {})).isEqualTo(Outcome.unknown());
        assertThat(operator.waited()).isEqualTo(Duration.ofSeconds(40));
    }

    @Test
    void whatIsLeftOfAProcessThatIsGoneIsTakenOver() throws InterruptedException {
        shop.whenExecuted(() -> shop.is("CREATE_COMPLETE").happened(BEGUN, MADE));
        aws.usually("GetParametersByPath", call -> none());
        aws.next(
                "GetParametersByPath",
                ScriptedAnswer.result(lease(3, Duration.ofMinutes(2))),
                ScriptedAnswer.result(lease(3, Duration.ofMinutes(2))));

        assertThat(operator.apply()).isEmpty();
        assertThat(aws.sent("PutParameter", "Name")).containsExactly("/upkeep/shop/lease/4");
        assertThat(aws.sent("PutParameter", "Overwrite")).containsExactly("false");
        assertThat(aws.sent("DeleteParameter", "Name")).containsExactly("/upkeep/shop/lease/3", "/upkeep/shop/lease/4");
    }

    @Test
    void ofTwoWhoComeAtOnceOneIsFaster() throws InterruptedException {
        Plan plan = operator.plan();
        aws.next("PutParameter", ScriptedAnswer.refused("ParameterAlreadyExists", "The parameter already exists."));
        aws.next("GetParametersByPath", none(), none(), ScriptedAnswer.result(lease(1, Duration.ZERO)));

        assertThatThrownBy(() -> operator.platform().start(plan))
                .isInstanceOf(StackBusyException.class)
                .hasMessageContaining("somebody on elsewhere");
        assertThat(aws.changes()).doesNotContain("ExecuteChangeSet");
    }

    @Test
    void whoeverWasTakenForGoneDoesNothingMore() throws InterruptedException {
        aws.next("GetParametersByPath", none(), none());
        aws.usually("GetParametersByPath", call -> ScriptedAnswer.result(lease(9, Duration.ZERO)));

        assertThat(operator.apply())
                .contains("another one has taken over: apply by somebody on elsewhere", "nothing more is done here");
        assertThat(aws.calls("ExecuteChangeSet")).isZero();
    }

    /** As in a container, where the first process has the number 1 each time. */
    @Test
    void aProcessOfTheSameNumberThatBeganLaterIsNotTheOneThatLeftIt() throws InterruptedException {
        aws.usually(
                "GetParametersByPath",
                call -> ScriptedAnswer.result(
                        lease(3, Duration.ofSeconds(20), Leases.host(), Leases.place(), "2000-01-01T00:00:00Z")));

        assertThat(operator.platform().current(AwsOperator.SHOP)).isEmpty();
    }

    /** Two containers on the network of one machine share its name, and both have a process with the number 1. */
    @Test
    void aProcessOfAnotherContainerOfThisMachineIsAlive() throws InterruptedException {
        aws.usually(
                "GetParametersByPath",
                call -> ScriptedAnswer.result(
                        lease(3, Duration.ofSeconds(20), Leases.host(), "another container", "2000-01-01T00:00:00Z")));

        assertThat(operator.platform().current(AwsOperator.SHOP)).isPresent();
    }

    @Test
    void aProcessOfThisMachineIsTakenForGoneAsWellWhenNothingIsHeardOfIt() throws InterruptedException {
        aws.usually(
                "GetParametersByPath",
                call -> ScriptedAnswer.result(
                        lease(3, Duration.ofSeconds(20), Leases.host(), Leases.place(), "2999-01-01T00:00:00Z")));
        Operation other = operator.platform().current(AwsOperator.SHOP).orElseThrow();
        assertThat(other.describe()).startsWith("apply by somebody on " + Leases.host());

        operator.platform().follow(other, 0, event -> {});
        assertThat(operator.waited()).isEqualTo(Duration.ofSeconds(40));
    }

    @Test
    void aDestroyThatWasTakenForGoneRemovesNothing() throws InterruptedException {
        shop.is("CREATE_COMPLETE");
        aws.next("GetParametersByPath", none(), none(), none());
        aws.usually("GetParametersByPath", call -> ScriptedAnswer.result(lease(9, Duration.ZERO)));

        assertThat(operator.destroy()).contains("another one has taken over: apply by somebody on elsewhere");
        assertThat(aws.changes()).isEmpty();
    }

    /** The SDK makes no call in a thread that is interrupted, and says of it only that nobody answered. */
    @Test
    void anApplyThatIsInterruptedIsStoppedAndLeavesNeitherItsLeaseNorItsChangeSet() throws InterruptedException {
        Plan plan = operator.plan();
        aws.next("GetParametersByPath", none(), none());
        aws.usually("GetParametersByPath", call -> {
            Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().equals("upkeep APPLY shop"))
                    .forEach(Thread::interrupt);
            return none();
        });

        assertThat(operator.finish(plan)).isEqualTo("STOPPED");
        assertThat(aws.calls("ExecuteChangeSet")).isZero();
        assertThat(aws.changes()).endsWith("DeleteChangeSet", "DeleteStack");
        assertThat(aws.sent("DeleteParameter", "Name")).containsExactly("/upkeep/shop/lease/1");
    }

    /** The SDK gives a call up when its thread is interrupted, though AWS carries it out. */
    @Test
    void whoeverIsInterruptedWhileItSaysThatItIsAtWorkLeavesNoLease() throws InterruptedException {
        Plan plan = operator.plan();
        Thread caller = Thread.currentThread();
        aws.usually("PutParameter", call -> {
            String value = call.parameter("Value").replace("\"", "\\\"");
            aws.usually(
                    "GetParametersByPath",
                    later -> ScriptedAnswer.result(
                            "{\"Parameters\": [{\"Name\": \"/upkeep/shop/lease/1\", \"LastModifiedDate\": "
                                    + AwsOperator.MORNING.getEpochSecond() + ", \"Value\": \"" + value + "\"}]}"));
            caller.interrupt();
            return ScriptedAnswer.result("{\"Version\": 1}");
        });

        assertThatThrownBy(() -> operator.platform().start(plan)).isInstanceOf(InterruptedException.class);
        assertThat(aws.sent("DeleteParameter", "Name")).containsExactly("/upkeep/shop/lease/1");
        assertThat(aws.changes()).doesNotContain("ExecuteChangeSet");
    }

    @Test
    void aPlatformThatIsClosedByAThreadThatWasInterruptedLeavesNoLease() throws InterruptedException {
        operator.platform().start(operator.plan());

        Thread.currentThread().interrupt();
        operator.platform().close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(aws.sent("DeleteParameter", "Name")).containsExactly("/upkeep/shop/lease/1");
    }
}
