package dev.upkeep.infra.local.nginx;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.upkeep.infra.local.process.Launcher;
import dev.upkeep.infra.local.process.Machine;
import dev.upkeep.infra.local.process.Ports;
import dev.upkeep.infra.local.process.ProcessTable;
import dev.upkeep.infra.local.process.Processes;
import dev.upkeep.infra.local.process.Programs;
import dev.upkeep.infra.server.HeardHeaders;
import dev.upkeep.infra.server.NginxSettings;
import dev.upkeep.infra.spec.AppHealth;
import dev.upkeep.infra.time.Polling;
import dev.upkeep.infra.time.Sleeper;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A real nginx with the real configuration, in front of an application that repeats the headers it was sent. */
final class ServingNginx implements AutoCloseable {

    private final Path folder;
    private final Nginx nginx;
    private final HttpServer app;
    private final int port;

    ServingNginx(Path folder, UnaryOperator<NginxSettings> settings) throws IOException, InterruptedException {
        this.folder = folder;
        this.nginx = installed(folder);
        this.app = HttpServer.create(Ports.address(0), 0);
        app.createContext("/", ServingNginx::echo);
        app.start();
        this.port = new Ports(folder.toString()).choose(Set.of());
        String listen = "127.0.0.1:" + port;
        String user = System.getProperty("user.name").equals("root") ? "root" : "";
        nginx.configure(settings.apply(NginxSettings.plain("1.0.6", listen, nginx.version())
                        .withApp(app.getAddress().getPort(), AppHealth.standard())
                        .runBy(user))
                .render());
        nginx.start();
    }

    static Nginx installed(Path folder) {
        Programs programs = new Programs(Programs.usualFolders(System.getenv("PATH")));
        Polling polling = new Polling(InstantSource.system(), Sleeper.real());
        Machine machine = new Machine(new Launcher(programs), new Processes(ProcessTable.system(), polling), polling);
        return new Nginx(programs.require(List.of("nginx")).get("nginx"), folder, machine);
    }

    private static void echo(HttpExchange exchange) throws IOException {
        byte[] body = HeardHeaders.of(exchange).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    int port() {
        return port;
    }

    String log() throws IOException {
        return Files.readString(folder.resolve("logs/access.log"));
    }

    /** Sends the lines as they are, asks to close the connection, and returns everything that comes back. */
    String ask(String... lines) throws IOException {
        return exchange(lines, InputStream::readAllBytes).replace("\r\n", "\n");
    }

    /** Only the beginning: after a refusal nginx lets a client that may still be writing a few seconds to read it. */
    String statusOf(String... lines) throws IOException {
        return exchange(lines, answer -> answer.readNBytes("HTTP/1.1 400".length()));
    }

    private interface Reading {
        byte[] from(InputStream answer) throws IOException;
    }

    private String exchange(String[] lines, Reading reading) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(Ports.address(port), 2000);
            socket.setSoTimeout(5000);
            String request = String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(reading.from(socket.getInputStream()), StandardCharsets.UTF_8);
        }
    }

    String get(String path) throws IOException {
        return ask("GET " + path + " HTTP/1.1", "Host: localhost:" + port);
    }

    @Override
    public void close() {
        app.stop(0);
        try {
            nginx.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while stopping nginx", e);
        }
    }
}
