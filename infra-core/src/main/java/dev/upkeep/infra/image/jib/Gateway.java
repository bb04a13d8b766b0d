package dev.upkeep.infra.image.jib;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.upkeep.infra.failure.InfraException;
import dev.upkeep.infra.image.registry.ImageSource;
import dev.upkeep.infra.image.registry.Manifest;
import dev.upkeep.infra.image.registry.Manifest.Part;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The registry that Jib speaks with: it has the base in the repository {@code base} and takes the image into
 * {@code target}. What lies behind them is asked in our own words and with our own rules: for credentials, TLS, tags, and
 * what has to be sent. Listens on loopback, for one build.
 */
final class Gateway implements AutoCloseable {

    private static final String BASE = "base";
    private static final String TARGET = "target";
    private static final int SECRET_BYTES = 16;

    private static final String UPLOADS = "blobs/uploads/";

    /** Part of every path: whoever else is on this machine must not write with the user's credentials. */
    private final String secret = secret();

    private final Optional<ImageSource> base;
    private final Destination destination;
    private final HttpServer server;
    private final PlainFront front;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "upkeep-image");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, Part> baseParts = new ConcurrentHashMap<>();
    private final Map<String, Destination.Begun> uploads = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicReference<InfraException> failure = new AtomicReference<>();

    Gateway(Optional<ImageSource> base, Destination destination) throws IOException {
        this.base = base;
        this.destination = destination;
        this.server =
                HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
        server.setExecutor(threads);
        server.createContext(path(BASE), exchange -> serve(exchange, this::fromBase));
        server.createContext(path(TARGET), exchange -> serve(exchange, this::toTarget));
        server.createContext("/v2/", exchange -> serve(exchange, each -> answer(each, 200)));
        server.start();
        this.front = new PlainFront(server.getAddress(), threads);
    }

    private static String secret() {
        byte[] bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private String path(String repository) {
        return "/v2/" + secret + "/" + repository + "/";
    }

    String address() {
        return "127.0.0.1:" + front.port();
    }

    /** The name of the repository that has the base. */
    String base() {
        return address() + "/" + secret + "/" + BASE;
    }

    /** The name of the repository that takes the image. */
    String target() {
        return address() + "/" + secret + "/" + TARGET;
    }

    /** What went wrong behind it first; Jib only learns that something did. */
    Optional<InfraException> failure() {
        return Optional.ofNullable(failure.get());
    }

    private interface Handler {
        void handle(HttpExchange exchange) throws IOException, InterruptedException;
    }

    private void serve(HttpExchange exchange, Handler handler) {
        try (exchange) {
            if (failure.get() == null) {
                handler.handle(exchange);
            } else {
                answerFailure(exchange);
            }
        } catch (InfraException e) {
            failure.compareAndSet(null, e);
            answerFailure(exchange);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            answerFailure(exchange);
        } catch (IOException gone) {
            // Jib has closed the connection, and says why.
            exchange.close();
        }
    }

    /** Takes all of the request first: to a connection that is closed under its hands, Jib comes back for minutes. */
    private static void answerFailure(HttpExchange exchange) {
        try {
            exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
            answer(exchange, 400);
        } catch (IOException gone) {
            exchange.close();
        }
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
    }

    private void fromBase(HttpExchange exchange) throws IOException, InterruptedException {
        String path = rest(exchange, BASE);
        if (base.isEmpty()) {
            answer(exchange, 404);
        } else if (path.startsWith("manifests/")) {
            manifest(exchange, base.get(), path.substring("manifests/".length()));
        } else {
            blob(exchange, base.get(), path.substring("blobs/".length()));
        }
    }

    private void manifest(HttpExchange exchange, ImageSource source, String identifier)
            throws IOException, InterruptedException {
        Optional<Manifest> found = source.manifest(identifier);
        if (found.isEmpty()) {
            answer(exchange, 404);
            return;
        }
        Manifest manifest = found.get();
        manifest.layers().forEach(part -> baseParts.put(part.digest(), part));
        manifest.config().ifPresent(part -> baseParts.put(part.digest(), part));
        exchange.getResponseHeaders().set("Content-Type", manifest.mediaType());
        exchange.getResponseHeaders().set("Docker-Content-Digest", manifest.digest());
        byte[] bytes = manifest.bytes();
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private void blob(HttpExchange exchange, ImageSource source, String digest)
            throws IOException, InterruptedException {
        try (InputStream content = source.blob(digest)) {
            Part part = baseParts.getOrDefault(digest, new Part(digest, 0));
            exchange.sendResponseHeaders(200, part.size());
            try (OutputStream body = exchange.getResponseBody()) {
                content.transferTo(body);
            }
        }
    }

    private void toTarget(HttpExchange exchange) throws IOException, InterruptedException {
        String path = rest(exchange, TARGET);
        String method = exchange.getRequestMethod();
        if (method.equals("HEAD") && path.startsWith("blobs/")) {
            look(exchange, path.substring("blobs/".length()));
        } else if (method.equals("POST")) {
            answerAt(exchange, String.valueOf(numbers.incrementAndGet()), 202);
        } else if (method.equals("PATCH")) {
            String number = path.substring(UPLOADS.length());
            uploads.put(number, destination.begin(exchange.getRequestBody()));
            answerAt(exchange, number, 202);
        } else if (method.equals("PUT") && path.startsWith(UPLOADS)) {
            finish(exchange, path.substring(UPLOADS.length()));
        } else if (method.equals("PUT")) {
            take(exchange, path.substring("manifests/".length()));
        } else {
            answer(exchange, 404);
        }
    }

    private void look(HttpExchange exchange, String digest) throws IOException, InterruptedException {
        Part part = baseParts.getOrDefault(digest, new Part(digest, 0));
        boolean there = destination.has(part, baseParts.containsKey(digest));
        if (there) {
            exchange.getResponseHeaders().set("Content-Length", String.valueOf(part.size()));
        }
        answer(exchange, there ? 200 : 404);
    }

    private void finish(HttpExchange exchange, String number) throws IOException, InterruptedException {
        Destination.Begun begun = uploads.remove(number);
        String query = exchange.getRequestURI().getQuery();
        if (begun == null || query == null) {
            answer(exchange, 404);
            return;
        }
        begun.finish(query.replaceFirst(".*digest=", ""));
        answer(exchange, 201);
    }

    private void take(HttpExchange exchange, String identifier) throws IOException, InterruptedException {
        String type = String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type"));
        Manifest manifest = Manifest.parse(type, exchange.getRequestBody().readAllBytes());
        destination.manifest(identifier, manifest);
        exchange.getResponseHeaders().set("Docker-Content-Digest", manifest.digest());
        answer(exchange, 201);
    }

    private void answerAt(HttpExchange exchange, String number, int status) throws IOException {
        exchange.getResponseHeaders().set("Location", path(TARGET) + UPLOADS + number);
        answer(exchange, status);
    }

    private String rest(HttpExchange exchange, String repository) {
        return exchange.getRequestURI().getPath().substring(path(repository).length());
    }

    @Override
    public void close() {
        front.close();
        server.stop(0);
        threads.shutdownNow();
    }
}
