package dev.upkeep.checker.check;

import java.time.Duration;

/**
 * When to stop asking a target that fails: a circuit breaker, for callers who check in a loop. While it is open, checks of the target
 * return {@code UNKNOWN} at once; after the pause a single check asks again.
 *
 * @param failures after how many checks in a row that end {@code DOWN} or {@code UNKNOWN} it opens, from 1
 * @param pause how long it stays open; more than zero
 */
public record CircuitBreakerPolicy(int failures, Duration pause) {
    /** For how many targets a checker keeps the breaker. Beyond that, the target that was not asked for the longest time starts anew. */
    public static final int MAXIMUM_TARGETS = 10_000;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if there is no failure, or no pause
     */
    public CircuitBreakerPolicy {
        if (failures < 1 || pause.isZero() || pause.isNegative()) {
            throw new IllegalArgumentException("a circuit breaker cannot open for " + pause + " after " + failures
                    + " failures; expected is at least one failure, and a pause");
        }
    }
}
