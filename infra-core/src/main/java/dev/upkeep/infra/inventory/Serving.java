package dev.upkeep.infra.inventory;

/** Whether a stack serves its users, as the platform sees it from inside. */
public enum Serving {
    /** Everything that should serve does. */
    UP,
    /** Users are served, but not by everything that should. */
    DEGRADED,
    /** Nobody is served. */
    DOWN,
    /** It cannot be said, or there is nothing that could serve. */
    UNKNOWN
}
