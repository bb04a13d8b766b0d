package dev.upkeep.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How a program that runs to its end has ended.
 *
 * @param code its exit code
 * @param output what it printed
 */
record Command(int code, String output) {
    private static final int PATIENCE_SECONDS = 30;
    private static final int LONG_PATIENCE_SECONDS = 300;

    /** Runs a program to its end, whichever way it ends. */
    static Command run(String... command) {
        return run(Path.of("."), List.of(command));
    }

    /** Runs a program in a folder to its end, whichever way it ends. */
    static Command run(Path folder, List<String> command) {
        return run(folder, command, PATIENCE_SECONDS);
    }

    /** Runs a program that may take minutes, such as one that installs something. */
    static Command runLong(List<String> command) {
        return run(Path.of("."), command, LONG_PATIENCE_SECONDS);
    }

    private static Command run(Path folder, List<String> command, int seconds) {
        try {
            Path output = Files.createTempFile("upkeep-system-", ".out");
            try {
                return finish(folder, command, output, seconds);
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    command.get(0) + " cannot be run; ./verify installs it, or says what to install", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + command.get(0) + " ran", e);
        }
    }

    private static Command finish(Path folder, List<String> command, Path output, int seconds)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        process.getOutputStream().close();
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException(command + " did not end within " + seconds + " s");
        }
        return new Command(process.exitValue(), Files.readString(output, StandardCharsets.ISO_8859_1));
    }

    /** Insists that it ended well. */
    Command orFail() {
        if (code != 0) {
            throw new IllegalStateException("ended with " + code + ": " + output);
        }
        return this;
    }
}
