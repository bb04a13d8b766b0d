package dev.upkeep.infra.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.infra.preflight.Finding;
import dev.upkeep.infra.spec.AwsSettings;
import dev.upkeep.infra.spec.InstanceType;
import dev.upkeep.infra.spec.Ipv4Network;
import dev.upkeep.infra.spec.Shape;
import dev.upkeep.infra.spec.StackSpec;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What doctor says of the quotas of the account: what others have, and what this stack takes at the most. */
class QuotaCheckTest extends AwsStory {

    private static final String VCPUS = "vCPUs of running on-demand standard instances";
    private static final String MICRO = "<instanceType>t3.micro</instanceType>";
    private static final String OWN = "<tagSet><item><key>upkeep:stack</key><value>shop</value></item></tagSet>";

    @BeforeEach
    void everythingIsThere() {
        Ec2Answers.everythingIsThere(aws);
    }

    private void allows(int value) {
        aws.usually("GetServiceQuota", call -> ScriptedAnswer.result("{\"Quota\": {\"Value\": " + value + ".0}}"));
    }

    private List<Finding> findings(StackSpec spec) {
        return operator.platform().preflight(spec).stream()
                .filter(finding -> finding.text().contains("quota"))
                .toList();
    }

    private List<String> said(StackSpec spec) {
        return findings(spec).stream()
                .map(finding -> finding.grade() + " " + finding.text())
                .toList();
    }

    private static StackSpec with(Shape shape, AwsSettings settings) {
        return StackSpec.builder("shop", "1.0.6")
                .shape(shape)
                .aws(settings)
                .images(AwsOperator.spec().images())
                .build();
    }

    private static AwsSettings settings() {
        return AwsSettings.standard(Optional.of("eu-west-1"));
    }

    @Test
    void whatTheStackTakesIsComparedWithWhatIsLeft() {
        aws.usually(
                "DescribeInstances",
                call -> Ec2Answers.instances(
                        MICRO,
                        MICRO,
                        MICRO + OWN,
                        MICRO + "<instanceLifecycle>spot</instanceLifecycle>",
                        "<instanceType>g5.xlarge</instanceType>"));
        aws.usually(
                "DescribeVpcs",
                call -> ScriptedAnswer.result("<vpcSet><item><vpcId>vpc-1</vpcId></item><item><vpcId>vpc-2</vpcId>"
                        + OWN + "</item></vpcSet>"));
        aws.usually(
                "DescribeLoadBalancers",
                call -> ScriptedAnswer.result("<LoadBalancers><member><Type>application</Type></member>"
                        + "<member><Type>network</Type></member></LoadBalancers>"));

        assertThat(said(AwsOperator.spec()))
                .containsExactly(
                        "OK the quota of " + VCPUS + " is 100: others have 4, and this stack needs up to 8",
                        "OK the quota of VPCs is 100: others have 1, and this stack needs 1",
                        "OK the quota of Application Load Balancers is 100: others have 1, and this stack needs 1");
        assertThat(aws.sent("GetServiceQuota", "QuotaCode")).containsExactly("L-1216C47A", "L-F678F1CE", "L-53DA6B97");
        assertThat(aws.sent("DescribeInstances", "Filter.1.Value.1")).containsExactly("pending");
    }

