package dev.upkeep.infra.shell;

import java.time.Duration;

/**
 * How long a command may take. Both are above zero.
 *
 * @param start from sending it until it runs on the instance
 * @param run from there until it has ended; then it is stopped. Whole seconds, at most 48 hours
 */
public record CommandLimits(Duration start, Duration run) {

    private static final Duration LONGEST = Duration.ofDays(2);

    /** 30 seconds to start, a minute to run. */
    public static final CommandLimits DEFAULT = new CommandLimits(Duration.ofSeconds(30), Duration.ofMinutes(1));

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is not above zero, or the run may take less than a second or more than 48 hours
     */
    public CommandLimits {
        if (start.isNegative() || start.isZero()) {
            throw new IllegalArgumentException("a command needs time to start, not " + start);
        }
        if (run.toSeconds() < 1 || run.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a command may run for 1 s to 48 h, not " + run);
        }
    }
}
