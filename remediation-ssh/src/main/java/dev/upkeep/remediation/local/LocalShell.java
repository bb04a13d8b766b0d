package dev.upkeep.remediation.local;

import dev.upkeep.remediation.shell.CommandLimits;
import dev.upkeep.remediation.shell.CommandLine;
import dev.upkeep.remediation.shell.CommandResult;
import dev.upkeep.remediation.shell.RemoteShell;
import dev.upkeep.remediation.shell.ShellFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Runs commands on this machine, as the user of this process. What they print goes through files, so that nothing that a command leaves running can hold it up.
 * Safe for use by several threads.
 */
public final class LocalShell implements RemoteShell {

    private final String host;

    /** A shell on this machine. */
    public LocalShell() {
        this("this machine");
    }

    /**
     * The same for one of several hosts that are this machine.
     *
     * @param host what it is called, for people
     */
    public LocalShell(String host) {
        this.host = host;
    }

    @Override
    public String host() {
        return host;
    }

    @Override
    public CommandResult run(CommandLine command, CommandLimits limits) throws InterruptedException {
        try {
            Path out = Files.createTempFile("upkeep-out", "");
            Path err = Files.createTempFile("upkeep-err", "");
            try {
                return run(command, limits, out, err);
            } finally {
                Files.deleteIfExists(out);
                Files.deleteIfExists(err);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CommandResult run(CommandLine command, CommandLimits limits, Path out, Path err)
            throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command.argv())
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
        } catch (IOException e) {
            // As a shell says it of a program that is not there.
            return new CommandResult.Ended(127, "", String.valueOf(e.getMessage()), false);
        }
        try {
            if (!process.waitFor(limits.run().toMillis(), TimeUnit.MILLISECONDS)) {
                end(process);
                return new CommandResult.Failed(
                        ShellFailure.TIMED_OUT,
                        "Tried to run " + command.argv().get(0) + " on this machine: it had not ended after "
                                + limits.run().toSeconds() + " s and was ended; see what it waits for",
                        read(out, limits),
                        read(err, limits),
                        isCut(limits, out, err));
            }
        } catch (InterruptedException e) {
            end(process);
            throw e;
        }
        return new CommandResult.Ended(
                process.exitValue(), read(out, limits), read(err, limits), isCut(limits, out, err));
    }

    private static boolean isCut(CommandLimits limits, Path out, Path err) throws IOException {
        return Files.size(out) > limits.output() || Files.size(err) > limits.output();
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static String read(Path file, CommandLimits limits) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(channel.size(), limits.output()));
            boolean goesOn = true;
            while (goesOn && bytes.hasRemaining()) {
                goesOn = channel.read(bytes) >= 0;
            }
            return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
        }
    }
}
