package dev.upkeep.infra.local;

/** Who said on which port users reach a stack. */
enum PortChoice {
    /** The user's spec: no other will do. */
    FIXED,
    /** The platform itself: if it is taken, another one is chosen. */
    FREE
}
