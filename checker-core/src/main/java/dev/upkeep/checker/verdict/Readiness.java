package dev.upkeep.checker.verdict;

import java.net.URI;
import java.util.List;

/**
 * What one readiness path of a place answered. No version is read from it: it is ready if the last attempt brought a status of 2xx.
 *
 * @param target what was asked for
 * @param attempts every attempt, in order; at least one
 */
public record Readiness(URI target, List<Attempt> attempts) {
    /**
     * Copies the attempts.
     *
     * @throws IllegalArgumentException if there are none
     */
    public Readiness {
        attempts = List.copyOf(attempts);
        if (attempts.isEmpty()) {
            throw new IllegalArgumentException(target + " was not asked, so nothing is known of its readiness");
        }
    }

    /** The attempt that decided. */
    public Attempt last() {
        return attempts.get(attempts.size() - 1);
    }

    /** Whether it answered with 2xx. */
    public boolean isReady() {
        return last().reason().isEmpty();
    }

    /** The path alone, without the query, which may hold a secret. */
    public String path() {
        return target.getRawPath();
    }
}
