package dev.upkeep.infra.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

    private void launched(String... instances) {
        StringBuilder activities = new StringBuilder();
        for (String instance : instances) {
            activities
                    .append("<member><ActivityId>")
                    .append(instance)
                    .append("</ActivityId><AutoScalingGroupName>physical-Group</AutoScalingGroupName><Description>")
                    .append("Launching a new EC2 instance: ")
                    .append(instance)
                    .append(
                            "</Description><StartTime>2026-11-27T10:05:00Z</StartTime><StatusCode>Successful</StatusCode></member>");
        }
        aws.usually(
                "DescribeScalingActivities",
                call -> ScriptedAnswer.result("<Activities>" + activities + "</Activities>"));
    }

    private static ScriptedAnswer console(String text) {
        String base64 = Base64.getMimeEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        return ScriptedAnswer.result("<output>" + base64 + "</output>");
    }

    @Test
    void theConsoleIsShownWhereAnInstanceCouldSendNothing() throws InterruptedException {
        launched("i-0aaa", "i-0bbb");
        String lines = IntStream.rangeClosed(1, 25)
                .mapToObj(line -> "\u001B[0;32m[" + line + ".0]\u001B[0m cloud-init: \u0007step " + line + "\r\n")
                .collect(Collectors.joining());
        aws.usually(
                "GetConsoleOutput",
                call -> call.parameter("InstanceId").equals("i-0bbb")
                                && call.parameter("Latest").isEmpty()
                        ? console(lines)
                        : ScriptedAnswer.result(""));

        String told = operator.apply();
        assertThat(told)
                .contains("its log ends with:\nconsole of i-0bbb:\n[6.0] cloud-init: step 6\n")
                .endsWith("\n[25.0] cloud-init: step 25");
        assertThat(told.lines().filter(line -> line.contains("cloud-init: step")))
                .hasSize(20);
    }

    @Test
    void whatAnInstanceWritesAtTheMomentIsAskedFirst() throws InterruptedException {
        launched("i-0aaa");
        aws.usually(
                "GetConsoleOutput",
                call -> console(call.parameter("Latest").equals("true") ? "no space left" : "booting"));

        assertThat(operator.apply()).endsWith("its log ends with:\nconsole of i-0aaa:\nno space left");
        assertThat(aws.calls("GetConsoleOutput")).isEqualTo(1);
    }

    @Test
    void aConsoleThatMayNotBeReadIsLeftOut() throws InterruptedException {
        launched("i-0aaa");
        aws.usually("GetConsoleOutput", call -> ScriptedAnswer.denied("ec2:GetConsoleOutput"));

        assertThat(operator.apply())
                .startsWith("Group failed: Received 0 SUCCESS signal(s) out of 2.; everything")
                .contains("its log ends with:\nno evidence: Tried to read the console of i-0aaa in eu-west-1")
                .endsWith("; allow ec2:GetConsoleOutput to this user or role");
    }

    @Test
    void theLastWordsOfAnInstanceAreShown() throws InterruptedException {
        aws.usually(
                "FilterLogEvents",
                call -> ScriptedAnswer.result(
                        "{\"events\": [{\"message\": \"upkeep-boot: pulling\"}, {\"message\": \"upkeep-boot: no space left\"}]}"));

        assertThat(operator.apply()).endsWith("its log ends with:\nupkeep-boot: pulling\nupkeep-boot: no space left");
        assertThat(aws.calls("GetConsoleOutput")).isZero();
    }
}
