package dev.upkeep.infra.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upkeep.infra.failure.AwsException;
import dev.upkeep.infra.failure.OperationRefusedException;
import dev.upkeep.infra.plan.Change;
import dev.upkeep.infra.plan.Plan;
import dev.upkeep.infra.preflight.Finding;
import dev.upkeep.infra.spec.AwsSettings;
import dev.upkeep.infra.spec.Shape;
import dev.upkeep.infra.spec.StackSpec;
import dev.upkeep.infra.spec.StackSpecBuilder;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A single instance is to have an Elastic IP that no stack owns. */
class BroughtAddressTest extends AwsStory {

    private static final String ALLOCATION = "eipalloc-0123456789abcdef0";
    private static final String ADDRESS = ALLOCATION + " (192.0.2.1)";
    private static final String FREES =
            "; aws ec2 disassociate-address --region eu-west-1 --association-id eipassoc-1 makes it" + " free";

    @BeforeEach
    void isThereAndFree() {
        Ec2Answers.everythingIsThere(aws);
        address("");
    }

    private void address(String elements) {
        aws.usually(
                "DescribeAddresses",
                call -> ScriptedAnswer.result("<addressesSet><item><allocationId>" + ALLOCATION
                        + "</allocationId><publicIp>192.0.2.1</publicIp><domain>vpc</domain>" + elements
                        + "</item></addressesSet>"));
    }

    private void usedBy(String elements) {
        address("<associationId>eipassoc-1</associationId>" + elements);
    }

    private void groupHas(String instance) {
        shop.is("CREATE_COMPLETE").output("Address", "192.0.2.1").output("Allocation", ALLOCATION);
        aws.usually(
                "DescribeAutoScalingGroups",
                call -> ScriptedAnswer.result(
                        "<AutoScalingGroups><member><DesiredCapacity>1</DesiredCapacity><Instances><member><InstanceId>"
                                + instance + "</InstanceId></member></Instances></member></AutoScalingGroups>"));
    }

    private static StackSpecBuilder builder(Optional<String> address) {
        return StackSpec.builder("shop", "1.0.6")
                .shape(Shape.SINGLE)
                .appBase("registry.example.org/java")
                .aws(AwsSettings.standard(Optional.of("eu-west-1"))
                        .with(new AwsSettings.Access(Optional.empty(), false, address)))
                .images(AwsOperator.spec().images());
    }

    private static StackSpec spec() {
        return builder(Optional.of(ALLOCATION)).build();
    }

    private Plan plan() throws InterruptedException {
        return operator.platform().plan(spec());
    }

    private List<String> found() {
        return operator.platform().preflight(spec()).stream()
                .filter(finding -> finding.pointer().equals("/aws/address"))
                .map(finding -> finding.grade() + " " + finding.text()
                        + (finding.next().isEmpty() ? "" : "; " + finding.next()))
                .toList();
    }

    private String refusal() throws InterruptedException {
        Plan plan = plan();
        List<String> refusals = plan.notes().stream()
                .filter(note -> note.startsWith("an apply will refuse this: "))
                .toList();
        assertThat(refusals).hasSize(1);
        String why = refusals.get(0).replace("an apply will refuse this: ", "");
        assertThatThrownBy(() -> operator.platform().requireStartable(plan))
                .isInstanceOf(OperationRefusedException.class)
                .hasMessage("Refused on stack shop: " + why);
        assertThatThrownBy(() -> operator.platform().start(plan)).isInstanceOf(OperationRefusedException.class);
        assertThat(aws.changes()).doesNotContain("ExecuteChangeSet");
        assertThat(found()).containsExactly(Finding.Grade.PROBLEM + " " + refusals.get(0));
        return why;
    }

