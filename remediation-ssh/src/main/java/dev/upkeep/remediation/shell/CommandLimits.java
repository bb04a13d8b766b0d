package dev.upkeep.remediation.shell;

import java.time.Duration;

/**
 * How long a command may take, and how much of what it prints is kept.
 *
 * @param run from its start to its end; then it is given up and, as far as the way in can do that, ended. Above zero
 * @param output how many characters of each of its outputs are kept, the first ones. Above zero
 */
public record CommandLimits(Duration run, int output) {

    /** A minute, and 64 Ki characters. */
    public static final CommandLimits DEFAULT = new CommandLimits(Duration.ofMinutes(1), 65_536);

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is not above zero
     */
    public CommandLimits {
        if (run.isNegative() || run.isZero()) {
            throw new IllegalArgumentException("a command needs time to run, not " + run);
        }
        if (output < 1) {
            throw new IllegalArgumentException("output has to be kept, not " + output + " characters");
        }
    }

    /**
     * The same for another time.
     *
     * @param longest how long it may run, above zero
     * @return limits with this time
     */
    public CommandLimits within(Duration longest) {
        return new CommandLimits(longest, output);
    }
}
