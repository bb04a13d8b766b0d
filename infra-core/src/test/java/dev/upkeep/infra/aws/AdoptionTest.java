package dev.upkeep.infra.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.upkeep.infra.aws.stack.BaseStack;
import dev.upkeep.infra.aws.template.StackTemplate;
import dev.upkeep.infra.failure.AwsException;
import dev.upkeep.infra.failure.OperationRefusedException;
import dev.upkeep.infra.failure.StalePlanException;
import dev.upkeep.infra.image.StackImages;
import dev.upkeep.infra.inventory.StackState;
import dev.upkeep.infra.inventory.StackStatus;
import dev.upkeep.infra.plan.Action;
import dev.upkeep.infra.plan.Change;
import dev.upkeep.infra.plan.Plan;
import dev.upkeep.infra.preflight.Finding;
import dev.upkeep.infra.progress.Operation;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A repository and the log group exist before the stack: they are in its way, until they are adopted, and are kept when it goes. */
class AdoptionTest extends AwsStory {

    private static final String FOUND =
            "there already, and not part of the stack: repository shop/web, log group /upkeep/shop";
    private static final String NEXT = "run upkeep adopt to take it into the stack as it is, or remove it yourself";
    private static final Set<String> ADOPTED = Set.of("WebRepository", "Logs");

    @BeforeEach
    void exist() {
        base.is(ScriptedStack.NONE)
                .wouldRefuse("")
                .wouldImport("WebRepository", "Logs")
                .wouldAdd("EdgeRepository", "AppRepository");
        aws.usually(
                "DescribeRepositories",
                call -> call.parameter("repositoryNames").contains("shop/web")
                        ? ScriptedAnswer.result("{\"repositories\": [{\"repositoryName\": \"shop/web\"}]}")
                        : ScriptedAnswer.refused("RepositoryNotFoundException", "The repository does not exist"));
        groups("/upkeep/shop-of-others", "/upkeep/shop");
        base.whenExecuted(() -> base.is("CREATE_IN_PROGRESS", "CREATE_COMPLETE")
                .happened(
                        "shop-base CREATE_IN_PROGRESS User Initiated",
                        "WebRepository IMPORT_IN_PROGRESS Resource import started.",
                        "WebRepository IMPORT_COMPLETE Resource import completed.",
                        "shop-base CREATE_COMPLETE"));
    }

    private void groups(String... names) {
        aws.usually(
                "DescribeLogGroups",
                call -> ScriptedAnswer.result("{\"logGroups\": ["
                        + String.join(
                                ", ",
                                List.of(names).stream()
                                        .map(name -> "{\"logGroupName\": \"" + name + "\"}")
                                        .toList())
                        + "]}"));
    }

    private Plan planAdopt() throws InterruptedException {
        return operator.platform().planAdopt(AwsOperator.spec());
    }

    private static StackTemplate adopted() {
        return BaseStack.template(
                AwsOperator.spec(), StackImages.names(AwsOperator.spec()), new BaseStack.Adopted(ADOPTED, Set.of()));
    }

    /** A resource in the template of the newest change set. */
    private JsonNode sent(String resource) throws JsonProcessingException {
        List<String> templates = aws.sent("CreateChangeSet", "shop-base", "TemplateBody");
        return new ObjectMapper()
                .readTree(templates.get(templates.size() - 1))
                .path("Resources")
                .path(resource);
    }

    @Test
    void whatIsInTheWayIsSaidBeforeAnythingIsMade() throws InterruptedException {
        assertThatThrownBy(operator::plan)
                .isInstanceOf(OperationRefusedException.class)
                .hasMessage("Refused on stack shop: " + FOUND + "; " + NEXT);
        assertThat(aws.changes()).isEmpty();
        assertThat(operator.platform().preflight(AwsOperator.spec())).contains(Finding.problem(FOUND, NEXT));
    }

    @Test
    void nothingIsInTheWayThatBelongsToTheStackOrHasAnotherName() throws InterruptedException {
        base.is("CREATE_COMPLETE").wouldRefuse(ScriptedStack.NO_CHANGES);
        operator.plan();
        assertThat(aws.calls("DescribeRepositories")).isZero();

        base.is(ScriptedStack.NONE).wouldRefuse("");
        aws.usually("DescribeRepositories", call -> ScriptedAnswer.refused("RepositoryNotFoundException", "no"));
        groups("/upkeep/shop-of-others");
        assertThat(operator.plan().changes()).extracting(Change::resource).contains("EdgeRepository");
    }

    @Test
    void whoMayNotLookPlansAllTheSame() throws InterruptedException {
        aws.usually("DescribeRepositories", call -> ScriptedAnswer.denied("ecr:DescribeRepositories"));

        assertThat(operator.plan().isEmpty()).isFalse();
        assertThatThrownBy(this::planAdopt)
                .isInstanceOf(AwsException.class)
                .hasMessageContaining("Tried to look for the repository shop/edge in eu-west-1: AWS answered 403")
                .hasMessageEndingWith("allow ecr:DescribeRepositories to this user or role");
    }

