package dev.upkeep.infra.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.upkeep.infra.local.process.Ports;
import dev.upkeep.infra.spec.AppHealth;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/**
 * The two nginx of a server as processes of this machine, in front of an application that repeats the headers it was sent;
 * at {@code /stream} it sends one line and keeps the other until it is told.
 */
final class TwoNginx implements AutoCloseable {

    private final Path folder;
    private final List<Process> running = new ArrayList<>();
    private final Set<Integer> taken = new HashSet<>();
    private final HttpServer app;
    final Semaphore more = new Semaphore(0);
    final int edgePort;
    final int tlsPort;
    final int webPort;

    TwoNginx(Path folder, UnaryOperator<EdgeSettings> edge) throws Exception {
        this.folder = folder;
        this.edgePort = port();
        this.tlsPort = port();
        this.webPort = port();
        this.app = HttpServer.create(Ports.address(0), 0);
        app.createContext("/", TwoNginx::echo);
        app.createContext("/stream", this::stream);
        app.setExecutor(Executors.newCachedThreadPool());
        app.start();
        start("edge", rendered(edge));
        awaitListening(edgePort);
    }

    private String rendered(UnaryOperator<EdgeSettings> edge) throws IOException {
        return edge.apply(EdgeSettings.plain(installed()))
                .listeningOn(edgePort)
                .followedThrough(folder.resolve("current.sock").toString())
                .with(Map.of("tlsListen", "127.0.0.1:" + tlsPort, "challengeFolder", folder + "/acme"))
                .with(here("edge"))
                .render();
    }

    /** Gives the running edge another configuration, as an operator does: {@code nginx -t} looks at it first. */
    void reloadEdge(UnaryOperator<EdgeSettings> edge) throws Exception {
        Path file = folder.resolve("edge.conf");
        Files.writeString(file, rendered(edge));
        List<ProcessHandle> before = running.get(0).children().toList();
        for (String action : List.of("-t", "-s reload")) {
            Process process = nginx(file, action)
                    .redirectOutput(folder.resolve("edge-reload.log").toFile())
                    .start();
            if (process.waitFor() != 0) {
                throw new AssertionError("nginx " + action + " failed:\n" + logs());
            }
        }
        // Until then one of them may still take a connection, and answer as before.
        await("the workers of before to end", () -> before.stream().noneMatch(ProcessHandle::isAlive));
    }

    private int port() {
        int port = new Ports(folder.toString()).choose(taken);
        taken.add(port);
        return port;
    }

    static NginxVersion installed() throws IOException {
        Process process = new ProcessBuilder("/bin/sh", "-c", "PATH=$PATH:/usr/sbin exec nginx -v 2>&1").start();
        return NginxVersion.parse(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    }

    private Map<String, Object> here(String name) throws IOException {
        Path own = Files.createDirectories(folder.resolve(name));
        boolean root = "root".equals(System.getProperty("user.name"));
        return Map.of("pidFile", own + "/nginx.pid", "tempFolder", own.toString(), "workerUser", root ? "root" : "");
    }

    /** Starts the web nginx of a release, which nobody is led to yet. */
    void release(String version, int port) throws Exception {
        Path own = Files.createDirectories(folder.resolve(version));
        Files.writeString(own.resolve("version.txt"), version);
        start(
                version,
                WebSettings.plain(installed())
                        .withApp(app.getAddress().getPort(), AppHealth.standard())
                        .listeningOn(List.of("unix:" + own.resolve("web.sock"), "127.0.0.1:" + port))
                        .reading(own.resolve("version.txt").toString())
                        .with(here(version))
                        .render());
        awaitListening(port);
    }

    /** Leads the edge to a release, as a swap does. */
    void swapTo(String version) throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("next.sock"), Path.of(version, "web.sock"));
        Files.move(link, folder.resolve("current.sock"), StandardCopyOption.ATOMIC_MOVE);
    }

    private void start(String name, String configuration) throws IOException {
        Path file = folder.resolve(name + ".conf");
        Files.writeString(file, configuration);
        running.add(nginx(file, "")
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start());
    }

    private ProcessBuilder nginx(Path file, String action) {
        String command = "PATH=$PATH:/usr/sbin exec nginx -e stderr -p \"$0\" -c \"$1\" " + action;
        return new ProcessBuilder("/bin/sh", "-c", command, folder + "/", file.toString()).redirectErrorStream(true);
    }

    private void awaitListening(int port) throws InterruptedException {
        await("nginx to listen:\n" + logs(), () -> {
            try (Socket socket = new Socket()) {
                socket.connect(Ports.address(port), 1000);
                return true;
            } catch (IOException e) {
                return false;
            }
        });
    }

    static void await(String what, BooleanSupplier condition) throws InterruptedException {
        for (int tries = 0; tries < 500; tries++) {
            if (condition.getAsBoolean()) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        throw new AssertionError("waited 10 s for " + what);
    }

    /** What all of them printed. */
    private String logs() {
        StringBuilder all = new StringBuilder();
        try (var files = Files.newDirectoryStream(folder, "*.log")) {
            for (Path file : files) {
                all.append(Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all.toString();
    }

    /** What one of them printed: {@code edge}, or the one of a release. */
    String log(String name) throws IOException {
        return Files.readString(folder.resolve(name + ".log"));
    }

    private static void echo(HttpExchange exchange) throws IOException {
        byte[] body = HeardHeaders.of(exchange).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private void stream(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("X-Accel-Buffering", "no");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream body = exchange.getResponseBody()) {
            body.write("first\n".getBytes(StandardCharsets.UTF_8));
            body.flush();
            more.acquireUninterruptibly();
            body.write("second\n".getBytes(StandardCharsets.UTF_8));
        }
    }

    void stopApplication() {
        app.stop(0);
    }

    /** Sends the lines as they are, asks to close the connection, and returns everything that comes back. */
    static String ask(Socket socket, String... lines) throws IOException {
        socket.setSoTimeout(5000);
        String request = String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    }

    static String ask(int port, String... lines) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(Ports.address(port), 2000);
            return ask(socket, lines);
        }
    }

    String get(String path) throws IOException {
        return ask(edgePort, "GET " + path + " HTTP/1.1", "Host: shop.example");
    }

    @Override
    public void close() {
        app.stop(0);
        running.forEach(Process::destroy);
        for (Process process : running) {
            process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
        }
    }
}
