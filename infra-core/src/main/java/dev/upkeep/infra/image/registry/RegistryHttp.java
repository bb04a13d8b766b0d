package dev.upkeep.infra.image.registry;

import dev.upkeep.infra.image.reference.ImageReference;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Sends requests to one repository, with what the registry wants to see of the user. Safe for use by several threads. */
final class RegistryHttp {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration UPLOAD_TIMEOUT = Duration.ofMinutes(30);
    private static final int ATTEMPTS = 3;
    private static final int MOST_REDIRECTS = 5;
    private static final int MOST_LOGINS = 3;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

    private final RegistryAccess access;
    private final String registry;
    private final String repository;
    private final Authorization authorization;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /** What is sent: its purpose in words, and what else there is to it. */
    record Call(String purpose, String method, URI uri, Optional<String> accept, Optional<BodyPublisher> upload) {

        static Call of(String purpose, String method, URI uri) {
            return new Call(purpose, method, uri, Optional.empty(), Optional.empty());
        }

        Call accepting(String types) {
            return new Call(purpose, method, uri, Optional.of(types), upload);
        }

        Call sending(BodyPublisher body) {
            return new Call(purpose, method, uri, accept, Optional.of(body));
        }

        private boolean isRepeatable() {
            return upload.isEmpty();
        }
    }

    RegistryHttp(RegistryAccess access, String registry, String repository) {
        this.access = access;
        this.registry = registry;
        this.repository = repository;
        this.authorization = new Authorization(access, registry, repository);
    }

    String registry() {
        return registry;
    }

    String repository() {
        return repository;
    }

    /** A place below the repository, such as {@code tags/list}. */
    URI uri(String path) {
        return base().resolve("/v2/" + repository + "/" + path);
    }

    private URI base() {
        String host = registry.equals(ImageReference.DOCKER_HUB) ? "registry-1.docker.io" : registry;
        return URI.create((access.isPlain(registry) ? "http://" : "https://") + host + "/");
    }

    /** Where a registry says that something goes on. One behind a front that ends TLS may not know how it was asked. */
    URI next(URI asked, String location) {
        URI next = resolve(asked, location);
        URI base = base();
        boolean isDowngraded =
                "http".equals(next.getScheme()) && "https".equals(base.getScheme()) && isHost(next, base);
        return isDowngraded
                ? URI.create(base.getScheme() + "://" + base.getRawAuthority() + next.getRawPath()
                        + (next.getRawQuery() == null ? "" : "?" + next.getRawQuery()))
                : next;
    }

    /** Of what a server of a registry sends, which may be anything. */
    URI resolve(URI asked, String reference) {
        try {
            return asked.resolve(reference);
        } catch (IllegalArgumentException e) {
            throw new RegistryException(
                    registry,
                    OptionalInt.empty(),
                    "Tried to go on where registry " + where() + " leads: it says \"" + reference
                            + "\", which is no address; see its configuration",
                    e);
        }
    }

    /** Whether it is the registry itself; nobody else may see the user's credentials. */
    private boolean isOwn(URI uri) {
        URI base = base();
        return base.getScheme().equalsIgnoreCase(uri.getScheme()) && isHost(uri, base) && port(uri) == port(base);
    }

    private static boolean isHost(URI uri, URI base) {
        return base.getHost() != null && base.getHost().equalsIgnoreCase(uri.getHost());
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    }

    /**
     * Sends a request, several times if the registry is out of order for a moment and the request can be repeated.
     *
     * @param expected the statuses that are an answer; every other one is a failure
     * @return the answer, whose body is to be closed
     */
    HttpResponse<InputStream> send(Call call, Set<Integer> expected) throws InterruptedException {
        int attempts = call.isRepeatable() ? ATTEMPTS : 1;
        return new Backoff(attempts, FIRST_PAUSE, access.sleeper()).run(() -> once(call, expected), failed -> {});
    }

