package dev.upkeep.checker.verdict;

/** The step of a check at which it failed. */
public enum Layer {
    /** Looking up the name. */
    RESOLVE,
    /** Opening the TCP connection. */
    CONNECT,
    /** The TLS handshake and the certificates. */
    TLS,
    /** Request and reply. */
    HTTP,
    /** What the reply's body says. */
    VERSION,
    /** Whether the application behind the server works. */
    READINESS,
    /** The checker itself. */
    CHECKER
}
