package dev.upkeep.infra.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upkeep.infra.failure.AwsException;
import dev.upkeep.infra.failure.InvalidSpecException;
import dev.upkeep.infra.failure.OperationRefusedException;
import dev.upkeep.infra.failure.StalePlanException;
import dev.upkeep.infra.plan.Change;
import dev.upkeep.infra.plan.Plan;
import dev.upkeep.infra.progress.StackBusyException;
import dev.upkeep.infra.spec.StackSpec;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What CloudFormation refuses to plan or to begin is said, and nothing of it stays behind. */
class ChangeSetFaultsTest extends AwsStory {

    private static final String STALE = "The plan for stack shop was refused, because it is not true any more: ";
    private static final String NEW_PLAN = ". Make a new plan and look at it";

    private void assertNothingIsLeft() {
        assertThat(shop.changeSets()).isZero();
        assertThat(base.changeSets()).isZero();
        assertThat(aws.changes()).endsWith("DeleteChangeSet", "DeleteStack");
    }

    @Test
    void aTemplateThatIsRefusedAtOnceIsSaidWithItsPlace() {
        shop.always(
                "CreateChangeSet",
                ScriptedAnswer.refused(
                        "ValidationError",
                        "Template error: instance of Fn::GetAtt references undefined resource Balancer"));

        assertThatThrownBy(operator::plan)
                .isInstanceOf(AwsException.class)
                .hasMessage(
                        "Tried to plan a change of the stack shop in eu-west-1: AWS answered 400 (ValidationError: Template error:"
                                + " instance of Fn::GetAtt references undefined resource Balancer); see what AWS says about it");
        assertThat(aws.calls("DescribeChangeSet")).isZero();
        assertThat(shop.changeSets()).isZero();
    }

    @Test
    void aChangeSetThatFailsIsSaidWithItsReasonAndRemoved() {
        shop.wouldRefuse("Transform validation failed: [/Resources/Group/Properties/MinSize] expected type: String");

        assertThatThrownBy(operator::plan)
                .isInstanceOf(AwsException.class)
                .hasMessage(
                        "Tried to plan a change of the stack shop: CloudFormation refused it: Transform validation failed:"
                                + " [/Resources/Group/Properties/MinSize] expected type: String; see what it names in upkeep template");
        assertNothingIsLeft();
    }

    @Test
    void whatValidationFoundIsSaidWithItsPlaceInTheTemplate() {
        shop.wouldRefuse("The following hook(s)/validation failed: [AWS::EarlyValidation::PropertyValidation].");
        shop.next(
                "DescribeEvents",
                ScriptedAnswer.result("<OperationEvents><member><EventType>STACK_EVENT</EventType></member><member>"
                        + "<EventType>VALIDATION_ERROR</EventType><LogicalResourceId>Group</LogicalResourceId>"
                        + "<ValidationPath>/Resources/Group/Properties/MinSize</ValidationPath>"
                        + "<ValidationStatusReason>#/MinSize: expected type: String</ValidationStatusReason>"
                        + "</member></OperationEvents>"));

        assertThatThrownBy(operator::plan)
                .isInstanceOf(AwsException.class)
                .hasMessageContaining(
                        "; Group at /Resources/Group/Properties/MinSize: #/MinSize: expected type: String; see");
        assertNothingIsLeft();
    }

    @Test
    void findingsOfValidationThatMayNotBeReadAreLeftOut() {
        shop.wouldRefuse("The following validation failed: AWS::EarlyValidation::PropertyValidation")
                .always("DescribeEvents", ScriptedAnswer.denied("cloudformation:DescribeEvents"));

        assertThatThrownBy(operator::plan)
                .isInstanceOf(AwsException.class)
                .hasMessage(
                        "Tried to plan a change of the stack shop: CloudFormation refused it: The following validation failed:"
                                + " AWS::EarlyValidation::PropertyValidation; see what it names in upkeep template");
        assertNothingIsLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {ScriptedStack.NO_CHANGES, "No updates are to be performed."})
    void aChangeSetWithoutAChangeIsAnEmptyPlan(String reason) throws InterruptedException {
        shop.is("CREATE_COMPLETE").wouldRefuse(reason);

        Plan plan = operator.plan();

        assertThat(plan.isEmpty()).isTrue();
        assertThat(plan.kept()).isEmpty();
        assertThat(shop.changeSets()).isZero();
        assertThat(operator.finish(plan)).isEmpty();
        assertThat(operator.told())
                .containsExactly(
                        "edge STARTED: asking http://shop.example.org from outside", "edge DONE: serves 1.0.6");
    }

