package dev.upkeep.infra.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upkeep.infra.drift.Drift;
import dev.upkeep.infra.drift.DriftedResource;
import dev.upkeep.infra.failure.AwsException;
import dev.upkeep.infra.plan.FieldChange;
import dev.upkeep.infra.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What somebody has changed by hand, as CloudFormation finds it. */
class DriftTest extends AwsStory {

    private static final String TEMPLATE = "{\"Resources\": {\"Vpc\": {\"Type\": \"AWS::EC2::VPC\"},"
            + " \"Group\": {\"Type\": \"AWS::AutoScaling::AutoScalingGroup\"},"
            + " \"Record\": {\"Type\": \"AWS::Route53::RecordSet\"}}}";

    private final List<String> told = new ArrayList<>();

    @BeforeEach
    void bothStandAndNothingIsChanged() {
        shop.is("CREATE_COMPLETE").wouldRefuse(ScriptedStack.NO_CHANGES).hasTemplate(TEMPLATE);
        base.hasTemplate("{\"Resources\": {\"Logs\": {\"Type\": \"AWS::Logs::LogGroup\"}}}");
        for (ScriptedStack stack : List.of(base, shop)) {
            stack.always(
                    "DetectStackDrift",
                    ScriptedAnswer.result("<StackDriftDetectionId>b78ac9b0</StackDriftDetectionId>"));
        }
        aws.usually("DescribeStackDriftDetectionStatus", call -> status("DETECTION_COMPLETE", ""));
        base.always("DescribeStackResourceDrifts", drifts("", same("Logs", "AWS::Logs::LogGroup")));
        finds(same("Vpc", "AWS::EC2::VPC"), same("Group", Costs.GROUP_TYPE));
    }

    private static ScriptedAnswer status(String status, String reason) {
        return ScriptedAnswer.result("<StackId>stack</StackId><StackDriftDetectionId>b78ac9b0</StackDriftDetectionId>"
                + "<DetectionStatus>" + status + "</DetectionStatus><DetectionStatusReason>" + reason
                + "</DetectionStatusReason><Timestamp>2026-11-27T10:00:00Z</Timestamp>");
    }

    private void finds(String... members) {
        shop.always("DescribeStackResourceDrifts", drifts("", members));
    }

    private static ScriptedAnswer drifts(String next, String... members) {
        return ScriptedAnswer.result("<StackResourceDrifts>" + String.join("", members) + "</StackResourceDrifts>"
                + (next.isEmpty() ? "" : "<NextToken>" + next + "</NextToken>"));
    }

    private static String same(String name, String type) {
        return member(name, type, "IN_SYNC", "");
    }

    private static String modified(String name, String type, String path, String expected, String found) {
        return member(
                name,
                type,
                "MODIFIED",
                "<PropertyDifferences><member><PropertyPath>" + path + "</PropertyPath><ExpectedValue>" + expected
                        + "</ExpectedValue><ActualValue>" + found
                        + "</ActualValue><DifferenceType>NOT_EQUAL</DifferenceType></member></PropertyDifferences>");
    }

    private static String member(String name, String type, String status, String more) {
        return "<member><StackId>stack</StackId><LogicalResourceId>" + name + "</LogicalResourceId><ResourceType>"
                + type
                + "</ResourceType><StackResourceDriftStatus>" + status + "</StackResourceDriftStatus>" + more
                + "<Timestamp>2026-11-27T10:00:00Z</Timestamp></member>";
    }

    private Drift drift() throws InterruptedException {
        Plan plan = operator.plan();
        return operator.platform()
                .drift(plan, event -> told.add(event.resource() + " " + event.kind() + ": " + event.message()));
    }

    @Test
    void ofAStackThatNobodyHasTouchedItSaysSoAndWhatIsUnchecked() throws InterruptedException {
        Drift found = drift();

        assertThat(found.isEmpty()).isTrue();
        assertThat(found.compared()).isEqualTo(3);
        assertThat(found.unchecked()).containsExactly("Record (AWS::Route53::RecordSet)");
        assertThat(found.failures()).isEmpty();
        assertThat(found.notes()).isEmpty();
        assertThat(told)
                .containsExactly(
                        "shop-base STARTED: CloudFormation compares it with what is there",
                        "shop-base DONE: 1 resource compared, 0 of them changed by hand",
                        "shop STARTED: CloudFormation compares it with what is there",
                        "shop DONE: 2 resources compared, 0 of them changed by hand");
    }

    @Test
    void whatHasOtherSettingsIsShownFieldByField() throws InterruptedException {
        finds(modified("Vpc", "AWS::EC2::VPC", "/EnableDnsHostnames", "true", "false"));

        Drift found = drift();

        assertThat(found.resources())
                .containsExactly(new DriftedResource(
                        "Vpc",
                        DriftedResource.Kind.MODIFIED,
                        List.of(new FieldChange("EnableDnsHostnames", "true", "false")),
                        "an apply leaves it as it was found; put it back by hand, or write it into the file"));
        assertThat(found.notes().get(0)).contains("an apply puts back nothing", "REVERT_DRIFT");
    }

