package dev.upkeep.infra.plan;

/** Whether a change makes a resource anew, so that what it keeps on its disk and its address are lost. */
public enum Replacement {
    /** It stays the same resource. */
    NEVER,
    /** It depends on what the platform finds when it makes the change. */
    MAYBE,
    /** It is made anew. */
    ALWAYS
}
