package dev.upkeep.infra.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.infra.aws.formation.FormedStack;
import dev.upkeep.infra.aws.formation.StackEvent;
import dev.upkeep.infra.aws.formation.StackHistory;
import dev.upkeep.infra.progress.Operation;
import dev.upkeep.infra.progress.Outcome;
import dev.upkeep.infra.spec.StackName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndingsTest {

    private static final StackHistory HAPPENED = new StackHistory(List.of(
            event("Group", "CREATE_FAILED", "Resource creation cancelled"),
            event("Listener", "CREATE_FAILED", "no such certificate")));

    private static StackEvent event(String resource, String status, String reason) {
        return new StackEvent(resource, Instant.EPOCH, resource, "", "T", status, reason, false);
    }

    private static Outcome ended(Operation.Kind kind, String status) {
        FormedStack left = new FormedStack("arn", "shop", status, "", Instant.EPOCH, Map.of(), Map.of(), false);
        Operation operation = new Operation("id", StackName.of("shop"), kind, "me", 0, Instant.EPOCH);
        return new Endings((stack, happened) -> Endings.Evidence.Found.NOTHING).of(operation, left, HAPPENED);
    }

    @ParameterizedTest
    @CsvSource({
        "APPLY,   CREATE_COMPLETE",
        "APPLY,   UPDATE_COMPLETE",
        "ADOPT,   IMPORT_COMPLETE",
        "ADOPT,   CREATE_COMPLETE",
        "DESTROY, DELETE_COMPLETE",
    })
    void whatCameToItsEndSucceeded(Operation.Kind kind, String status) {
        assertThat(ended(kind, status)).isEqualTo(Outcome.succeeded());
    }

    @ParameterizedTest
    @CsvSource({
        "APPLY,   DELETE_COMPLETE,          everything that had been made is gone again",
        "APPLY,   UPDATE_ROLLBACK_COMPLETE, the stack is as it was before",
        "APPLY,   ROLLBACK_COMPLETE,        remove what is left with upkeep destroy",
        "DESTROY, DELETE_FAILED,            remove what blocks it",
    })
    void whatFailedFirstIsNamedWithTheWayOut(Operation.Kind kind, String status, String next) {
        Outcome outcome = ended(kind, status);

        assertThat(outcome.ending()).isEqualTo(Outcome.Ending.FAILED);
        assertThat(outcome.failure().orElseThrow()).hasMessageContainingAll("Listener", "no such certificate", next);
    }
}
