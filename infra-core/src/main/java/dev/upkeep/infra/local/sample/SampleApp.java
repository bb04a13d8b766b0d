package dev.upkeep.infra.local.sample;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Executors;

/** A small page that says which version and which instance answered; {@code /healthz} says {@code ok}. */
public final class SampleApp {

    private static final int THREADS = 8;

    private final String version;
    private final String instance;

    private SampleApp(String version, String instance) {
        this.version = version;
        this.instance = instance;
    }

    /**
     * Serves on 127.0.0.1 until the process is ended.
     *
     * @param arguments none; {@code PORT}, {@code VERSION} and {@code UPKEEP_INSTANCE} come from the environment
     * @throws IOException if the port is taken
     */
    public static void main(String[] arguments) throws IOException {
        Map<String, String> environment = System.getenv();
        int port = Integer.parseInt(environment.getOrDefault("PORT", "8080"));
        Path folder = Path.of(environment.getOrDefault("UPKEEP_INSTANCE", "/local"));
        SampleApp app =
                new SampleApp(environment.getOrDefault("VERSION", "unknown"), String.valueOf(folder.getFileName()));
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), 0);
        server.createContext("/", exchange -> app.answer(exchange, "text/html; charset=utf-8", app.page()));
        server.createContext("/healthz", exchange -> app.answer(exchange, "text/plain; charset=utf-8", "ok\n"));
        server.setExecutor(Executors.newFixedThreadPool(THREADS));
        server.start();
    }

    private void answer(HttpExchange exchange, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(200, -1);
        } else {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
        exchange.close();
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
