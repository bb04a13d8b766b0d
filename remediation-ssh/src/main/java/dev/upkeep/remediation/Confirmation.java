package dev.upkeep.remediation;

import java.time.Duration;

/**
 * How sure somebody has to be before a host is touched, and how long a remedy may take to show.
 *
 * @param looks how many looks in a row have to find the host ailing, at least 1
 * @param pause between two looks, also those after a remedy; above zero
 * @param settling how long after a remedy users may still be without service before the next one is tried; above zero
 */
public record Confirmation(int looks, Duration pause, Duration settling) {

    /** Three looks, 5 seconds apart; a remedy has 30 seconds. */
    public static final Confirmation STANDARD = new Confirmation(3, Duration.ofSeconds(5), Duration.ofSeconds(30));

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is too small
     */
    public Confirmation {
        if (looks < 1) {
            throw new IllegalArgumentException("nobody can be sure without a look, not after " + looks);
        }
        if (pause.isNegative() || pause.isZero() || settling.isNegative() || settling.isZero()) {
            throw new IllegalArgumentException("times are above zero: pause " + pause + ", settling " + settling);
        }
    }
}
