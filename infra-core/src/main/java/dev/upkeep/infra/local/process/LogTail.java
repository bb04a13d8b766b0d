package dev.upkeep.infra.local.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What the files that a process leaves behind say. */
public final class LogTail {

    private static final int LENGTH = 2000;

    private LogTail() {}

    /**
     * The end of a log.
     *
     * @param file the log
     * @return its last lines, at most 2000 characters; empty if there is no such file
     */
    public static String of(Path file) {
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            long start = Math.max(0, log.length() - LENGTH);
            log.seek(start);
            byte[] end = new byte[(int) (log.length() - start)];
            log.readFully(end);
            return new String(end, StandardCharsets.UTF_8).strip();
        } catch (IOException noSuchLog) {
            return "";
        }
    }

    /**
     * The number in a pid file.
     *
     * @param file the pid file
     * @return the number, empty if the file is missing or holds something else
     */
    public static Optional<Long> number(Path file) {
        try {
            return Optional.of(Long.parseLong(Files.readString(file).trim()));
        } catch (IOException | NumberFormatException missingOrHalfWritten) {
            return Optional.empty();
        }
    }
}
