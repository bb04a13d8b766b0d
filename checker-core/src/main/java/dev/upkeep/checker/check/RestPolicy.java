package dev.upkeep.checker.check;

import java.time.Duration;

/**
 * When to leave a failing target in peace: a circuit breaker for callers who check in a loop. While a target rests, checks of it
 * return {@code UNKNOWN} at once; after the pause a single check asks again.
 *
 * @param failures how many checks in a row must end {@code DOWN} or {@code UNKNOWN}, from 1
 * @param pause how long the target is left in peace; more than zero
 */
public record RestPolicy(int failures, Duration pause) {
    /**
     * Refuses what cannot be meant.
     *
     * @throws IllegalArgumentException if there is no failure, or no pause
     */
    public RestPolicy {
        if (failures < 1 || pause.isZero() || pause.isNegative()) {
            throw new IllegalArgumentException("a target cannot rest for " + pause + " after " + failures
                    + " failures; expected is at least one failure, and a pause");
        }
    }
}
