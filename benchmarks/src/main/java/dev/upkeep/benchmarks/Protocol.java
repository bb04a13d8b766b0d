package dev.upkeep.benchmarks;

import java.util.Locale;

/** With and without TLS. */
enum Protocol {
    PLAIN("http"),
    TLS("https");

    private final String scheme;

    Protocol(String scheme) {
        this.scheme = scheme;
    }

    String scheme() {
        return scheme;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
