package dev.upkeep.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The programs of OpenSSH's client. */
public final class SshTool {
    private static final int PATIENCE = 1_000;

    private SshTool() {}

    /** A key of a type as {@code ssh-keygen -t} has it. */
    public static Path generateKey(Path file, String type, String passphrase, String... options) {
        List<String> command = new ArrayList<>(
                List.of("ssh-keygen", "-q", "-t", type, "-N", passphrase, "-C", "test", "-f", file.toString()));
        command.addAll(Arrays.asList(options));
        run(command);
        return file;
    }

    static String fingerprint(Path publicKey) {
        return run(List.of("ssh-keygen", "-l", "-f", publicKey.toString())).split(" ", -1)[1];
    }

    /** Gives what it printed. */
    static String run(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command + " ended with " + process.exitValue() + ": " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a program ran", e);
        }
    }

    static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(Loopback.four(1), port), PATIENCE);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }
}
