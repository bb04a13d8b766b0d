package dev.upkeep.infra.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.infra.preflight.Finding;
import dev.upkeep.infra.spec.AwsSettings;
import dev.upkeep.infra.spec.Ipv4Network;
import dev.upkeep.infra.spec.Shape;
import dev.upkeep.infra.spec.StackSpec;
import dev.upkeep.infra.spec.StackSpecBuilder;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What doctor says of the type of the instances and of their machine image, which EC2 alone knows. */
class MachineCheckTest extends AwsStory {

    private static final String IMAGE = "ami-0123456789abcdef0";

    @BeforeEach
    void everythingIsThere() {
        offered("eu-west-1a", "eu-west-1b", "eu-west-1c", "eu-west-1-dub-1a");
        type("x86_64");
        image("<architecture>x86_64</architecture>");
    }

    private void offered(String... zones) {
        aws.usually("DescribeInstanceTypeOfferings", call -> Ec2Answers.offerings(zones));
    }

    private void type(String architecture) {
        aws.usually("DescribeInstanceTypes", call -> Ec2Answers.types(architecture));
    }

    private void image(String elements) {
        aws.usually("DescribeImages", call -> Ec2Answers.image(IMAGE, elements));
    }

    private List<String> said(Finding.Grade grade) {
        return said(AwsOperator.spec(), grade);
    }

    private List<String> said(StackSpec spec, Finding.Grade grade) {
        return operator.platform().preflight(spec).stream()
                .filter(finding -> finding.grade() == grade)
                .map(Finding::text)
                .toList();
    }

    private static StackSpec inZones(String... zones) {
        return with(AwsSettings.standard(Optional.of("eu-west-1"))
                .with(new AwsSettings.Network(Ipv4Network.parse("10.20.0.0/16"), List.of(zones), false)));
    }

    private static StackSpec with(AwsSettings settings) {
        StackSpec spec = AwsOperator.spec();
        return StackSpec.builder("shop", "1.0.6")
                .shape(spec.shape())
                .appBase("registry.example.org/java")
                .aws(settings)
                .images(spec.images())
                .build();
    }

    @Test
    void whatTheInstancesAreMadeOfIsSaidToBeThere() {
        assertThat(said(Finding.Grade.OK))
                .contains(
                        "zones: eu-west-1a, eu-west-1b",
                        "machine image: " + IMAGE,
                        "instance type: t3.micro, for linux/amd64",
                        "t3.micro is in eu-west-1a, eu-west-1b, eu-west-1c",
                        IMAGE + " is for x86_64 and has its root disk on /dev/xvda",
                        "an account on the free plan may start a t3.micro");
        assertThat(said(Finding.Grade.PROBLEM)).isEmpty();
        assertThat(said(Finding.Grade.NOTE)).isEmpty();
    }

    @Test
    void zonesOfTheFileThatLackTheTypeAreAProblem() {
        assertThat(said(inZones("eu-west-1a", "eu-west-1d"), Finding.Grade.PROBLEM))
                .containsExactly("t3.micro is in eu-west-1a, eu-west-1b, eu-west-1c only, and not in eu-west-1d");
    }

    @Test
    void aTypeInTooFewZonesIsAProblem() {
        offered("eu-west-1b");
        assertThat(said(Finding.Grade.PROBLEM))
                .containsExactly("t3.micro is in eu-west-1b only, and this shape needs two zones");
    }

    @Test
    void aTypeThatTheRegionDoesNotHaveIsAProblem() {
        offered();
        aws.usually(
                "DescribeInstanceTypes",
                call -> ScriptedAnswer.refused(
                        "InvalidInstanceType", "The following supplied instance types do not exist: [t3.micro]"));

        assertThat(said(Finding.Grade.PROBLEM))
                .containsExactly(
                        "eu-west-1 has no instance type t3.micro",
                        "no zone of eu-west-1 has t3.micro, and this shape needs two zones");
    }

    @Test
    void aTypeOfAnotherProcessorThanItsNameSaysIsAProblem() {
        type("arm64");
        assertThat(said(Finding.Grade.PROBLEM))
                .containsExactly("t3.micro is for arm64, and the images are for linux/amd64");
    }

    @Test
    void aMachineImageThatIsNotThereOrForAnotherProcessorIsAProblem() {
        image("<architecture>arm64</architecture>");
        assertThat(said(Finding.Grade.PROBLEM))
                .containsExactly(IMAGE + " is for arm64, and t3.micro is for linux/amd64");

        aws.usually(
                "DescribeImages",
                call -> ScriptedAnswer.refused(
                        "InvalidAMIID.NotFound", "The image id '[" + IMAGE + "]' does not exist"));
        assertThat(said(Finding.Grade.PROBLEM))
                .containsExactly("eu-west-1 has no machine image " + IMAGE + " that this account may use");
    }

