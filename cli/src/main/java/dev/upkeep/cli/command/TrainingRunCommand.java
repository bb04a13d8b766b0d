package dev.upkeep.cli.command;

import dev.upkeep.cli.exit.ExitCode;
import dev.upkeep.cli.terminal.Terminal;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiConsumer;

/** The training run of a start-up archive: makes checks, so that the classes that they load come into it (docs/start-up.md). */
final class TrainingRunCommand implements Command {

    private final Terminal terminal;
    private final BiConsumer<Terminal, String[]> upkeep;

    TrainingRunCommand(Terminal terminal, BiConsumer<Terminal, String[]> upkeep) {
        this.terminal = terminal;
        this.upkeep = upkeep;
    }

    @Override
    public Syntax syntax() {
        return Syntax.of("train", this)
                .about("Loads what a check needs, for making a start-up archive.")
                .hidden();
    }

    @Override
    public Integer call() {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread serving = new Thread(() -> serve(server), "upkeep-training");
            serving.setDaemon(true);
            serving.start();
            String address = "://127.0.0.1:" + server.getLocalPort() + "/version.txt";
            CheckerWarmUp.start();
            run(terminal, upkeep, "check", "http" + address, "--expect", "1.0.6");
            run(terminal, upkeep, "check", "http" + address, "--expect", "1.0.7", "--output", "nagios");
            run(terminal, upkeep, "check", "http" + address, "--output", "json");
            // No server certificate comes with the program: the client's half of a handshake is what there is to learn.
            run(terminal, upkeep, "check", "https" + address, "--attempts", "1");
            return ExitCode.OK;
        } catch (IOException e) {
            throw new UncheckedIOException("listening on loopback failed", e);
        }
    }

    /** Silently. */
    static void run(Terminal terminal, BiConsumer<Terminal, String[]> upkeep, String... words) {
        Terminal silent = Terminal.of(
                OutputStream.nullOutputStream(),
                OutputStream.nullOutputStream(),
                terminal.environment(),
                terminal.folder());
        upkeep.accept(silent, List.of(words).toArray(String[]::new));
    }

    /** Not the HTTP server of the JDK: its classes would come into the archive, too. */
    private static void serve(ServerSocket server) {
        byte[] reply =
                "HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nContent-Type: text/plain\r\nContent-Length: 6\r\n\r\n1.0.6\n"
                        .getBytes(StandardCharsets.US_ASCII);
        while (!server.isClosed()) {
            try (Socket connection = server.accept()) {
                connection.getInputStream().read(new byte[4096]);
                connection.getOutputStream().write(reply);
            } catch (IOException closed) {
                return;
            }
        }
    }
}
