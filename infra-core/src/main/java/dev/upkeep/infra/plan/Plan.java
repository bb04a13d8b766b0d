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
     * Computes the plan for a spec. Pure: the same arguments give the same plan.
     *
     * @param spec what is wanted
     * @param release what each instance is to serve, found from the spec's version, site and application
     * @param deployed what stands
     * @param basis a fingerprint of {@code deployed}
     * @return the difference, empty if {@code deployed} is as wanted
     */
    public static Plan between(StackSpec spec, Release release, Deployed deployed, String basis) {
        return new Plan(spec, new Difference(spec, release, deployed).changes(), basis);
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