    @Test
    void oneThatIsFreeIsTakenAndAskedForOnce() throws InterruptedException {
        Plan plan = plan();

        assertThat(aws.sent("DescribeAddresses", "AllocationId.1")).containsExactly(ALLOCATION);
        assertThat(plan.notes()).contains("users come to the address " + ADDRESS + ", which is brought along");
        assertThat(aws.sent("CreateChangeSet", "shop", "TemplateBody"))
                .singleElement()
                .asString()
                .contains("192.0.2.1", ALLOCATION)
                .doesNotContain("AWS::EC2::EIP");
        operator.platform().requireStartable(plan);
        assertThat(found()).containsExactly("OK address: " + ADDRESS + ", which is free");
    }

    @Test
    void nobodyIsAskedWhereNoneIsNamed() throws InterruptedException {
        operator.platform().requireStartable(operator.plan());

        assertThat(aws.calls("DescribeAddresses")).isZero();
        assertThat(operator.platform().preflight(AwsOperator.spec()))
                .noneMatch(finding -> finding.pointer().equals("/aws/address"));
    }

    @Test
    void thatOfTheInstanceItselfStaysWithIt() throws InterruptedException {
        groupHas("i-1");
        usedBy("<instanceId>i-1</instanceId><networkInterfaceId>eni-1</networkInterfaceId>");

        Plan plan = plan();

        assertThat(plan.notes()).noneMatch(note -> note.contains("address"));
        operator.platform().requireStartable(plan);
        assertThat(found()).containsExactly("OK address: " + ADDRESS + ", which instance i-1 of this stack has");
    }

    @Test
    void oneThatAnotherInstanceHasIsNotTakenFromIt() throws InterruptedException {
        usedBy("<instanceId>i-2</instanceId><networkInterfaceId>eni-2</networkInterfaceId>");
        assertThat(refusal())
                .isEqualTo(ADDRESS
                        + " is associated with the instance i-2, which is none of this stack's and would lose it"
                        + FREES);

        groupHas("i-1");
        assertThat(refusal()).contains("the instance i-2");
    }

    @Test
    void oneThatAGatewayHasIsNotTakenFromIt() throws InterruptedException {
        usedBy("<networkInterfaceId>eni-2</networkInterfaceId>");

        assertThat(refusal())
                .isEqualTo(ADDRESS
                        + " is associated with the network interface eni-2, which is none of this stack's and would"
                        + " lose it" + FREES);
    }

    /** The stack would release its own address as soon as the file calls it one of the user's. */
    @Test
    void oneThatAStackHasMadeIsNotTakenForOneThatIsBroughtAlong() throws InterruptedException {
        address("<tagSet><item><key>upkeep:stack</key><value>shop</value></item></tagSet>");

        assertThat(refusal())
                .isEqualTo("stack shop has made " + ADDRESS
                        + " itself, and releases it when it needs it no more; name one that no"
                        + " stack has made in aws.address");
    }

    @Test
    void oneThatIsNotThereIsSaidBeforeAnythingIsProposed() {
        String problem = "this account has no " + ALLOCATION + " in eu-west-1; name one that aws ec2 describe-addresses"
                + " --region eu-west-1 shows in aws.address, or leave it out";
        for (ScriptedAnswer missing : List.of(
                ScriptedAnswer.result("<addressesSet/>"),
                ScriptedAnswer.refused(
                        "InvalidAllocationID.NotFound", "The allocation ID '" + ALLOCATION + "' does not exist"))) {
            aws.usually("DescribeAddresses", call -> missing);

            assertThatThrownBy(this::plan)
                    .isInstanceOf(AwsException.class)
                    .hasMessage("Tried to find the Elastic IP " + ALLOCATION + ": " + problem);
            assertThat(found()).containsExactly("PROBLEM " + problem);
        }
        assertThat(aws.calls("CreateChangeSet")).isZero();
    }

