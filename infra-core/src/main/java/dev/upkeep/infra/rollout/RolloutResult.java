package dev.upkeep.infra.rollout;

/** How a rollout ended. */
public sealed interface RolloutResult {

    /** Every instance serves the release and is in rotation. */
    record Completed() implements RolloutResult {}

    /**
     * An instance did not come to serve the release. Every instance that was changed serves what it served before.
     *
     * @param cause what went wrong: an {@link dev.upkeep.infra.failure.InfraException}, or a defect
     */
    record RolledBack(RuntimeException cause) implements RolloutResult {}

    /**
     * An instance did not come to serve the release, and not every one could be put back.
     *
     * @param cause what went wrong first; what went wrong later is suppressed in it
     */
    record RollbackFailed(RuntimeException cause) implements RolloutResult {}
}
