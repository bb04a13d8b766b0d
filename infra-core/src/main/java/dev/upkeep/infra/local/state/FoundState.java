package dev.upkeep.infra.local.state;

import java.util.Optional;

/**
 * What was found in a stack's state file.
 *
 * @param stack what is remembered, empty if there is no file or it cannot be read
 * @param problem why the file cannot be read, empty if it can or is not there
 */
public record FoundState(Optional<StackRecord> stack, String problem) {

    /**
     * Whether there is a file that cannot be read.
     *
     * @return true if it is damaged
     */
    public boolean damaged() {
        return !problem.isEmpty();
    }
}
