package dev.upkeep.checker.verdict;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a verdict rests on.
 *
 * @param target what was asked for
 * @param expected the expectation in words, as {@code 1.0.6} or {@code in range ^1.0.0}
 * @param startedAt when the check began, by the wall clock
 * @param took from beginning to end by the monotonic clock, pauses between attempts included
 * @param attempts every attempt, in order; empty only if the target was not asked at all
 */
public record Evidence(URI target, String expected, Instant startedAt, Duration took, List<Attempt> attempts) {
    /** Copies the attempts. */
    public Evidence {
        attempts = List.copyOf(attempts);
    }
}
