package dev.upkeep.infra.progress;

/** What an event says about its resource. */
public enum EventKind {
    /** Work on the resource has begun. */
    STARTED,
    /** A step within the work was made; more follow. */
    STEP,
    /** The resource is as it should be. */
    DONE,
    /** The resource could not be brought to where it should be; an exception follows. */
    FAILED,
    /** Something that the operator should know although nothing failed, such as a port that had to be changed. */
    NOTICE
}
