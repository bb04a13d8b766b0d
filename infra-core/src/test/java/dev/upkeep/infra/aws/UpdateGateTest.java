package dev.upkeep.infra.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** While CloudFormation still keeps the old instances, users decide about the new ones. */
class UpdateGateTest extends AwsStory {

    private static final String GROUP = "Group/AWS::AutoScaling::AutoScalingGroup ";
    private static final String RUNNING = "UPDATE_IN_PROGRESS";

    private static final List<String> WAITING =
            List.of("shop UPDATE_IN_PROGRESS User Initiated", GROUP + "UPDATE_IN_PROGRESS Resource creation Initiated");

    private static final List<String> REPLACED = List.of(WAITING.get(0), WAITING.get(1), GROUP + "UPDATE_COMPLETE");

    @BeforeEach
    void aStackStandsAndItsGroupIsReplaced() {
        shop.is("CREATE_COMPLETE").output("TargetGroup", "targets").output("Alarms", "arn:alarm:1,arn:alarm:2");
        aws.usually("DescribeScalingActivities", call -> ScriptedAnswer.result("<Activities/>"));
        targetsAre("healthy");
    }

    private void targetsAre(String state) {
        aws.usually(
                "DescribeTargetHealth",
                call -> ScriptedAnswer.result(
                        "<TargetHealthDescriptions><member><Target><Id>i-1</Id></Target><TargetHealth><State>" + state
                                + "</State></TargetHealth></member></TargetHealthDescriptions>"));
    }

    /** So often it is looked until the change is done, or taken back. */
    private void ends(String status, int looks) {
        List<String> states = new ArrayList<>(Collections.nCopies(looks, RUNNING));
        states.add(status);
        List<String> end = new ArrayList<>(REPLACED);
        end.add("shop " + status);
        List<List<String>> histories = new ArrayList<>(List.of(List.of(), WAITING, WAITING));
        histories.addAll(Collections.nCopies(looks - 1, REPLACED));
        histories.add(end);
        shop.whenExecuted(() -> shop.is(states.toArray(String[]::new)).happenedInTurn(histories));
    }

    @Test
    void aChangeAfterWhichUsersAreNotServedIsTakenBack() throws InterruptedException {
        ends("UPDATE_ROLLBACK_COMPLETE", 6);
        operator.usersMiss("DOWN: 502");

        assertThat(operator.apply())
                .isEqualTo(
                        "edge failed: users did not get 1.0.6 from the new instances, and the change was taken back: DOWN: 502"
                                + " (UPDATE_ROLLBACK_COMPLETE; the stack is as it was before; mend it, then run upkeep apply)");
        assertThat(operator.told())
                .containsOnlyOnce(
                        "edge NOTICE: users do not get 1.0.6 from the new instances: DOWN: 502; the change is taken back");
        assertThat(aws.calls("CancelUpdateStack")).isOne();
    }

    @Test
    void whereItCannotBeTakenBackThatIsSaidAndTriedAgain() throws InterruptedException {
        ends("UPDATE_ROLLBACK_COMPLETE", 6);
        operator.usersMiss("DOWN: 502");
        shop.next("CancelUpdateStack", ScriptedAnswer.denied("cloudformation:CancelUpdateStack"));

        assertThat(operator.apply()).startsWith("edge failed: users did not get 1.0.6 from the new instances");
        assertThat(operator.told())
                .anyMatch(line -> line.startsWith(
                                "edge NOTICE: users do not get 1.0.6 from the new instances: DOWN: 502; Tried to cancel")
                        && line.endsWith("allow cloudformation:CancelUpdateStack to this user or role"));
        assertThat(aws.calls("CancelUpdateStack")).isEqualTo(2);
    }

    @Test
    void twoBadAnswersAreNoVerdict() throws InterruptedException {
        ends("UPDATE_COMPLETE", 8);
        operator.usersMiss("DOWN: 502", "DOWN: 502", "");

        assertThat(operator.apply()).isEmpty();
        assertThat(aws.calls("CancelUpdateStack")).isZero();
    }

    @Test
    void aMinuteIsKeptAndTheAlarmsWatchUnlessTheStackIsIllAlready() throws InterruptedException {
        operator.plan();
        targetsAre("unhealthy");
        operator.plan();

        assertThat(aws.sent("CreateChangeSet", "shop", "RollbackConfiguration.MonitoringTimeInMinutes"))
                .containsExactly("1", "1");
        assertThat(aws.sent("CreateChangeSet", "shop", "RollbackConfiguration.RollbackTriggers.member.2.Arn"))
                .containsExactly("arn:alarm:2", "");
    }
}
