package dev.upkeep.cli.command;

import com.sun.net.httpserver.HttpServer;
import dev.upkeep.cli.exit.ExitCode;
import dev.upkeep.cli.terminal.Terminal;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs what is to start fast, so that a start-up archive can be made of the classes that takes. */
@Command(name = "train", hidden = true, description = "Loads what a check needs, for making a start-up archive.")
final class TrainCommand implements Callable<Integer> {

    private final Terminal terminal;
    private final BiConsumer<Terminal, String[]> upkeep;

    @Mixin
    CommonOptions common = new CommonOptions();

    TrainCommand(Terminal terminal, BiConsumer<Terminal, String[]> upkeep) {
        this.terminal = terminal;
        this.upkeep = upkeep;
    }

    @Override
    public Integer call() {
        HttpServer server = server();
        try {
            String address = "://127.0.0.1:" + server.getAddress().getPort() + "/version.txt";
            run("check", "http" + address, "--expect", "1.0.6");
            run("check", "http" + address, "--expect", "1.0.7", "--output", "json");
            run("check", "http" + address, "--output", "nagios");
            // No server certificate comes with the program: the client's half of a handshake is what there is to learn.
            run("check", "https" + address, "--attempts", "1");
            run("check", "--help");
            run("version");
        } finally {
            server.stop(0);
        }
        return ExitCode.OK;
    }

    private void run(String... words) {
        Terminal silent = Terminal.of(
                OutputStream.nullOutputStream(),
                OutputStream.nullOutputStream(),
                terminal.environment(),
                terminal.folder());
        upkeep.accept(silent, List.of(words).toArray(String[]::new));
    }

    private static HttpServer server() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                byte[] body = "1.0.6\n".getBytes(StandardCharsets.US_ASCII);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("listening on loopback failed", e);
        }
    }
}
