package dev.upkeep.checker.verdict;

/** Where on the way a reason lies. */
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
    /** What the place answers when it is asked whether it can serve users. */
    READINESS,
    /** The checker itself. */
    CHECKER
}