    @Test
    void whatDoesNotFitIsAProblemWithTheCommandThatAsksForMore() {
        allows(5);
        aws.usually(
                "DescribeVpcs",
                call -> ScriptedAnswer.result(
                        "<vpcSet>" + "<item><vpcId>vpc-1</vpcId></item>".repeat(5) + "</vpcSet>"));

        assertThat(findings(AwsOperator.spec()))
                .filteredOn(finding -> finding.grade() == Finding.Grade.PROBLEM)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.text())
                            .isEqualTo("the quota of VPCs is 5: others have 5, and this stack needs 1");
                    assertThat(finding.next())
                            .isEqualTo("aws service-quotas request-service-quota-increase --region eu-west-1"
                                    + " --service-code vpc --quota-code L-F678F1CE --desired-value 6");
                });
    }

    @Test
    void whatFitsOnceButNotWhileInstancesAreReplacedIsNoted() {
        allows(5);

        assertThat(said(AwsOperator.spec()))
                .contains(
                        "NOTE the quota of " + VCPUS + " is 5: others have 0, and this stack needs 4, but up to 8 while"
                                + " its instances are replaced");
        allows(3);
        assertThat(said(AwsOperator.spec()))
                .contains("PROBLEM the quota of " + VCPUS + " is 3: others have 0, and this stack needs 4");
    }

    @Test
    void aGroupThatMayGrowIsReplacedAtItsLargest() {
        allows(23);
        AwsSettings growing = settings()
                .with(new AwsSettings.Server(
                        Optional.empty(),
                        AwsSettings.Server.AMAZON_LINUX,
                        AwsSettings.Server.AMAZON_LINUX,
                        8,
                        6,
                        Optional.empty(),
                        false));

        assertThat(said(with(Shape.HIGHLY_AVAILABLE, growing)))
                .contains("NOTE the quota of " + VCPUS
                        + " is 23: others have 0, and this stack needs 4, but up to 24 while"
                        + " its instances are replaced");
    }

    @Test
    void addressesCountWhereTheStackHasSome() {
        aws.usually(
                "DescribeAddresses",
                call -> ScriptedAnswer.result(
                        "<addressesSet><item><publicIp>192.0.2.1</publicIp></item></addressesSet>"));

        assertThat(said(with(Shape.SINGLE, settings())))
                .contains("OK the quota of Elastic IP addresses is 100: others have 1, and this stack needs 1")
                .noneMatch(text -> text.contains("Load Balancers"));
        AwsSettings behindGateways =
                settings().with(new AwsSettings.Network(Ipv4Network.parse("10.20.0.0/16"), List.of(), true));
        assertThat(said(with(Shape.HIGHLY_AVAILABLE, behindGateways)))
                .contains("OK the quota of Elastic IP addresses is 100: others have 1, and this stack needs 2");
    }

    @Test
    void anAddressThatIsBroughtAlongTakesNothingOfTheQuota() {
        AwsSettings brought = settings()
                .with(new AwsSettings.Access(Optional.empty(), false, Optional.of("eipalloc-0123456789abcdef0")));

        assertThat(said(with(Shape.SINGLE, brought))).hasSize(2).noneMatch(text -> text.contains("Elastic IP"));
    }

    @Test
    void aStackThatStandsWithALoadBalancerNeedsNoOther() {
        shop.is("CREATE_COMPLETE").output("TargetGroup", "arn:aws:elasticloadbalancing:eu-west-1:123456789012:shop");

        assertThat(said(AwsOperator.spec())).hasSize(2).noneMatch(text -> text.contains("Load Balancers"));
        assertThat(aws.calls("DescribeLoadBalancers")).isZero();
    }

    @Test
    void aQuotaThatWasNeverChangedHasItsUsualValue() {
        aws.usually(
                "GetServiceQuota",
                call -> ScriptedAnswer.refused(
                        "NoSuchResourceException", "The request failed because the quota is unset"));
        aws.usually("GetAWSDefaultServiceQuota", call -> ScriptedAnswer.result("{\"Quota\": {\"Value\": 5.0}}"));

        assertThat(said(AwsOperator.spec()))
                .contains("OK the quota of VPCs is 5: others have 0, and this stack needs 1");
    }

    @Test
    void whatMayNotBeAskedIsUnchecked() {
        aws.usually(
                "GetServiceQuota",
                call -> ScriptedAnswer.refused("AccessDeniedException", "not authorized to perform it"));

        assertThat(said(AwsOperator.spec()))
                .hasSize(3)
                .allSatisfy(text -> assertThat(text)
                        .startsWith("UNKNOWN not checked: the quota of ")
                        .endsWith("allow servicequotas:GetServiceQuota to this user or role)"));
    }

    @Test
    void aTypeWithAQuotaOfItsOwnIsUnchecked() {
        AwsSettings graphics = settings()
                .with(new AwsSettings.Server(
                        Optional.of(new InstanceType("g5.xlarge")),
                        AwsSettings.Server.AMAZON_LINUX,
                        AwsSettings.Server.AMAZON_LINUX,
                        8,
                        0,
                        Optional.empty(),
                        false));

        assertThat(said(with(Shape.SINGLE, graphics)))
                .contains("UNKNOWN not checked: the quota of " + VCPUS + " (g5.xlarge has a quota of its own)");
    }
}