    private HttpResponse<InputStream> once(Call call, Set<Integer> expected) throws InterruptedException {
        boolean own = isOwn(call.uri());
        Optional<String> shown = own ? authorization.header(this) : Optional.empty();
        HttpResponse<InputStream> answer = exchange(call, call.uri(), shown);
        for (int logins = 0;
                own && logins < MOST_LOGINS && answer.statusCode() == 401 && loggedIn(answer, shown);
                logins++) {
            if (!call.isRepeatable()) {
                throw expired(call, answer);
            }
            close(answer);
            shown = authorization.header(this);
            answer = exchange(call, call.uri(), shown);
        }
        answer = redirected(call, answer);
        if (!expected.contains(answer.statusCode())) {
            throw failure(call, answer);
        }
        return answer;
    }

    /** Whether there is now something else to show to the registry than what it has refused. */
    private boolean loggedIn(HttpResponse<InputStream> answer, Optional<String> shown) throws InterruptedException {
        Optional<Challenge> challenge = challenge(answer);
        return challenge.isPresent() && authorization.satisfy(challenge.get(), shown, this);
    }

    private static Optional<Challenge> challenge(HttpResponse<InputStream> answer) {
        return answer.headers().firstValue("WWW-Authenticate").flatMap(Challenge::parse);
    }

    /** What was sent is used up, so all of it has to begin anew. */
    private RegistryException expired(Call call, HttpResponse<InputStream> answer) {
        close(answer);
        String found = "Tried to " + call.purpose() + " on registry " + where() + ": the login had expired";
        return new RegistryException(registry, OptionalInt.of(401), found, new RegistryException.Renewed(found));
    }

    /** Blobs are often kept elsewhere. The credential is not for that place. */
    private HttpResponse<InputStream> redirected(Call call, HttpResponse<InputStream> first)
            throws InterruptedException {
        HttpResponse<InputStream> answer = first;
        for (int count = 0; count < MOST_REDIRECTS && isRedirect(answer) && call.isRepeatable(); count++) {
            URI next =
                    next(answer.uri(), answer.headers().firstValue("Location").orElse(""));
            close(answer);
            answer = exchange(call, next, Optional.empty());
        }
        return answer;
    }

    private static boolean isRedirect(HttpResponse<InputStream> answer) {
        return Set.of(301, 302, 303, 307, 308).contains(answer.statusCode())
                && answer.headers().firstValue("Location").isPresent();
    }

    HttpResponse<InputStream> exchange(Call call, URI uri, Optional<String> authorize) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(call.isRepeatable() ? ANSWER_TIMEOUT : UPLOAD_TIMEOUT)
                .method(call.method(), call.upload().orElseGet(BodyPublishers::noBody));
        call.accept().ifPresent(types -> request.header(call.upload().isPresent() ? "Content-Type" : "Accept", types));
        authorize.ifPresent(value -> request.header("Authorization", value));
        try {
            return client.send(request.build(), BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw RegistryFailures.noAnswer(call.purpose(), where(), registry, e);
        }
    }

    private RegistryException failure(Call call, HttpResponse<InputStream> answer) {
        String said = RegistryFailures.said(answer);
        int status = answer.statusCode();
        boolean forbidden =
                challenge(answer).filter(Challenge::isBeyondTheUsersRights).isPresent();
        int meant = status == 401 && forbidden ? 403 : status;
        String next = access.login()
                .advice(registry, repository, meant)
                .orElseGet(() -> RegistryFailures.next(meant, registry, authorization.isKnown()));
        return new RegistryException(
                registry,
                OptionalInt.of(status),
                "Tried to " + call.purpose() + " on registry " + where() + " " + authorization.who() + ": it answered "
                        + status + said + "; " + next,
                null);
    }

    String where() {
        return registry + ", repository " + repository;
    }

    static void close(HttpResponse<InputStream> answer) {
        try (InputStream body = answer.body()) {
            body.skipNBytes(0);
        } catch (IOException gone) {
            // Nothing of it is wanted any more.
            return;
        }
    }
}
