package dev.upkeep.infra.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Why instances do not come up is known to Auto Scaling and to their logs only, and neither need be asked in vain. */
class InstanceEvidenceTest extends AwsStory {

    private static final String NOT_ELIGIBLE =
            "The specified instance type is not eligible for Free Tier. For a list of Free Tier"
                    + " instance types, run 'describe-instance-types' with the filter 'free-tier-eligible=true'. Launching EC2 instance failed.";

    private static final List<String> WAITING =
            List.of(BEGUN, "Group/AWS::AutoScaling::AutoScalingGroup CREATE_IN_PROGRESS Resource creation Initiated");

    private static final List<String> FAILED = List.of(
            WAITING.get(0),
            WAITING.get(1),
            "Group/AWS::AutoScaling::AutoScalingGroup CREATE_FAILED Received 0 SUCCESS signal(s) out of 2.",
            "shop DELETE_IN_PROGRESS The following resource(s) failed to create: [Group]. Delete requested by user.",
            "shop DELETE_COMPLETE");

    @BeforeEach
    void noInstanceComesUp() {
        shop.whenExecuted(() -> shop.is("CREATE_IN_PROGRESS", "CREATE_IN_PROGRESS", "DELETE_COMPLETE")
                .happenedInTurn(List.of(WAITING, WAITING, WAITING, FAILED)));
        aws.usually(
                "DescribeScalingActivities",
                call -> ScriptedAnswer.result("<Activities>" + activity(3, NOT_ELIGIBLE) + activity(2, NOT_ELIGIBLE)
                        + activity(1, NOT_ELIGIBLE) + "</Activities>"));
        aws.usually("FilterLogEvents", call -> ScriptedAnswer.result("{\"events\": []}"));
    }

    private static String activity(int number, String message) {
        return "<member><ActivityId>a" + number
                + "</ActivityId><AutoScalingGroupName>physical-Group</AutoScalingGroupName>"
                + "<StartTime>2026-11-27T10:0" + number
                + ":00Z</StartTime><StatusCode>Failed</StatusCode><StatusMessage>" + message
                + "</StatusMessage></member>";
    }

    @Test
    void aTypeThatTheFreePlanRefusesIsSaidOnceWhileItIsTriedAndInTheEnd() throws InterruptedException {
        assertThat(operator.apply())
                .isEqualTo("Group failed: Received 0 SUCCESS signal(s) out of 2. (" + NOT_ELIGIBLE
                        + "); everything that had been made is gone again; mend it, then run upkeep apply");
        assertThat(operator.told()).containsOnlyOnce("Group NOTICE: Auto Scaling: " + NOT_ELIGIBLE);
    }

    @Test
    void evidenceThatMayNotBeReadIsLeftOutAndTheFailureIsSaid() throws InterruptedException {
        aws.usually(
                "DescribeScalingActivities", call -> ScriptedAnswer.denied("autoscaling:DescribeScalingActivities"));
        aws.usually("FilterLogEvents", call -> ScriptedAnswer.refused("AccessDeniedException", "no"));

        assertThat(operator.apply())
                .startsWith("Group failed: Received 0 SUCCESS signal(s) out of 2. (no evidence: Tried to ")
                .contains("; allow autoscaling:DescribeScalingActivities to this user or role")
                .contains("; everything that had been made is gone again; mend it, then run upkeep apply")
                .contains("; allow logs:FilterLogEvents to this user or role");
        assertThat(operator.told()).noneMatch(line -> line.contains("NOTICE"));
    }

    @Test
    void theLastWordsOfAnInstanceAreShown() throws InterruptedException {
        aws.usually(
                "FilterLogEvents",
                call -> ScriptedAnswer.result(
                        "{\"events\": [{\"message\": \"upkeep-boot: pulling\"}, {\"message\": \"upkeep-boot: no space left\"}]}"));

        assertThat(operator.apply()).endsWith("its log ends with:\nupkeep-boot: pulling\nupkeep-boot: no space left");
    }
}
