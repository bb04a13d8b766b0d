package dev.upkeep.system;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.upkeep.system.command.Program;
import dev.upkeep.system.command.Running;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Passes the calls of one process on to an emulator of AWS and to a registry, keeps those that change something there, and kills the process at
 * one of them. What the process does next, it does without this.
 */
final class KillingProxy implements AutoCloseable {

    /** The caller's own business of its connection, which the client here decides for itself. */
    private static final Set<String> NOT_PASSED_ON =
            Set.of("connection", "content-length", "host", "expect", "upgrade", "transfer-encoding", "http2-settings");

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern ACTION = Pattern.compile("(?:^|&)Action=(\\w+)");
    private static final Pattern SUBJECT = Pattern.compile("(?:^|&)StackName=([^&]+)|\"Name\": ?\"([^\"]+)\"");
    private static final Pattern LEASE_RENEWED =
            Pattern.compile("/lease/.*\"Overwrite\": ?true|\"Overwrite\": ?true.*/lease/");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "killing-proxy");
        thread.setDaemon(true);
        return thread;
    });
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI aws;
    private final URI registry;
    private final List<String> changes = new ArrayList<>();
    private Optional<Point> point = Optional.empty();
    private CompletableFuture<Running> victim = new CompletableFuture<>();

    /** On which side of a call a process is killed. */
    enum Side {
        /** The call never arrives. */
        BEFORE,
        /** What it asks for is done, and the process never learns it. */
        AFTER
    }

    /**
     * Where a process is killed.
     *
     * @param change one of {@link #changes}
     * @param side before or after it
     */
    record Point(String change, Side side) {}

    /** One that kills nobody as long as it is not told to. */
    KillingProxy(AwsEmulator aws, DockerRegistry registry) {
        this.aws = URI.create(aws.endpoint());
        this.registry = URI.create("http://" + registry.address());
        try {
            this.server =
                    HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::serve);
        server.setExecutor(threads);
        server.start();
    }

    /** Runs a program that calls through this, and kills it at a point. It must get so far. */
    void kill(Point at, Program program) {
        try (Running process = start(at, program)) {
            process.end(PATIENCE).with(137);
        }
    }

    /** Starts a program that calls through this and is killed at a point. It is to be closed. */
    Running start(Point at, Program program) {
        CompletableFuture<Running> started = new CompletableFuture<>();
        synchronized (changes) {
            changes.clear();
            point = Optional.of(at);
            victim = started;
        }
        Running process = program.start();
        started.complete(process);
        return process;
    }

    /** As names of images begin. */
    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** Where AWS is to be asked. */
    String endpoint() {
        return "http://" + address();
    }

    /**
     * The calls that change something since the beginning or the last kill, such as {@code ExecuteChangeSet 2} for the second one; without renewals of a
     * lease, which come by time.
     */
    List<String> changes() {
        synchronized (changes) {
            return List.copyOf(changes);
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Optional<Side> killed = side(exchange, body);
            if (killed.equals(Optional.of(Side.BEFORE))) {
                kill();
                return;
            }
            HttpResponse<byte[]> answer = passOn(exchange, body);
            if (killed.isPresent()) {
                kill();
                return;
            }
            answer(exchange, answer);
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** On which side of this call the process is to be killed, empty if it is another call. */
    private Optional<Side> side(HttpExchange exchange, byte[] body) {
        Optional<String> change = change(exchange, new String(body, StandardCharsets.ISO_8859_1));
        if (change.isEmpty()) {
            return Optional.empty();
        }
        synchronized (changes) {
            long same = changes.stream()
                    .filter(before -> before.startsWith(change.get() + " "))
                    .count();
            String numbered = change.get() + " " + (same + 1);
            changes.add(numbered);
            Optional<Side> side =
                    point.filter(at -> at.change().equals(numbered)).map(Point::side);
            if (side.isPresent()) {
                point = Optional.empty();
            }
            return side;
        }
    }

    private void kill() {
        CompletableFuture<Running> started;
        synchronized (changes) {
            started = victim;
        }
        started.join().killIfRunning().end();
    }

    private static Optional<String> change(HttpExchange exchange, String body) {
        return isForRegistry(exchange) ? changeOfImages(exchange) : changeOfAws(exchange, body);
    }

    private static boolean isForRegistry(HttpExchange exchange) {
        return exchange.getRequestURI().getPath().startsWith("/v2/");
    }

    private static Optional<String> changeOfImages(HttpExchange exchange) {
        String method = exchange.getRequestMethod();
        return method.equals("GET") || method.equals("HEAD")
                ? Optional.empty()
                : Optional.of("image " + method
                        + (exchange.getRequestURI().getPath().contains("/manifests/") ? " manifest" : " blob"));
    }

    private static Optional<String> changeOfAws(HttpExchange exchange, String body) {
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        Matcher action = ACTION.matcher(body);
        String name = target != null ? target.substring(target.indexOf('.') + 1) : action.find() ? action.group(1) : "";
        boolean reads = name.startsWith("Describe") || name.startsWith("Get") || name.startsWith("List");
        return reads || LEASE_RENEWED.matcher(body).find()
                ? Optional.empty()
                : Optional.of((name + " " + subject(body)).strip());
    }

    /** The name of a stack or of a parameter, also where an ARN has it. */
    private static String subject(String body) {
        Matcher matcher = SUBJECT.matcher(body);
        if (!matcher.find()) {
            return "";
        }
        String found = matcher.group(1) != null
                ? URLDecoder.decode(matcher.group(1), StandardCharsets.UTF_8)
                : matcher.group(2);
        return found.replaceFirst("^arn:.*:stack/([^/]+)/.*", "$1");
    }

    private HttpResponse<byte[]> passOn(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
        URI to = isForRegistry(exchange) ? registry : aws;
        HttpRequest.Builder request = HttpRequest.newBuilder(to.resolve(exchange.getRequestURI()))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!NOT_PASSED_ON.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static void answer(HttpExchange exchange, HttpResponse<byte[]> answer) throws IOException {
        boolean hasNoBody = exchange.getRequestMethod().equals("HEAD") || answer.body().length == 0;
        answer.headers().map().forEach((name, values) -> {
            boolean isLength = name.equalsIgnoreCase("content-length");
            if (!name.equalsIgnoreCase("transfer-encoding")
                    && !name.equalsIgnoreCase("connection")
                    && (!isLength || hasNoBody)) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
        exchange.sendResponseHeaders(answer.statusCode(), hasNoBody ? -1 : answer.body().length);
        exchange.getResponseBody().write(answer.body());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
