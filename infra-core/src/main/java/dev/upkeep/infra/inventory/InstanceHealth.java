package dev.upkeep.infra.inventory;

/** How an instance was found, looked at from the machine it runs on or by its load balancer. */
public enum InstanceHealth {
    /** nginx answers with the version the instance was given, and its application accepts connections. */
    HEALTHY,
    /** nginx answers, but not with that version, or its application does not accept connections. */
    UNHEALTHY,
    /** nginx runs but does not answer in time. */
    HUNG,
    /** nginx does not run. */
    STOPPED
}
