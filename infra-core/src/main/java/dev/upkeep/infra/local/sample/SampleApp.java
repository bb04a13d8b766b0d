package dev.upkeep.infra.local.sample;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A small page that says which version and which instance answered; {@code /healthz} says {@code ok} as long as it can
 * serve users. Asked to end, it is no longer healthy from then on, closes each connection with the next answer, and ends
 * when what has begun has been answered.
 */
public final class SampleApp {

    private static final int THREADS = 8;

    /** How long an answer that has begun may take when the process ends. */
    private static final int LAST_ANSWER_SECONDS = 10;

    private static final int HEALTH_LIMIT_MILLIS = 3000;

    private final String version;
    private final String instance;
    private final AtomicInteger inProgress = new AtomicInteger();
    private volatile boolean leaving;

    private SampleApp(String version, String instance) {
        this.version = version;
        this.instance = instance;
    }

    /**
     * Serves on 127.0.0.1 until the process is ended.
     *
     * @param arguments none; {@code PORT}, {@code VERSION}, {@code UPKEEP_INSTANCE} and {@code DRAIN_SECONDS} come from the
     *     environment. Or {@code --health}, which asks the one that serves and returns only if it is healthy
     * @throws IOException if the port is taken, or the one that serves is not healthy
     */
    public static void main(String[] arguments) throws IOException {
        Map<String, String> environment = System.getenv();
        int port = Integer.parseInt(environment.getOrDefault("PORT", "8080"));
        InetSocketAddress address = new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
        if (arguments.length > 0 && arguments[0].equals("--health")) {
            insistOnHealth(port);
            return;
        }
        String instance = environment.getOrDefault("UPKEEP_INSTANCE", environment.getOrDefault("HOSTNAME", "local"));
        int drainSeconds = Integer.parseInt(environment.getOrDefault("DRAIN_SECONDS", "0"));
        new SampleApp(
                        environment.getOrDefault("VERSION", "unknown"),
                        String.valueOf(Path.of(instance).getFileName()))
                .serve(address, drainSeconds);
    }

    private static void insistOnHealth(int port) throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + port + "/healthz").toURL().openConnection();
        connection.setConnectTimeout(HEALTH_LIMIT_MILLIS);
        connection.setReadTimeout(HEALTH_LIMIT_MILLIS);
        if (connection.getResponseCode() != 200) {
            throw new IOException("Asked /healthz on port " + port + ", found status " + connection.getResponseCode());
        }
    }

    private void serve(InetSocketAddress address, int drainSeconds) throws IOException {
        HttpServer server = HttpServer.create(address, 0);
        server.createContext("/", exchange -> answer(exchange, 200, "text/html; charset=utf-8", page()));
        server.createContext(
                "/healthz",
                exchange -> answer(
                        exchange, leaving ? 503 : 200, "text/plain; charset=utf-8", leaving ? "leaving\n" : "ok\n"));
        server.setExecutor(Executors.newFixedThreadPool(THREADS));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> leave(server, drainSeconds), "leave"));
        server.start();
        System.out.println("version " + version + " listens on port " + address.getPort());
    }

    /** Goes on serving for a while, so that whoever asks after health has time to notice. */
    private void leave(HttpServer server, int drainSeconds) {
        leaving = true;
        try {
            TimeUnit.SECONDS.sleep(drainSeconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // With nothing in progress, older JDKs would wait to the end all the same.
        server.stop(inProgress.get() == 0 ? 0 : LAST_ANSWER_SECONDS);
    }

    private void answer(HttpExchange exchange, int status, String type, String text) throws IOException {
        inProgress.incrementAndGet();
        try (exchange) {
            exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            if (leaving) {
                exchange.getResponseHeaders().set("Connection", "close");
            }
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.sendResponseHeaders(status, -1);
            } else {
                exchange.sendResponseHeaders(status, body.length);
                exchange.getResponseBody().write(body);
            }
        } finally {
            inProgress.decrementAndGet();
        }
    }

    private String page() {
        return """
                <!doctype html>
                <html lang="en">
                <title>Upkeep sample</title>
                <h1>Upkeep sample</h1>
                <p>Version <b>%s</b>, instance <b>%s</b>.</p>
                </html>
                """.formatted(version, instance);
    }
}
