package dev.upkeep.cli.exit;

/** What was asked for could not be done. */
@SuppressWarnings("serial") // thrown and caught within one process, never stored
public final class FailedException extends CliException {

    /**
     * Says what failed.
     *
     * @param message what was tried, found, and what to do
     */
    public FailedException(String message) {
        super(ExitCode.FAILED, message);
    }

    /**
     * Says that nothing could be checked.
     *
     * @param message what was tried, found, and what to do
     * @return a failure with the exit code {@link ExitCode#UNKNOWN}
     */
    public static FailedException nothingToCheck(String message) {
        return new FailedException(ExitCode.UNKNOWN, message);
    }

    private FailedException(int exitCode, String message) {
        super(exitCode, message);
    }
}
