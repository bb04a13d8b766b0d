package dev.upkeep.infra.inventory;

/** The state of a stack in one word. */
public enum StackState {
    /** Nothing of it exists. */
    ABSENT,
    /** An operation is changing it at this moment. */
    IN_PROGRESS,
    /** An operation that changed it ended without finishing; the next apply goes on, destroy removes what is there. */
    INTERRUPTED,
    /** Everything is as it was applied. */
    RUNNING,
    /** It serves users, but something is not as it was applied. */
    DEGRADED,
    /** It exists and serves nobody. */
    DOWN
}
