package dev.upkeep.system.command;

/**
 * How a program has ended.
 *
 * @param code its exit code; 128 and the number of the signal if one killed it
 * @param out what it printed to standard output
 * @param err what it printed to standard error
 */
public record Ended(int code, String out, String err) {
    /** Insists on an exit code, and shows everything that was printed if it is another. */
    public Ended with(int expected) {
        if (code != expected) {
            throw new AssertionError("expected exit code " + expected + ", but it was " + this);
        }
        return this;
    }

    @Override
    public String toString() {
        return "exit code " + code + "\n--- standard output\n" + out + "\n--- standard error\n" + err;
    }
}
