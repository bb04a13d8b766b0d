package dev.upkeep.infra.inventory;

/** Whether the load balancer sends new requests to an instance. */
public enum Rotation {
    /** It gets requests as long as it is healthy. */
    IN,
    /** It was drained and gets no new requests until it rejoins. */
    DRAINED
}