    @Test
    void aPlanShowsWhatIsAdoptedAndWhatIsMadeBesideIt() throws InterruptedException, JsonProcessingException {
        Plan plan = planAdopt();

        assertThat(plan.changes())
                .extracting(Change::resource, Change::action)
                .containsExactly(
                        tuple("EdgeRepository", Action.CREATE),
                        tuple("WebRepository", Action.ADOPT),
                        tuple("AppRepository", Action.CREATE),
                        tuple("Logs", Action.ADOPT));
        assertThat(plan.notes())
                .anyMatch(note -> note.contains("upkeep destroy keeps it"))
                .contains("in the region eu-west-1 of the account 123456789012");
        assertThat(aws.sent("CreateChangeSet", "shop-base", "ImportExistingResources"))
                .containsExactly("true");
        assertThat(aws.sent("CreateChangeSet", "shop-base", "ChangeSetType")).containsExactly("CREATE");
        assertThat(aws.sent("CreateChangeSet", "shop-base", "Tags.member.1.Value"))
                .containsExactly("shop");
        // CloudFormation would take settings that are written there for those that the repository has.
        assertThat(sent("WebRepository"))
                .hasToString("{\"Type\":\"AWS::ECR::Repository\",\"DeletionPolicy\":\"Retain\","
                        + "\"UpdateReplacePolicy\":\"Retain\",\"Properties\":{\"RepositoryName\":\"shop/web\"}}");
        assertThat(sent("Logs").path("Properties")).hasToString("{\"LogGroupName\":\"/upkeep/shop\"}");
        assertThat(sent("EdgeRepository")
                        .path("Properties")
                        .path("ImageTagMutability")
                        .asText())
                .isEqualTo("IMMUTABLE");
        assertThat(sent("EdgeRepository").has("DeletionPolicy")).isFalse();

        operator.platform().discard(plan);
        assertThat(base.changeSets()).isZero();
        assertThat(aws.changes()).endsWith("DeleteChangeSet", "DeleteStack");
    }

    @Test
    void whatWasPlannedIsAdoptedUnderALeaseAndFollowed() throws InterruptedException {
        Plan plan = planAdopt();
        Operation operation = operator.platform().start(plan);

        assertThat(operation.describe()).startsWith("adopt by " + ScriptedAws.OPERATOR);
        assertThat(operator.follow(operation, 0)).isEmpty();
        assertThat(operator.told()).contains("WebRepository DONE: import complete: Resource import completed.");
        assertThat(aws.changes()).containsExactly("CreateChangeSet", "ExecuteChangeSet");
        assertThat(aws.sent("PutParameter", "Name")).contains("/upkeep/shop/lease/1");
        assertThat(aws.sent("DeleteParameter", "Name")).contains("/upkeep/shop/lease/1");
    }

    @Test
    void whatWasAdoptedIsSoCalledAfterwardsAndNotInterrupted() throws InterruptedException {
        aws.usually("ListStacks", call -> ScriptedAnswer.result("<StackSummaries/>"));
        aws.usually("GetParameter", call -> ScriptedAnswer.refused("ParameterNotFound", "no"));
        assertThat(operator.finish(planAdopt())).isEmpty();

        StackStatus status = operator.status();
        Operation last = operator.platform().latest(AwsOperator.SHOP).orElseThrow();

        assertThat(status.state()).isEqualTo(StackState.ADOPTED);
        assertThat(status.problems()).isEmpty();
        assertThat(last.describe()).isEqualTo("adopt by CloudFormation since 2026-11-27T10:00:00Z");
        assertThat(operator.follow(last, 0)).isEmpty();
    }

    @Test
    void anApplyThatWasCutShortAfterAnAdoptionIsInterrupted() throws InterruptedException {
        assertThat(operator.finish(planAdopt())).isEmpty();

        assertThat(operator.status().state()).as("there is a release already").isEqualTo(StackState.INTERRUPTED);
    }

    @Test
    void theNextPlanGivesWhatWasAdoptedItsSettingsAndKeepsIt() throws InterruptedException, JsonProcessingException {
        base.is("CREATE_COMPLETE").standsWith(adopted());

        operator.plan();

        assertThat(sent("WebRepository").path("DeletionPolicy").asText()).isEqualTo("Retain");
        assertThat(sent("WebRepository")
                        .path("Properties")
                        .path("ImageTagMutability")
                        .asText())
                .isEqualTo("IMMUTABLE");
        assertThat(sent("Logs").path("DeletionPolicy").asText()).isEqualTo("Retain");
        assertThat(sent("Logs").path("Properties").path("RetentionInDays").asInt())
                .isEqualTo(30);
        assertThat(sent("AppRepository").has("DeletionPolicy")).isFalse();
        assertThat(aws.sent("CreateChangeSet", "shop-base", "ImportExistingResources"))
                .containsExactly("");
        assertThat(planAdopt().isEmpty()).isTrue();
    }

