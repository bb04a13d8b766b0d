package dev.upkeep.infra.local;

/** Who said on which port users reach a stack. */
enum PortChoice {
    /** The user's spec: no other will do. */
    FIXED,
    /** The platform itself: if it is taken, another one is chosen. */
    FREE;

    /** How often a server is started at most if somebody takes the port that was chosen for it before it listens. */
    static final int ATTEMPTS = 3;
}
