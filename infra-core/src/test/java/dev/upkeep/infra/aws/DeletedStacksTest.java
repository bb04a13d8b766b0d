package dev.upkeep.infra.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.infra.progress.Operation;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nothing of a stack is left, and CloudFormation remembers what was deleted: stacks, and the stubs of plans. */
class DeletedStacksTest extends AwsStory {

    private static final String OF_SERVERS = "destroy by CloudFormation since 2026-11-27T10:00:03Z";

    private final ScriptedStack stub = aws.stack("stub-of-shop").is("DELETE_COMPLETE");

    @BeforeEach
    void nothingIsLeft() {
        base.is(ScriptedStack.NONE);
        shop.is("DELETE_COMPLETE");
        stub.happened(
                "stub-of-shop REVIEW_IN_PROGRESS User Initiated",
                "stub-of-shop DELETE_IN_PROGRESS User Initiated",
                "stub-of-shop DELETE_COMPLETE");
    }

    private void remembers(ScriptedStack... deleted) {
        remembers(true, deleted);
    }

    private void remembers(boolean withTimes, ScriptedStack... deleted) {
        StringBuilder summaries = new StringBuilder();
        for (int hour = 0; hour < deleted.length; hour++) {
            String name = deleted[hour] == base ? "shop-base" : "shop";
            summaries.append("<member><StackId>" + deleted[hour].id() + "</StackId><StackName>" + name
                    + "</StackName><StackStatus>DELETE_COMPLETE</StackStatus>"
                    + "<CreationTime>2026-11-26T00:00:00Z</CreationTime>"
                    + (withTimes ? "<DeletionTime>2026-11-27T00:" + (10 + hour) + ":00Z</DeletionTime>" : "")
                    + "</member>");
        }
        aws.usually("ListStacks", call -> ScriptedAnswer.result("<StackSummaries>" + summaries + "</StackSummaries>"));
    }

    private Optional<String> latest() {
        return operator.platform().latest(AwsOperator.SHOP).map(Operation::describe);
    }

    @Test
    void theRemovalOfAPlanIsNoDestroy() {
        remembers(stub);

        assertThat(latest()).isEmpty();
    }

    private void wereMadeAndDestroyed() {
        shop.happened(
                BEGUN,
                "Vpc CREATE_COMPLETE",
                MADE,
                "shop DELETE_IN_PROGRESS User Initiated",
                "Vpc DELETE_COMPLETE",
                "shop DELETE_COMPLETE");
        base.is("DELETE_COMPLETE")
                .happened(
                        "shop-base CREATE_IN_PROGRESS User Initiated",
                        "shop-base DELETE_IN_PROGRESS User Initiated",
                        "Logs DELETE_COMPLETE",
                        "shop-base DELETE_COMPLETE");
    }

    @Test
    void whatWasDestroyedBeforeTheLastPlanIsToldOf() {
        wereMadeAndDestroyed();
        remembers(shop, stub);

        assertThat(latest()).contains(OF_SERVERS);
    }

    @Test
    void whereOnlyImagesAndLogsStoodTheirRemovalIsToldOf() {
        wereMadeAndDestroyed();
        remembers(base, stub);

        assertThat(latest()).contains("destroy by CloudFormation since 2026-11-27T10:00:01Z");
    }

    @Test
    void ofADestroyOfAllTheRemovalOfTheServersIsToldOf() {
        wereMadeAndDestroyed();
        remembers(shop, base, stub);
        assertThat(latest()).contains(OF_SERVERS);

        remembers(false, shop, base);
        assertThat(latest()).as("not all say when they were deleted").contains(OF_SERVERS);
    }

    @Test
    void whatSomebodyElseHadUnderTheNameIsNotToldOf() {
        wereMadeAndDestroyed();
        ScriptedStack foreign = aws.stack("foreign")
                .is("DELETE_COMPLETE")
                .happened("foreign DELETE_IN_PROGRESS", "Vpc DELETE_COMPLETE", "foreign DELETE_COMPLETE");

        remembers(foreign);
        assertThat(latest()).isEmpty();

        remembers(shop, foreign);
        assertThat(latest()).contains(OF_SERVERS);
    }

    @Test
    void thoseOfPlansAreNotReadWithoutEnd() {
        ScriptedStack[] plans = new ScriptedStack[40];
        Arrays.fill(plans, stub);
        remembers(plans);

        assertThat(latest()).isEmpty();
        assertThat(aws.calls("DescribeStackEvents")).isEqualTo(12);
    }
}
