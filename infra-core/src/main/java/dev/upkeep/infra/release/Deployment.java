package dev.upkeep.infra.release;

import java.time.Instant;
import java.util.Optional;

/**
 * That a stack was brought to another release, or should have been.
 *
 * @param at when it ended
 * @param by who did it, for people
 * @param version the version that was to be served
 * @param before the version that was deployed until then; empty for the first
 * @param site the digest of the static files, where they are no part of an image
 * @param problem what went wrong; empty if users are served the version since
 */
public record Deployment(
        Instant at,
        String by,
        String version,
        Optional<String> before,
        Optional<String> site,
        Optional<String> problem) {

    /**
     * Whether it succeeded.
     *
     * @return false if the instances went back to what they had, or were to
     */
    public boolean isDone() {
        return problem.isEmpty();
    }
}