    @Test
    void aDeprecatedMachineImageIsNotedFromThatDayOn() {
        image("<architecture>x86_64</architecture><deprecationTime>2026-11-27T10:00:01.000Z</deprecationTime>");
        assertThat(said(Finding.Grade.NOTE)).isEmpty();

        image("<architecture>x86_64</architecture><deprecationTime>2026-11-27T10:00:00.000Z</deprecationTime>");
        assertThat(said(Finding.Grade.NOTE)).contains(IMAGE + " is deprecated since 2026-11-27T10:00:00Z");
    }

    @Test
    void whatMayNotBeAskedIsUncheckedAndNoProblem() {
        for (String action : List.of("DescribeInstanceTypeOfferings", "DescribeInstanceTypes", "DescribeImages")) {
            aws.usually(
                    action,
                    call -> ScriptedAnswer.error(
                            403, "UnauthorizedOperation", "You are not authorized to perform this operation."));
        }

        assertThat(said(Finding.Grade.PROBLEM)).isEmpty();
        assertThat(said(Finding.Grade.OK)).contains("zones: CloudFormation takes the first two of the region");
        assertThat(said(Finding.Grade.NOTE)).isEmpty();
        assertThat(said(Finding.Grade.UNKNOWN))
                .hasSize(5)
                .anySatisfy(note -> assertThat(note)
                        .isEqualTo(
                                "not checked: the instance type t3.micro (Tried to read what a t3.micro is in eu-west-1:"
                                        + " AWS answered 403 (UnauthorizedOperation: You are not authorized to perform this operation.);"
                                        + " allow ec2:DescribeInstanceTypes to this user or role)"))
                .anySatisfy(note -> assertThat(note).startsWith("not checked: whether the zones have t3.micro ("))
                .anySatisfy(note -> assertThat(note).startsWith("not checked: the machine image " + IMAGE + " ("))
                .anySatisfy(
                        note -> assertThat(note).startsWith("not checked: whether the free plan allows t3.micro ("));
    }

    @Test
    void aRegistryOfTheAccountIsWhereImagesGoAndAnotherOneIsUnchecked() {
        StackSpecBuilder described = StackSpec.builder("shop", "1.0.6")
                .shape(Shape.HIGHLY_AVAILABLE)
                .appBase("registry.example.org/java")
                .aws(AwsSettings.standard(Optional.of("eu-west-1")));
        StackSpec own = described.build();
        StackSpec other = own.withRegistry("registry.example.org");
        String unchecked =
                "not checked: the registry registry.example.org, which is not asked before images are pushed";

        assertThat(said(own, Finding.Grade.UNKNOWN)).isEmpty();
        assertThat(said(own, Finding.Grade.OK)).contains("images go to 123456789012.dkr.ecr.eu-west-1.amazonaws.com");
        assertThat(said(other, Finding.Grade.UNKNOWN)).containsExactly(unchecked);
    }

    @Test
    void whatIsNotAskedAnyMoreAfterAFailureIsUnchecked() {
        aws.usually("GetParameter", call -> ScriptedAnswer.denied("ssm:GetParameter"));

        assertThat(said(Finding.Grade.PROBLEM)).singleElement().asString().contains("allow ssm:GetParameter");
        assertThat(said(Finding.Grade.UNKNOWN))
                .contains("not checked: what else would be asked, until that is put right");
    }

    @Test
    void aFreePlanOfWhichNothingIsSaidIsUnchecked() {
        aws.usually(
                "DescribeInstanceTypes",
                call -> call.parameter("Filter.1.Name").isEmpty()
                        ? Ec2Answers.types("x86_64")
                        : ScriptedAnswer.result("<instanceTypeSet/>"));

        assertThat(said(Finding.Grade.UNKNOWN))
                .contains("not checked: whether the free plan allows t3.micro (EC2 names no types for it)");
    }

    @Test
    void aClockThatIsFarFromThatOfAwsIsAProblem() {
        aws.itsClockSays("Fri, 27 Nov 2026 10:04:59 GMT");
        assertThat(said(Finding.Grade.OK)).contains("the clock of this machine agrees with that of AWS");

        aws.itsClockSays("Fri, 27 Nov 2026 10:07:00 GMT");
        assertThat(said(Finding.Grade.PROBLEM))
                .containsExactly("the clock of this machine is 7 min behind that of AWS");
    }
}
