package dev.upkeep.cli.exit;

import dev.upkeep.infra.failure.FileTrouble;
import java.io.IOException;

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

    /**
     * Says that a command on another host did not run to its end.
     *
     * @param message what was tried, found, and what to do
     * @return a failure with the exit code that OpenSSH has for that
     */
    public static FailedException notRun(String message) {
        return new FailedException(ExitCode.NOT_RUN, message);
    }

    /**
     * Says why a file or folder could not be used.
     *
     * @param tried what was tried, on which file
     * @param why what came of it
     * @param next what to do
     */
    public static FailedException ofFile(String tried, IOException why, String next) {
        return new FailedException(tried + ": " + FileTrouble.reason(why) + "; " + next);
    }

    private FailedException(int exitCode, String message) {
        super(exitCode, message);
    }
}
