package dev.upkeep.infra.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.infra.progress.Operation;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nothing of a stack is left, and CloudFormation remembers what was deleted: stacks, and the stubs of plans. */
class DeletedStacksTest extends AwsStory {

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
        StringBuilder summaries = new StringBuilder();
        for (int hour = 0; hour < deleted.length; hour++) {
            summaries.append("<member><StackId>" + deleted[hour].id() + "</StackId><StackName>shop</StackName>"
                    + "<StackStatus>DELETE_COMPLETE</StackStatus><DeletionTime>2026-11-27T0" + hour
                    + ":00:00Z</DeletionTime></member>");
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

    @Test
    void whatWasDestroyedBeforeTheLastPlanIsToldOf() {
        shop.happened(
                BEGUN,
                "Vpc CREATE_COMPLETE",
                MADE,
                "shop DELETE_IN_PROGRESS User Initiated",
                "Vpc DELETE_COMPLETE",
                "shop DELETE_COMPLETE");
        remembers(shop, stub);

        assertThat(latest()).contains("destroy by CloudFormation since 2026-11-27T10:00:03Z");
    }
}
