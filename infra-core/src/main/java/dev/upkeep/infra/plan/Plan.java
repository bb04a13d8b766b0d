package dev.upkeep.infra.plan;

import dev.upkeep.infra.spec.StackSpec;
import java.util.List;

/**
 * What an apply of a spec will change, and on which state that was computed.
 *
 * @param spec what is wanted
 * @param changes what will be done, in the order in which it is shown; empty if the stack is as wanted
 * @param basis a fingerprint of the state the plan was computed on; an apply on any other state is refused. Its form is
 *     the platform's own: a digest of the recorded state locally, the name of a change set on AWS
 */
public record Plan(StackSpec spec, List<Change> changes, String basis) {

    /** Copies the list. */
    public Plan {
        changes = List.copyOf(changes);
    }

    /**
     * Whether the stack is as wanted.
     *
     * @return true if an apply would change nothing
     */
    public boolean isEmpty() {
        return changes.isEmpty();
    }
}
