package dev.upkeep.checker.check;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How many attempts to make, and how long to wait between them: exponential backoff with full jitter. The pause before attempt <i>n</i> is
 * drawn
 * evenly from zero up to {@code base * 2^(n-2)}, but at most up to the cap.
 *
 * @param attempts the most attempts, the first included; 1 means no second try
 * @param base the longest pause before the second attempt; zero means no pauses
 * @param cap the longest pause at all
 * @see <a href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">why full jitter</a>
 */
public record RetryPolicy(int attempts, Duration base, Duration cap) {
    /** The most attempts that one check may make. More would hide an unstable target. */
    public static final int MAXIMUM_ATTEMPTS = 3;

    /** Three attempts, up to a quarter of a second apart at first, never more than two seconds. */
    public static final RetryPolicy DEFAULT = new RetryPolicy(3, Duration.ofMillis(250), Duration.ofSeconds(2));

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if there are fewer than 1 or more than {@link #MAXIMUM_ATTEMPTS} attempts, a duration is
     *     negative, or the cap lies below the base or above {@link Timeouts#MAXIMUM}
     */
    public RetryPolicy {
        if (attempts < 1 || attempts > MAXIMUM_ATTEMPTS) {
            throw new IllegalArgumentException("a check makes 1 to " + MAXIMUM_ATTEMPTS + " attempts, not " + attempts
                    + "; to look more often, check more often");
        }
        if (base.isNegative() || cap.compareTo(base) < 0 || cap.compareTo(Timeouts.MAXIMUM) > 0) {
            throw new IllegalArgumentException("the pause before the second attempt is " + base
                    + " and the longest one " + cap + "; expected is 0 <= the first <= the longest <= "
                    + Timeouts.MAXIMUM);
        }
    }

    /** One attempt only. */
    public static RetryPolicy once() {
        return new RetryPolicy(1, Duration.ZERO, Duration.ZERO);
    }

    /**
     * The longest pause that may come before an attempt.
     *
     * @param attempt from 2
     * @throws IllegalArgumentException if it is less
     */
    public Duration longestPauseBefore(int attempt) {
        if (attempt < 2) {
            throw new IllegalArgumentException("there is no pause before attempt " + attempt);
        }
        Duration doubled = base.multipliedBy(1L << (attempt - 2));
        return doubled.compareTo(cap) < 0 ? doubled : cap;
    }

    /**
     * The pause before an attempt, in whole milliseconds.
     *
     * @param attempt from 2
     * @param random where the jitter comes from
     */
    public Duration pauseBefore(int attempt, RandomGenerator random) {
        return Duration.ofMillis(random.nextLong(longestPauseBefore(attempt).toMillis() + 1));
    }
}