    @Test
    void aDestroyKeepsWhatWasAdoptedAndSaysSo() throws InterruptedException {
        base.is("CREATE_COMPLETE").standsWith(adopted());
        base.whenDeleted(() -> base.is("DELETE_IN_PROGRESS", "DELETE_COMPLETE")
                .happened(
                        "shop-base DELETE_IN_PROGRESS User Initiated",
                        "WebRepository DELETE_SKIPPED",
                        "shop-base DELETE_COMPLETE"));

        Plan plan = operator.platform().planDestroy(AwsOperator.SHOP);

        assertThat(plan.changes())
                .extracting(Change::reason)
                .contains(
                        "CloudFormation; the images and logs in it are lost with it, but for what was adopted and is kept:"
                                + " repository shop/web, log group /upkeep/shop");
        assertThat(plan.notes()).containsExactly("in the region eu-west-1 of the account 123456789012");
        assertThat(operator.finish(plan)).isEmpty();
        assertThat(operator.told())
                .contains(
                        "WebRepository DONE: is kept",
                        "repository shop/web DONE: is kept, as it was adopted",
                        "log group /upkeep/shop DONE: is kept, as it was adopted");
    }

    @Test
    void whatBelongsToAnotherStackIsRefusedWithTheWayOut() {
        base.wouldRefuse(
                "shop/web already exists in stack arn:aws:cloudformation:eu-west-1:123456789012:stack/other/1");

        assertThatThrownBy(this::planAdopt)
                .isInstanceOf(AwsException.class)
                .hasMessage(
                        "Tried to plan a change of the stack shop-base: CloudFormation refused it: shop/web already exists in stack"
                                + " arn:aws:cloudformation:eu-west-1:123456789012:stack/other/1; it can belong to one stack only: have that one"
                                + " keep it (DeletionPolicy: Retain) and take it out of its template");
        assertThat(base.changeSets()).isZero();
    }

    @Test
    void whatCloudFormationWouldMakeAnewIsNotTriedAtAll() {
        base.wouldImport("Logs").wouldAdd("EdgeRepository", "WebRepository", "AppRepository");

        assertThatThrownBy(this::planAdopt)
                .isInstanceOf(OperationRefusedException.class)
                .hasMessage(
                        "Refused on stack shop: CloudFormation would not adopt repository shop/web but try to make it anew; remove"
                                + " it yourself, then run upkeep apply");
        assertThat(base.changeSets()).isZero();
        assertThat(aws.changes()).doesNotContain("ExecuteChangeSet");
    }

    @Test
    void somebodyElseMayHaveBeenFaster() throws InterruptedException {
        Plan plan = planAdopt();
        base.changeSetIs("OBSOLETE");

        assertThatThrownBy(() -> operator.platform().start(plan))
                .isInstanceOf(StalePlanException.class)
                .hasMessageContaining("CloudFormation does not have its change set any more");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DELETE_COMPLETE          | everything that had been made is gone again; mend it, then run upkeep apply",
                "ROLLBACK_COMPLETE        | its first creation failed; remove what is left with upkeep destroy, then apply again",
                "IMPORT_ROLLBACK_COMPLETE | the stack is as it was before; mend it, then run upkeep apply",
                "IMPORT_ROLLBACK_FAILED   | what it was to adopt could not be let go again; run upkeep destroy, which keeps what was"
                        + " adopted, then upkeep adopt again"
            })
    void anAdoptionThatFailsIsSaidWithItsCause(String left, String wayOut) throws InterruptedException {
        base.whenExecuted(() -> base.is("IMPORT_IN_PROGRESS", "IMPORT_ROLLBACK_IN_PROGRESS", left)
                .happened(
                        "shop-base IMPORT_IN_PROGRESS User Initiated",
                        "WebRepository IMPORT_FAILED The repository is locked",
                        "shop-base " + left));

        assertThat(operator.finish(planAdopt())).isEqualTo("WebRepository failed: The repository is locked; " + wayOut);
    }

    /** Killed, and run again: what goes on at CloudFormation is followed, and then there is nothing left to do. */
    @ParameterizedTest
    @CsvSource({"CREATE_IN_PROGRESS, CREATE_COMPLETE", "IMPORT_IN_PROGRESS, IMPORT_COMPLETE"})
    void anAdoptionThatGoesOnAloneIsFollowed(String begun, String ended) throws InterruptedException {
        base.is(begun, begun, ended)
                .standsWith(adopted())
                .happened("shop-base " + begun + " User Initiated", "shop-base " + ended);

        Operation operation = operator.platform().current(AwsOperator.SHOP).orElseThrow();

        assertThat(operator.follow(operation, 0)).isEmpty();
        assertThat(planAdopt().isEmpty()).isTrue();
    }
}
