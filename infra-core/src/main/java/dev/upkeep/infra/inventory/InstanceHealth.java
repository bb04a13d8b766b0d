package dev.upkeep.infra.inventory;

/** How an instance was found, looked at from the machine it runs on or by its load balancer. */
public enum InstanceHealth {
    /** nginx answers with the version the instance was given, and its application is ready. */
    HEALTHY,
    /** An operation is starting it; it need not answer yet. */
    STARTING,
    /** nginx answers with the right version, but its application is not ready. */
    NOT_READY,
    /** nginx answers, but not as it should. */
    UNHEALTHY,
    /** nginx runs but does not answer in time. */
    HUNG,
    /** nginx does not run. */
    STOPPED,
    /** Nobody could ask it. */
    UNKNOWN
}
