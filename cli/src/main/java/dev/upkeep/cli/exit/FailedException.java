package dev.upkeep.cli.exit;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;

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
     * Says why a file or folder could not be used. The JDK tells missing permissions only by the type, and repeats the path as the message.
     *
     * @param tried what was tried, on which file
     * @param why what came of it
     * @param next what to do
     */
    public static FailedException ofFile(String tried, IOException why, String next) {
        String reason = why instanceof FileSystemException failure ? failure.getReason() : why.getMessage();
        String otherwise = why instanceof AccessDeniedException
                ? "permission denied"
                : why instanceof FileAlreadyExistsException existing
                        ? existing.getFile() + " is not a folder"
                        : why.getClass().getSimpleName();
        return new FailedException(tried + ": " + (reason == null ? otherwise : reason) + "; " + next);
    }

    private FailedException(int exitCode, String message) {
        super(exitCode, message);
    }
}
