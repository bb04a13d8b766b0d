package dev.upkeep.infra.inventory;

/** How an instance was found, looked at from the machine it runs on or by its load balancer. */
public enum InstanceHealth {
    /** nginx serves the version the instance was given, and its application is healthy. */
    HEALTHY,
    /** nginx serves the version the instance was given, but its application is not healthy: users get errors. */
    NOT_READY,
    /** nginx answers, but not with that version. */
    UNHEALTHY,
    /** nginx runs but does not answer in time. */
    HUNG,
    /** nginx does not run. */
    STOPPED
}
