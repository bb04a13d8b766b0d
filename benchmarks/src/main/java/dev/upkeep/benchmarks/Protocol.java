package dev.upkeep.benchmarks;

import java.util.Arrays;
import java.util.Locale;

/** How the site is asked: plainly, or over TLS with a certificate for one kind of key or another. */
enum Protocol {
    PLAIN("http", ""),
    TLS("https", "ec -pkeyopt ec_paramgen_curve:P-256"),
    TLS_RSA("https", "rsa:2048");

    private final String scheme;
    private final String key;

    Protocol(String scheme, String key) {
        this.scheme = scheme;
        this.key = key;
    }

    /** The scenario of that name: {@code plain}, {@code tls} or {@code tls-rsa}. */
    static Protocol of(String scenario) {
        return Arrays.stream(values())
                .filter(protocol -> protocol.toString().equals(scenario))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown scenario " + scenario));
    }

    String scheme() {
        return scheme;
    }

    /** What openssl is told of the key, in words between spaces; empty without TLS. */
    String key() {
        return key;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
