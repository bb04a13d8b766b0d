package dev.upkeep.infra.progress;

import java.time.Instant;

/** Takes notice of what an operation does, from the inside. */
@FunctionalInterface
public interface Reporter {

    /**
     * Takes notice of one thing.
     *
     * @param resource what it happened to
     * @param kind what is said about the resource
     * @param message one line for people
     */
    void tell(String resource, EventKind kind, String message);

    /**
     * Takes notice of one thing that is known only later.
     *
     * @param at when it happened
     * @param resource what it happened to
     * @param kind what is said about the resource
     * @param message one line for people
     */
    default void tell(Instant at, String resource, EventKind kind, String message) {
        tell(resource, kind, message);
    }

    /**
     * A reporter that keeps everything to itself.
     *
     * @return the reporter
     */
    static Reporter none() {
        return (resource, kind, message) -> {};
    }
}