    @Test
    void changesOfSeveralPagesAreAllShown() throws InterruptedException {
        List<String> resources =
                IntStream.range(0, 7).mapToObj(n -> "Subnet" + n).toList();
        shop.wouldAdd(resources.toArray(String[]::new)).pagesOf(3);

        assertThat(operator.plan().changes()).extracting(Change::resource).containsExactlyElementsOf(resources);
        assertThat(aws.sent("DescribeChangeSet", "shop", "NextToken")).containsExactly("", "3", "6");
    }

    @Test
    void aChangeSetThatCannotBeReadIsRemoved() {
        shop.always("DescribeChangeSet", ScriptedAnswer.denied("cloudformation:DescribeChangeSet"));

        assertThatThrownBy(operator::plan)
                .isInstanceOf(AwsException.class)
                .hasMessageEndingWith("; allow cloudformation:DescribeChangeSet to this user or role");
        assertNothingIsLeft();
    }

    @Test
    void aPageThatCannotBeReadLeavesNothing() {
        shop.pagesOf(1).next("DescribeChangeSet", ScriptedAnswer.asUsual(), ScriptedAnswer.throttled());

        assertThatThrownBy(operator::plan)
                .hasMessageEndingWith(
                        "(Throttling: Rate exceeded); the account asks AWS too often at the moment; try again");
        assertNothingIsLeft();
    }

    @Test
    void credentialsThatExpireWhileComputingAreWhatIsSpokenOf() {
        shop.always("DescribeChangeSet", ScriptedAnswer.expired()).always("DeleteChangeSet", ScriptedAnswer.expired());

        assertThatThrownBy(operator::plan)
                .hasMessageStartingWith("Tried to read the change set ")
                .hasMessageEndingWith(
                        "(ExpiredToken: The security token included in the request is expired); the AWS session has"
                                + " expired: log in again (aws sso login), or get new temporary credentials");
    }

    @Test
    void whatWasPlannedForTheBaseGoesWithAPlanThatFails() {
        base.is(ScriptedStack.NONE).wouldRefuse("").wouldAdd("WebRepository");
        shop.always("CreateChangeSet", ScriptedAnswer.denied("cloudformation:CreateChangeSet"));

        assertThatThrownBy(operator::plan)
                .hasMessageStartingWith("Tried to plan a change of the stack shop in eu-west-1: ");
        assertNothingIsLeft();
    }

