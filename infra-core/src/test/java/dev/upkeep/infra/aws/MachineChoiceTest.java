package dev.upkeep.infra.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.infra.plan.Plan;
import dev.upkeep.infra.spec.AwsSettings;
import dev.upkeep.infra.spec.StackSpec;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which zones and which machine image a plan takes, and that a stack stays with them. */
class MachineChoiceTest extends AwsStory {

    private static final String OLD = "ami-0aaaaaaaaaaaaaaaa";
    private static final String NEWEST = "ami-0123456789abcdef0";
    private static final String NAMED = "ami-0bbbbbbbbbbbbbbbb";

    private void stands() {
        shop.is("CREATE_COMPLETE")
                .output("Zones", "eu-west-1b,eu-west-1c")
                .output("Image", OLD)
                .output("ImageKind", "amazon-linux-2023 for linux/amd64");
    }

    private void rootDeviceIs(String device) {
        aws.usually(
                "DescribeImages",
                call -> Ec2Answers.image(
                        call.parameter("ImageId.1"), "<rootDeviceName>" + device + "</rootDeviceName>"));
    }

    private static StackSpec withNamedImage() {
        AwsSettings settings = AwsSettings.standard(Optional.of("eu-west-1"));
        StackSpec spec = AwsOperator.spec();
        return StackSpec.builder("shop", "1.0.6")
                .shape(spec.shape())
                .aws(settings.with(new AwsSettings.Server(
                        Optional.empty(),
                        NAMED,
                        AwsSettings.Server.AMAZON_LINUX,
                        AwsSettings.Server.SMALLEST_DISK,
                        0,
                        Optional.empty(),
                        false)))
                .images(spec.images())
                .build();
    }

    private Plan plan(StackSpec spec) throws InterruptedException {
        return operator.platform().plan(spec);
    }

    /** The template of the newest change set. */
    private String template() {
        List<String> sent = aws.sent("CreateChangeSet", "shop", "TemplateBody");
        return sent.get(sent.size() - 1);
    }

    @Test
    void aNewStackTakesTheFirstZonesThatHaveItsType() throws InterruptedException {
        aws.usually(
                "DescribeInstanceTypeOfferings",
                call -> Ec2Answers.offerings("eu-west-1c", "eu-west-1b", "eu-west-1d"));
        operator.plan();
        assertThat(template()).contains("\"eu-west-1b\"", "\"eu-west-1c\"").doesNotContain("eu-west-1d", "Fn::GetAZs");
    }

    @Test
    void zonesThatCannotBeAskedOrAreTooFewAreLeftToCloudFormation() throws InterruptedException {
        operator.plan();
        assertThat(template()).contains("Fn::GetAZs");

        aws.usually("DescribeInstanceTypeOfferings", call -> Ec2Answers.offerings("eu-west-1c"));
        operator.plan();
        assertThat(template()).contains("Fn::GetAZs").doesNotContain("eu-west-1c");
    }

    @Test
    void aStandingStackStaysInItsZones() throws InterruptedException {
        stands();
        operator.plan();
        assertThat(template()).contains("\"eu-west-1b\"", "\"eu-west-1c\"").doesNotContain("Fn::GetAZs");
        assertThat(aws.calls("DescribeInstanceTypeOfferings")).isZero();
    }

    private static List<String> ofTheImage(Plan plan) {
        return plan.notes().stream()
                .filter(note -> note.contains("machine image"))
                .toList();
    }

    @Test
    void aStandingStackStaysWithItsImageAndANewerOneIsNoted() throws InterruptedException {
        stands();
        shop.wouldRefuse(ScriptedStack.NO_CHANGES);
        Plan plan = operator.plan();

        assertThat(plan.isEmpty()).isTrue();
        assertThat(template()).contains(OLD).doesNotContain(NEWEST);
        assertThat(ofTheImage(plan))
                .containsExactly("a newer machine image is there, " + NEWEST + "; the stack stays with " + OLD
                        + " until upkeep apply --upgrade-image");
    }

    @Test
    void theNewestImageIsTakenWhenItIsWanted() throws InterruptedException {
        stands();
        Plan plan = plan(AwsOperator.spec().withNewestImage());

        assertThat(template()).contains(NEWEST).doesNotContain(OLD);
        assertThat(plan.notes()).contains("the machine image " + NEWEST + " takes the place of " + OLD);
    }

    @Test
    void nothingIsTakenWhereTheStackHasTheNewestAlready() throws InterruptedException {
        stands();
        shop.output("Image", NEWEST).wouldRefuse(ScriptedStack.NO_CHANGES);

        assertThat(ofTheImage(operator.plan())).isEmpty();
        assertThat(ofTheImage(plan(AwsOperator.spec().withNewestImage())))
                .containsExactly(NEWEST + " is the newest machine image of its kind already");
    }

    @Test
    void aNewestImageThatMayNotBeAskedIsNotMissed() throws InterruptedException {
        stands();
        shop.wouldRefuse(ScriptedStack.NO_CHANGES);
        aws.usually(
                "GetParameter",
                call -> call.parameter("Name").startsWith("/upkeep/")
                        ? ScriptedAnswer.result("{\"Parameter\": {\"Value\": \"{\\\"version\\\": \\\"1.0.6\\\"}\"}}")
                        : ScriptedAnswer.denied("ssm:GetParameter"));

        assertThat(ofTheImage(operator.plan())).isEmpty();
    }

    @Test
    void theRootDiskIsWhereTheImageHasItAndStaysThereWhenItMayNotBeAsked() throws InterruptedException {
        rootDeviceIs("/dev/sda1");
        plan(withNamedImage());
        assertThat(template()).contains("\"DeviceName\" : \"/dev/sda1\"").doesNotContain("/dev/xvda");

        stands();
        shop.output("Image", NAMED).output("RootDevice", "/dev/sda1");
        aws.usually("DescribeImages", call -> ScriptedAnswer.denied("ec2:DescribeImages"));
        Plan plan = plan(withNamedImage());
        assertThat(template()).contains("\"DeviceName\" : \"/dev/sda1\"").doesNotContain("/dev/xvda");
        assertThat(plan.notes()).noneMatch(note -> note.contains("root disk"));
    }

    @Test
    void aRootDiskThatMayNotBeAskedIsTakenToBeWhereItUsuallyIs() throws InterruptedException {
        Plan plan = plan(withNamedImage());

        assertThat(template()).contains("\"DeviceName\" : \"/dev/xvda\"");
        assertThat(plan.notes())
                .contains("where " + NAMED + " has its root disk could not be asked; /dev/xvda is taken for it");
    }

    @Test
    void whetherTheFreePlanAllowsTheTypeIsSaidByAwsItself() throws InterruptedException {
        assertThat(operator.plan().notes())
                .contains("AWS could not be asked whether an account on the free plan may start a t3.micro");

        aws.usually("DescribeInstanceTypes", call -> Ec2Answers.types("x86_64"));
        assertThat(operator.plan().notes()).contains("an account on the free plan may start a t3.micro");
    }
}
