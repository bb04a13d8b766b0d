package dev.upkeep.infra.inventory;

/** The state of a stack in one word. */
public enum StackState {
    /** Nothing of it exists. */
    ABSENT,
    /** A plan for it is kept on the platform, and nothing else of it exists. */
    PLANNED,
    /** What existed before belongs to it now, and the next apply makes the rest. */
    ADOPTED,
    /** An operation is changing it at this moment. */
    IN_PROGRESS,
    /** An operation that changed it ended without finishing; the next apply goes on, destroy removes what is there. */
    INTERRUPTED,
    /** Everything is as it was applied. */
    RUNNING,
    /** The last change failed, and everything serves what it served before. */
    ROLLED_BACK,
    /** The last change failed, and not everything could be put back. */
    ROLLBACK_FAILED,
    /** The last destroy failed, and some of it is still there. */
    DELETE_FAILED,
    /** It serves users, but something is not as it was applied. */
    DEGRADED,
    /** It exists and serves nobody. */
    DOWN,
    /** Something of it is there, but what is remembered of it cannot be read. It may serve users. */
    UNREADABLE
}
