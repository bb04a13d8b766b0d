package dev.upkeep.checker.gate;

import java.time.Duration;

/**
 * When a deployment counts as converged: every place that is asked is UP, for some rounds in a row, within a time. One round is not
 * enough, because it may see an instance that is about to be replaced.
 *
 * @param rounds how many good rounds in a row are needed, from 1
 * @param interval from the start of a round to the start of the next; a round that takes longer is followed at once, and with
 *     zero every round is
 * @param within the time for all of it; zero means one single round
 */
public record ConvergenceGate(int rounds, Duration interval, Duration within) {
    /** Three rounds in a row, two seconds apart, within ten minutes. */
    public static final ConvergenceGate DEFAULT = new ConvergenceGate(3, Duration.ofSeconds(2), Duration.ofMinutes(10));

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if there is no round, a duration is negative, or the rounds cannot fit into the time
     */
    public ConvergenceGate {
        if (rounds < 1 || interval.isNegative() || within.isNegative()) {
            throw new IllegalArgumentException("a gate of " + rounds + " rounds every " + interval + " within " + within
                    + " cannot be passed; expected is at least one round, and no negative time");
        }
        if (interval.multipliedBy(rounds - 1L).compareTo(within) > 0) {
            throw new IllegalArgumentException(rounds + " rounds every " + interval + " do not fit into " + within
                    + "; allow more time, or ask for fewer rounds");
        }
    }
}