    @Test
    void oneForALocalZoneIsOfNoUse() {
        address("<networkBorderGroup>eu-west-1-dub-1</networkBorderGroup>");

        assertThat(found())
                .singleElement()
                .asString()
                .startsWith("PROBLEM " + ADDRESS
                        + " is for instances in eu-west-1-dub-1 only, and none of a stack in eu-west-1"
                        + " stands there; ");
        address("<networkBorderGroup>eu-west-1</networkBorderGroup>");
        assertThat(found()).containsExactly("OK address: " + ADDRESS + ", which is free");
    }

    @Test
    void whoMayNotAskIsToldWhatIsMissing() {
        aws.usually("DescribeAddresses", call -> ScriptedAnswer.denied("ec2:DescribeAddresses"));

        assertThatThrownBy(this::plan)
                .isInstanceOf(AwsException.class)
                .hasMessageStartingWith("Tried to find the Elastic IP " + ALLOCATION + " in eu-west-1: ")
                .hasMessageEndingWith("; allow ec2:DescribeAddresses to this user or role");
        assertThat(found())
                .singleElement()
                .asString()
                .startsWith("UNKNOWN not checked: the Elastic IP " + ALLOCATION)
                .contains("allow ec2:DescribeAddresses");
    }

    @Test
    void anotherAddressThanUsersHaveIsNoted() throws InterruptedException {
        shop.is("CREATE_COMPLETE").output("Address", "198.51.100.1");
        assertThat(plan().notes())
                .contains(
                        "users get another address, 192.0.2.1 in the place of 198.51.100.1, which is released: change what"
                                + " names the old one");

        shop.output("Allocation", "eipalloc-01234567");
        assertThat(plan().notes())
                .contains(
                        "users get another address, 192.0.2.1 in the place of 198.51.100.1, which is not released: change what"
                                + " names the old one");

        assertThat(operator.platform().plan(builder(Optional.empty()).build()).notes())
                .contains(
                        "users get another address, a new one in the place of 198.51.100.1, which is not released: change what"
                                + " names the old one");
    }

    @Test
    void theRecordOfADomainFollowsToAnotherAddress() throws InterruptedException {
        shop.is("CREATE_COMPLETE").output("Address", "198.51.100.1");
        aws.usually(
                "/2013-04-01/hostedzonesbyname",
                call -> ScriptedAnswer.result(
                        "<ListHostedZonesByNameResponse><HostedZones><HostedZone><Id>/hostedzone/Z1</Id><Name>example.org.</Name>"
                                + "</HostedZone></HostedZones></ListHostedZonesByNameResponse>"));

        assertThat(operator.platform()
                        .plan(builder(Optional.of(ALLOCATION))
                                .domain("www.example.org", "example.org")
                                .build())
                        .notes())
                .contains(
                        "users get another address, 192.0.2.1 in the place of 198.51.100.1, which is released: the record of"
                                + " www.example.org follows when the new instance is ready");
    }

    @Test
    void aDestroyLeavesItAndSaysSo() throws InterruptedException {
        groupHas("i-1");
        shop.whenDeleted(() -> shop.is("DELETE_IN_PROGRESS", "DELETE_COMPLETE")
                .happened("shop DELETE_IN_PROGRESS User Initiated", "shop DELETE_COMPLETE"));
        base.whenDeleted(() -> base.is("DELETE_IN_PROGRESS", "DELETE_COMPLETE")
                .happened("shop-base DELETE_IN_PROGRESS User Initiated", "shop-base DELETE_COMPLETE"));

        Plan plan = operator.platform().planDestroy(AwsOperator.SHOP);

        assertThat(plan.changes())
                .extracting(Change::reason)
                .contains(
                        "CloudFormation; everything that serves users, but for what was brought along and is kept: address"
                                + " 192.0.2.1 (" + ALLOCATION + ")");
        assertThat(operator.finish(plan)).isEmpty();
        assertThat(operator.told())
                .contains("address 192.0.2.1 (" + ALLOCATION
                        + ") DONE: is kept, as it was brought along; AWS charges for it until you release it");
        assertThat(aws.changes()).doesNotContain("ReleaseAddress", "DisassociateAddress");
    }
}
