package dev.upkeep.infra.server;

/** Which clients HTTPS serves, in the terms of Mozilla's server side TLS guidelines 5.7. */
public enum TlsProfile {
    /** TLS 1.2 and 1.3 with forward secrecy: every browser of the last ten years. */
    INTERMEDIATE,

    /** TLS 1.3 only: browsers from 2018 on. */
    MODERN
}
