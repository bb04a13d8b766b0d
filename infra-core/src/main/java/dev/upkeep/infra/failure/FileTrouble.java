package dev.upkeep.infra.failure;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;

/** Words for why a file or folder could not be used. */
public final class FileTrouble {

    private FileTrouble() {}

    /**
     * Says in one sentence that something could not be read.
     *
     * @param what its name
     * @param cause what came of reading it, or what is in it
     * @return why, with the link that leads in a circle if that is the reason
     */
    public static String unreadable(String what, IOException cause) {
        return cause instanceof FileSystemLoopException loop
                ? loop.getFile() + " is a link that leads back to a folder above it"
                : what + " cannot be read: " + reason(cause);
    }

    /**
     * Says in one phrase what was wrong. The JDK tells the most frequent reasons only by the type, and repeats the path
     * as the message.
     *
     * @param cause what came of using the file
     * @return such as {@code permission denied} or {@code No space left on device}
     */
    public static String reason(IOException cause) {
        if (cause instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (cause instanceof NoSuchFileException missing) {
            return missing.getFile() + " does not exist";
        }
        if (cause instanceof FileAlreadyExistsException existing) {
            return existing.getFile() + " is not a folder";
        }
        String said = cause instanceof FileSystemException failure ? failure.getReason() : cause.getMessage();
        return said == null ? cause.getClass().getSimpleName() : said;
    }
}
