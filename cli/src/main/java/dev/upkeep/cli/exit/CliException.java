package dev.upkeep.cli.exit;

/**
 * The root of what this module throws: a command cannot go on. The message is for the user and is complete: what was tried, on
 * what, what was found, what to do next.
 */
@SuppressWarnings("serial") // thrown and caught within one process, never stored
public abstract class CliException extends RuntimeException {

    private final int exitCode;

    /**
     * For subclasses.
     *
     * @param exitCode what to exit with
     * @param message one line or more, for the user
     */
    protected CliException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /**
     * What to exit with.
     *
     * @return one of the numbers of {@link ExitCode}
     */
    public int exitCode() {
        return exitCode;
    }
}
