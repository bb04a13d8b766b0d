package dev.upkeep.infra.aws.formation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StackHistoryTest {

    private final List<StackEvent> events = new ArrayList<>();

    private void stack(String status) {
        add("shop", status, "", true);
    }

    private void resource(String name, String status, String reason) {
        add(name, status, reason, false);
    }

    private void add(String name, String status, String reason, boolean ofStack) {
        events.add(new StackEvent("e" + events.size(), Instant.EPOCH, name, "", "T", status, reason, ofStack));
    }

    @Test
    void whatIsRolledBackBelongsToTheOperationThatFailed() {
        stack("REVIEW_IN_PROGRESS");
        stack("CREATE_IN_PROGRESS");
        stack("CREATE_COMPLETE");
        stack("UPDATE_IN_PROGRESS");
        resource("Group", "UPDATE_FAILED", "Resource update cancelled");
        resource("Listener", "UPDATE_FAILED", "no such certificate");
        stack("UPDATE_ROLLBACK_IN_PROGRESS");
        stack("UPDATE_ROLLBACK_COMPLETE");
        StackHistory all = new StackHistory(events);

        assertThat(all.beginning().map(StackEvent::id)).contains("e3");
        assertThat(all.ofOperation("e1").events()).extracting(StackEvent::id).containsExactly("e1", "e2");
        assertThat(all.ofOperation("e3").events()).hasSize(5);
        assertThat(all.ofOperation("e3").firstFailure().map(StackEvent::reason)).contains("no such certificate");
        assertThat(all.ofOperation("gone").events()).isEmpty();
        assertThat(new StackHistory(List.of()).firstFailure()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "ROLLBACK_COMPLETE,      remove what is left with upkeep destroy",
        "UPDATE_ROLLBACK_FAILED, aws cloudformation continue-update-rollback --stack-name shop",
        "UPDATE_FAILED,          aws cloudformation rollback-stack --stack-name shop",
        "DELETE_FAILED,          run upkeep destroy again",
        "UPDATE_IN_PROGRESS,     wait until that has ended",
    })
    void everyStateHasAWayOut(String status, String wayOut) {
        FormedStack stack = new FormedStack("arn", "shop", status, "because", Instant.EPOCH, Map.of(), Map.of(), false);

        assertThat(stack.isUpdatable()).isFalse();
        assertThat(WaysOut.of(stack)).contains(wayOut);
    }
}