    @Test
    void credentialsThatExpireBetweenTwoChangeSetsAreWhatIsSpokenOf() {
        base.is(ScriptedStack.NONE)
                .wouldRefuse("")
                .wouldAdd("WebRepository")
                .always("DeleteChangeSet", ScriptedAnswer.expired());
        shop.always("CreateChangeSet", ScriptedAnswer.expired());

        assertThatThrownBy(operator::plan)
                .hasMessageStartingWith(
                        "Tried to plan a change of the stack shop in eu-west-1: AWS answered 403 (ExpiredToken: ");
        assertThat(base.changeSets()).isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"DescribeStacks", "CreateChangeSet"})
    void anActionThatMayNotBeDoneIsNamed(String action) {
        shop.always(action, ScriptedAnswer.denied("cloudformation:" + action));

        assertThatThrownBy(operator::plan)
                .isInstanceOf(AwsException.class)
                .hasMessageContaining("AWS answered 403 (AccessDenied: User: " + ScriptedAws.OPERATOR
                        + " is not authorized to perform: cloudformation:" + action)
                .hasMessageEndingWith("; allow cloudformation:" + action + " to this user or role");
        assertThat(shop.changeSets()).isZero();
    }

    /** The SDK throws away the answer that comes after an interrupt. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoIsInterruptedWhileAChangeSetIsMadeLeavesNone(boolean ofTheBase) {
        Thread planning = Thread.currentThread();
        (ofTheBase ? base : shop).whenProposed(planning::interrupt);

        assertThatThrownBy(operator::plan).isInstanceOfAny(AwsException.class, InterruptedException.class);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(base.changeSets() + shop.changeSets()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "210987654321.dkr.ecr.eu-west-1.amazonaws.com",
                "123456789012.dkr.ecr.us-east-1.amazonaws.com/team"
            })
    void aRegistryThatInstancesCouldNotLogInToIsRefused(String registry) {
        StackSpec spec = AwsOperator.spec().withRegistry(registry);

        assertThatThrownBy(() -> operator.platform().plan(spec))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining(
                        "images/registry: instances on AWS log in to the ECR of their own account and region only")
                .hasMessageContaining("this one is of account " + registry.substring(0, 12));
        assertThat(aws.actions()).doesNotContain("DescribeStacks");
    }

    @Test
    void aParameterThatMayNotBeReadIsNamed() {
        aws.usually(
                "GetParameter",
                call -> call.parameter("Name").startsWith("/aws/")
                        ? ScriptedAnswer.error(
                                400,
                                "AccessDeniedException",
                                "User: " + ScriptedAws.OPERATOR + " is not authorized to perform: ssm:GetParameter")
                        : ScriptedAnswer.error(400, "ParameterNotFound", ""));

        assertThatThrownBy(operator::plan)
                .hasMessage("Tried to find the newest machine image, which"
                        + " /aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64 names in eu-west-1: AWS answered 400"
                        + " (AccessDeniedException: User: " + ScriptedAws.OPERATOR
                        + " is not authorized to perform: ssm:GetParameter);"
                        + " allow ssm:GetParameter to this user or role");
        assertThat(aws.changes()).isEmpty();
    }

    @Test
    void anExecutionThatMayNotBeDoneIsNamedAndNotBegun() throws InterruptedException {
        shop.always("ExecuteChangeSet", ScriptedAnswer.denied("cloudformation:ExecuteChangeSet"));

        assertThat(operator.apply())
                .startsWith("Tried to begin the change set ")
                .endsWith("; allow cloudformation:ExecuteChangeSet to this user or role");
        assertNothingIsLeft();
        assertThat(operator.platform().current(AwsOperator.SHOP)).isEmpty();
    }

    @Test
    void aChangeSetThatIsObsoleteIsRefusedBeforeAnythingIsDone() throws InterruptedException {
        Plan plan = operator.plan();
        shop.changeSetIs("OBSOLETE");

        assertThatThrownBy(() -> operator.finish(plan))
                .isInstanceOf(StalePlanException.class)
                .hasMessage(STALE + "CloudFormation does not have its change set any more" + NEW_PLAN);
        assertThat(aws.calls("ExecuteChangeSet")).isZero();
    }

    @Test
    void aChangeSetThatBecomesObsoleteAtTheLastMomentIsRefusedAsStale() throws InterruptedException {
        shop.next(
                "ExecuteChangeSet",
                ScriptedAnswer.refused(
                        "InvalidChangeSetStatus",
                        "ChangeSet cannot be executed in its current execution status of [OBSOLETE]"));

        assertThat(operator.apply())
                .isEqualTo(STALE + "CloudFormation has changed the stack since, or is changing it" + NEW_PLAN);
        assertThat(aws.calls("ExecuteChangeSet")).isOne();
    }

    @Test
    void aChangeSetThatIsGoneAtTheLastMomentIsRefusedAsStale() throws InterruptedException {
        shop.next("ExecuteChangeSet", ScriptedAnswer.error(404, "ChangeSetNotFound", "ChangeSet does not exist"));

        assertThat(operator.apply()).startsWith(STALE);
    }

    @Test
    void aPlanCanBeLetGoOfWhileSomebodyElseChangesTheStack() throws InterruptedException {
        shop.is("CREATE_COMPLETE");
        Plan plan = operator.plan();
        shop.always(
                "DeleteChangeSet",
                ScriptedAnswer.refused(
                        "InvalidChangeSetStatus",
                        "ChangeSet cannot be deleted while the stack is in UPDATE_IN_PROGRESS"));

        operator.platform().discard(plan);

        assertThat(aws.sent("DeleteChangeSet", "shop", "ChangeSetName")).hasSize(1);
    }

    @Test
    void aStackThatSomebodyElseIsChangingIsLeftAlone() throws InterruptedException {
        shop.is("CREATE_COMPLETE").happened(BEGUN, MADE);
        Plan plan = operator.plan();
        shop.is("UPDATE_IN_PROGRESS").happened(BEGUN, MADE, "shop UPDATE_IN_PROGRESS User Initiated");

        assertThatThrownBy(() -> operator.finish(plan))
                .isInstanceOf(StackBusyException.class)
                .hasMessage(
                        "Stack shop is being changed: apply by CloudFormation since 2026-11-27T10:00:02Z; wait for it to end, then"
                                + " try again");
        assertThat(aws.calls("ExecuteChangeSet")).isZero();
        assertThatThrownBy(operator::plan)
                .isInstanceOf(OperationRefusedException.class)
                .hasMessage(
                        "Refused on stack shop: CloudFormation is changing it (UPDATE_IN_PROGRESS); wait until that has ended");
    }
}