    @Test
    void whatWasAddedToAListIsShown() throws InterruptedException {
        finds(modified(
                "Access",
                "AWS::EC2::SecurityGroup",
                "/SecurityGroupIngress/1",
                "null",
                "{\"IpProtocol\":\"tcp\",\"FromPort\":22,\"CidrIp\":\"0.0.0.0/0\"}"));

        assertThat(drift().resources().get(0).fields())
                .containsExactly(new FieldChange(
                        "SecurityGroupIngress/1",
                        "",
                        "{\"IpProtocol\":\"tcp\",\"FromPort\":22,\"CidrIp\":\"0.0.0.0/0\"}"));
    }

    @Test
    void whatIsGoneIsSaidAndThatAnApplyDoesNotMakeItAgain() throws InterruptedException {
        finds(member("Group", Costs.GROUP_TYPE, "DELETED", ""));

        DriftedResource gone = drift().resources().get(0);

        assertThat(gone.kind()).isEqualTo(DriftedResource.Kind.DELETED);
        assertThat(gone.next())
                .startsWith("an apply does not make it again")
                .contains("drift-aware change set of shop");
    }

    @Test
    void whatAnApplyWouldChangeAnywayIsSaid() throws InterruptedException {
        shop.wouldRefuse("")
                .wouldDo(
                        ScriptedStack.modified(
                                "Group",
                                Costs.GROUP_TYPE,
                                "<Path>/Properties/LaunchTemplate/Version</Path><BeforeValue>1</BeforeValue><AfterValue>2</AfterValue>"));
        finds(modified("Group", Costs.GROUP_TYPE, "/MaxSize", "2", "9"));

        assertThat(drift().resources().get(0).next()).isEqualTo("an apply makes it anew, as the file says");
    }

    @Test
    void theNumberOfInstancesChangesByDesign() throws InterruptedException {
        finds(modified("Group", Costs.GROUP_TYPE, "/DesiredCapacity", "2", "3"));

        Drift found = drift();

        assertThat(found.isEmpty()).isTrue();
        assertThat(found.notes().get(0)).startsWith("Group has 3 instances instead of 2, which is no fault");
    }

    @Test
    void waitsUntilCloudFormationIsReadyAndReadsEveryPage() throws InterruptedException {
        shop.next(
                "DetectStackDrift",
                ScriptedAnswer.refused("ValidationError", "Drift detection is already in progress for stack [shop]."));
        aws.next(
                "DescribeStackDriftDetectionStatus",
                status("DETECTION_IN_PROGRESS", ""),
                status("DETECTION_IN_PROGRESS", ""));
        shop.next(
                "DescribeStackResourceDrifts",
                drifts("2", same("Vpc", "AWS::EC2::VPC")),
                drifts("", modified("Group", Costs.GROUP_TYPE, "/MaxSize", "2", "9")));

        assertThat(drift().resources()).extracting(DriftedResource::resource).containsExactly("Group");
        assertThat(operator.waited()).isEqualTo(AwsOperator.PAUSE.multipliedBy(3));
        assertThat(aws.sent("DescribeStackResourceDrifts", "shop", "NextToken")).containsExactly("", "2");
    }

    @Test
    void ofAComparisonThatFailedWhatItFoundIsShownAndWhyItFailed() throws InterruptedException {
        aws.usually(
                "DescribeStackDriftDetectionStatus",
                call -> status("DETECTION_FAILED", "Failed to detect drift on resource [Group]"));
        finds(
                modified("Vpc", "AWS::EC2::VPC", "/EnableDnsHostnames", "true", "false"),
                member("Group", Costs.GROUP_TYPE, "NOT_CHECKED", ""));

        Drift found = drift();

        assertThat(found.resources()).extracting(DriftedResource::resource).containsExactly("Vpc");
        assertThat(found.unchecked()).contains("Group (AWS::AutoScaling::AutoScalingGroup)");
        assertThat(found.failures())
                .contains("CloudFormation could not compare all of shop: Failed to detect drift on resource [Group]");
    }

    @Test
    void doesNotWaitForEver() {
        aws.usually("DescribeStackDriftDetectionStatus", call -> status("DETECTION_IN_PROGRESS", ""));

        assertThatThrownBy(this::drift)
                .isInstanceOf(AwsException.class)
                .hasMessage(
                        "Tried to compare the stack shop-base with what is there: CloudFormation has not compared it"
                                + " after 10 min; try again");
    }

    @Test
    void whoMayNotCompareLearnsWhatToAllow() {
        base.always("DetectStackDrift", ScriptedAnswer.denied("cloudformation:DetectStackDrift"));

        assertThatThrownBy(this::drift)
                .hasMessageContaining(
                        "allow cloudformation:DetectStackDrift and cloudformation:DetectStackResourceDrift to this user");
    }

    @Test
    void whereNothingStandsNothingIsAsked() throws InterruptedException {
        base.is(ScriptedStack.NONE);
        shop.is(ScriptedStack.NONE);

        assertThat(drift().notes())
                .containsExactly("nothing of the stack stands yet, so nobody can have changed anything by hand");
        assertThat(aws.calls("DetectStackDrift")).isZero();
    }
}
