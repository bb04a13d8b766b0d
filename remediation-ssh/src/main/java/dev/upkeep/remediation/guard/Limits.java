package dev.upkeep.remediation.guard;

import java.time.Duration;

/**
 * How often one host may be repaired. A visit counts once, however many remedies it tries.
 *
 * @param gap between the beginnings of two repairs; zero for none
 * @param most how many repairs may begin within {@code window}, at least 1
 * @param window over which they are counted, above zero
 * @param inVain after how many repairs in a row that did not help, or did not last for {@code window}, nothing is tried any more; at least 1
 * @param rest for how long nothing is tried then; above zero. After that one repair is tried again
 */
public record Limits(Duration gap, int most, Duration window, int inVain, Duration rest) {

    /** One in 5 minutes, 3 in an hour, and after 3 in vain none for 6 hours. */
    public static final Limits STANDARD =
            new Limits(Duration.ofMinutes(5), 3, Duration.ofHours(1), 3, Duration.ofHours(6));

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is too small
     */
    public Limits {
        if (gap.isNegative() || window.isNegative() || window.isZero() || rest.isNegative() || rest.isZero()) {
            throw new IllegalArgumentException(
                    "times are above zero: gap " + gap + ", window " + window + ", rest " + rest);
        }
        if (most < 1 || inVain < 1) {
            throw new IllegalArgumentException("at least one repair has to be allowed, not " + Math.min(most, inVain));
        }
    }
}
