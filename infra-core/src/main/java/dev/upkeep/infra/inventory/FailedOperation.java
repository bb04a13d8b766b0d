package dev.upkeep.infra.inventory;

import dev.upkeep.infra.progress.Operation;
import java.util.Optional;

/**
 * The last operation on a stack, when it failed.
 *
 * @param operation what was done
 * @param left the state that it left the stack in; empty if the instances say enough
 * @param problem what went wrong, in words for people; may have several lines
 */
public record FailedOperation(Operation operation, Optional<StackState> left, String problem) {

    /**
     * The failure in words for people.
     *
     * @return for example {@code the last apply, begun at 2026-11-22T10:15:30Z by root@host, failed: instance i1 failed: ...}
     */
    public String describe() {
        return "the last " + operation.kind().word() + ", begun at " + operation.beganAt() + " by " + operation.by()
                + ", failed: " + problem;
    }
}
