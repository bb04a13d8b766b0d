package dev.upkeep.checker.verdict;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The facts that a verdict is based on.
 *
 * @param target what was asked for
 * @param expected the expectation in words, as {@code 1.0.6} or {@code in range ^1.0.0}
 * @param startedAt when the check began, by the wall clock
 * @param took from beginning to end by the monotonic clock, pauses between attempts included
 * @param attempts every attempt to read the version, in order; empty only if the target was not asked at all
 * @param readiness what each readiness path answered; empty if none was to be asked, or no version was read
 */
public record Evidence(
        URI target,
        String expected,
        Instant startedAt,
        Duration took,
        List<Attempt> attempts,
        List<Readiness> readiness) {
    /** Copies the lists. */
    public Evidence {
        attempts = List.copyOf(attempts);
        readiness = List.copyOf(readiness);
    }

    /** Evidence of a check that asks for the version only. */
    public Evidence(URI target, String expected, Instant startedAt, Duration took, List<Attempt> attempts) {
        this(target, expected, startedAt, took, attempts, List.of());
    }
}
