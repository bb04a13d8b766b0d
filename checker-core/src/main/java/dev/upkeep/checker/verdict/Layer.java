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
    /** The checker itself. */
    CHECKER
}
