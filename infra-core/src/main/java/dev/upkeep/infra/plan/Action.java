package dev.upkeep.infra.plan;

/** What will be done to a resource. */
public enum Action {
    /** It does not exist and will be made. */
    CREATE,
    /** It exists already, outside of the stack, and will belong to it as it is. */
    ADOPT,
    /** It stays and gets other settings; in a highly available stack without losing a request. */
    UPDATE,
    /** It is broken and will be started again with its present settings. */
    RESTART,
    /** It will be made anew; whether users notice depends on the platform, and the reason says so. */
    REPLACE,
    /** It will be removed. */
    DELETE
}
