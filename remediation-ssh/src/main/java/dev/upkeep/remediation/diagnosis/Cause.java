package dev.upkeep.remediation.diagnosis;

/** Why a host does not serve. */
public enum Cause {
    /** The configuration of nginx is wrong. It is never restarted then: what still runs would not come up again. */
    CONFIGURATION_BROKEN,
    /** The configuration of nginx cannot be tested, so nobody knows whether what runs would come up again. */
    CONFIGURATION_UNTESTED,
    /** A file system has no room left. */
    DISK_FULL,
    /** Another program has the port. */
    PORT_TAKEN,
    /** Processes of an nginx whose master is gone have the port. */
    LEFTOVERS,
    /** The engine of the containers does not run. */
    ENGINE_DOWN,
    /** The engine of the containers runs, and tells nothing of them: it hangs, or does not let this user ask. */
    ENGINE_SILENT,
    /** It does not run, and nothing tries to start it. */
    STOPPED,
    /** The kernel has ended it for want of memory. */
    OUT_OF_MEMORY,
    /** It is started again and again, and ends each time. */
    RESTART_LOOP,
    /** It is paused. */
    PAUSED,
    /** It runs, and does not answer. */
    HUNG,
    /** The web server is well, and nobody knows what the application behind it is. */
    APPLICATION_UNKNOWN,
    /** There is no web server that could be repaired. */
    NOTHING_FOUND
}
