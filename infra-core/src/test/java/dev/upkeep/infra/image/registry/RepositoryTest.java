package dev.upkeep.infra.image.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.upkeep.infra.image.reference.ImageReference;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RepositoryTest {

    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final List<Duration> pauses = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-26T10:00:00Z");
    private HttpServer server;
    private int failures;
    private String accepted = "";
    private String elsewhere = "";
    private int tokens;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String registry() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    private Repository repository(RegistryLogin login) {
        return new RegistryAccess(login, Set.of(), () -> now, pauses::add)
                .repository(ImageReference.parse(registry() + "/shop/web"));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + authorization);
        String path = exchange.getRequestURI().getPath();
        if (path.equals("/token")) {
            tokens++;
            accepted = "Bearer t" + tokens;
            send(exchange, 200, "{\"token\": \"t" + tokens + "\", \"expires_in\": 60}");
        } else if (!accepted.isEmpty() && !authorization.equals(accepted)) {
            exchange.getResponseHeaders()
                    .set(
                            "WWW-Authenticate",
                            accepted.startsWith("Basic")
                                    ? "Basic realm=\"r\""
                                    : "Bearer realm=\"http://" + registry()
                                            + "/token\",service=\"s t\",scope=\"repository:shop/web:pull\"");
            send(
                    exchange,
                    401,
                    "{\"errors\": [{\"code\": \"UNAUTHORIZED\", \"message\": \"authentication required\"}]}");
        } else if (!elsewhere.isEmpty() && exchange.getRequestMethod().equals("POST")) {
            exchange.getResponseHeaders().set("Location", elsewhere);
            send(exchange, 202, "");
        } else if (failures > 0) {
            failures--;
            send(exchange, 503, "out of order");
        } else {
            exchange.getResponseHeaders().set("Docker-Content-Digest", "sha256:1");
            send(exchange, path.endsWith("absent") ? 404 : 200, "");
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head || bytes.length == 0 ? -1 : bytes.length);
        if (!head) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    @Test
    void showsNoCredentialUntilTheRegistryAsksForOne() throws InterruptedException {
        Repository repository = repository(registry -> Optional.of(new RegistryCredential("me", "secret")));

        assertThat(repository.digest("1.0.6")).contains("sha256:1");
        assertThat(repository.digest("absent")).isEmpty();
        assertThat(requests).allMatch(request -> request.endsWith(" null"));
    }

    @Test
    void logsInWithUserAndPasswordAndSaysWhoWasRefusedWithoutThePassword() throws InterruptedException {
        accepted = new RegistryCredential("me", "secret").basic();

        assertThat(repository(registry -> Optional.of(new RegistryCredential("me", "secret")))
                        .digest("1.0.6"))
                .contains("sha256:1");
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> repository(registry -> Optional.of(new RegistryCredential("me", "wr0ng")))
                        .delete("sha256:1"))
                .withMessageContaining("as user me: it answered 401 (UNAUTHORIZED: authentication required)")
                .withMessageContaining("docker login " + registry())
                .withMessageNotContaining("wr0ng")
                .satisfies(e -> assertThat(e.status()).hasValue(401));
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> repository(RegistryLogin.none()).hasBlob("sha256:1"))
                .withMessageContaining("without a user");
        assertThat(new RegistryCredential("me", "secret")).asString().doesNotContain("secret");
    }

    @Test
    void getsATokenWhereTheRegistrySaysAndANewOneBeforeItExpires() throws InterruptedException {
        accepted = "Bearer none";
        Repository repository = repository(registry -> Optional.of(new RegistryCredential("me", "secret")));

        repository.digest("1.0.6");
        repository.digest("1.0.6");
        now = now.plusSeconds(46);
        repository.digest("1.0.6");

        assertThat(tokens).isEqualTo(2);
        assertThat(requests)
                .contains("GET /token?scope=repository%3Ashop%2Fweb%3Apull&service=s+t "
                        + new RegistryCredential("me", "secret").basic());
    }

    @Test
    void asksAgainWhenTheRegistryIsOutOfOrderAndGivesUpInTheEnd() throws InterruptedException {
        failures = 2;
        assertThat(repository(RegistryLogin.none()).digest("1.0.6")).contains("sha256:1");
        assertThat(pauses).containsExactly(Duration.ofMillis(500), Duration.ofSeconds(1));

        failures = 3;
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> repository(RegistryLogin.none()).digest("1.0.6"))
                .withMessageContaining("it answered 503")
                .matches(RegistryException::isPassing);
    }

    @Test
    void saysThatTheConnectionWasRefused() {
        String gone = registry();
        server.stop(0);

        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> RegistryAccess.of(RegistryLogin.none())
                        .repository(ImageReference.parse(gone + "/shop/web"))
                        .digest("1.0.6"))
                .withMessageContaining("Tried to find 1.0.6 on registry " + gone + ", repository shop/web")
                .withMessageContaining("the connection was refused")
                .matches(e -> !e.isPassing());
    }

    @Test
    void speaksTlsEverywhereButOnThisMachineUnlessAllowed() {
        RegistryAccess access = RegistryAccess.of(RegistryLogin.none());

        assertThat(access.isPlain("127.0.0.1:5000")).isTrue();
        assertThat(access.isPlain("[::1]:5000")).isTrue();
        assertThat(access.isPlain("localhost")).isTrue();
        assertThat(access.isPlain("127.example.org")).isFalse();
        assertThat(access.isPlain("registry.example.org")).isFalse();
        assertThat(access.withPlainHttp(Set.of("registry.example.org")).isPlain("registry.example.org"))
                .isTrue();
    }

    @Test
    void readsAChallengeWithCommasInQuotes() {
        Challenge challenge = Challenge.parse("Bearer realm=\"https://a/b\", scope=\"repository:x:pull,push\", n=1")
                .orElseThrow();

        assertThat(challenge.scheme()).isEqualTo("bearer");
        assertThat(challenge.parameter("scope")).contains("repository:x:pull,push");
        assertThat(challenge.parameter("n")).contains("1");
    }

    @Test
    void asksTheNextLoginWhereTheRegistryRefusesWhatTheFirstOneKept() throws InterruptedException {
        accepted = new RegistryCredential("me", "fresh").basic();
        RegistryLogin kept = registry -> Optional.of(new RegistryCredential("me", "stale"));
        RegistryLogin fetched = registry -> Optional.of(new RegistryCredential("me", "fresh"));

        assertThat(repository(kept.or(fetched)).digest("1.0.6")).contains("sha256:1");
        assertThat(requests).hasSize(3);
    }

    /** Each login gives another secret, of which the first was taken once and is no longer. */
    private Repository repositoryWhoseLoginHasExpired(List<RegistryCredential> given) throws InterruptedException {
        Repository repository = repository(registry -> {
            given.add(new RegistryCredential("me", "secret" + given.size()));
            return Optional.of(given.get(given.size() - 1));
        });
        accepted = new RegistryCredential("me", "secret0").basic();
        repository.digest("1.0.6");
        accepted = new RegistryCredential("me", "secret1").basic();
        return repository;
    }

    @Test
    void takesAnotherCredentialWhenTheOneThatWasTakenExpires() throws InterruptedException {
        List<RegistryCredential> given = new ArrayList<>();
        Repository repository = repositoryWhoseLoginHasExpired(given);

        assertThat(repository.digest("1.0.6")).contains("sha256:1");
        assertThat(given).hasSize(2);
    }

    @Test
    void showsTheCredentialToNobodyElse() throws InterruptedException {
        accepted = new RegistryCredential("me", "secret").basic();
        elsewhere = "http://localhost:" + server.getAddress().getPort() + "/elsewhere";
        Repository repository = repository(registry -> Optional.of(new RegistryCredential("me", "secret")));

        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> repository.begin(new ByteArrayInputStream(new byte[] {1})));

        assertThat(requests)
                .contains("POST /v2/shop/web/blobs/uploads/ " + accepted, "PATCH /elsewhere null")
                .noneMatch(request -> request.contains("/elsewhere Basic"));
    }

    @Test
    void saysWhatItWasLedToWhereThatIsNoAddress() {
        elsewhere = "http://[no address";

        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> repository(RegistryLogin.none()).begin(new ByteArrayInputStream(new byte[] {1})))
                .withMessageContaining("\"http://[no address\", which is no address; see its configuration");
    }

    @Test
    void goesOnOverTlsWhereARegistryBehindAFrontDoesNotKnowOfIt() {
        RegistryHttp http = new RegistryHttp(
                new RegistryAccess(RegistryLogin.none(), Set.of(), () -> now, pauses::add),
                "registry.example.org",
                "shop/web");
        URI asked = http.uri("blobs/uploads/");

        assertThat(http.next(asked, "http://registry.example.org/v2/shop/web/blobs/uploads/1?a=b"))
                .hasToString("https://registry.example.org/v2/shop/web/blobs/uploads/1?a=b");
        assertThat(http.next(asked, "/v2/1")).hasToString("https://registry.example.org/v2/1");
        assertThat(http.next(asked, "http://other.example.org/1")).hasToString("http://other.example.org/1");
    }

    @Test
    void saysOfAnUploadThatItIsWorthAnotherTryWhenTheLoginExpired() throws InterruptedException {
        List<RegistryCredential> given = new ArrayList<>();
        Repository repository = repositoryWhoseLoginHasExpired(given);

        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> repository.send(
                        "1.0.6",
                        Manifest.parse(
                                "application/vnd.docker.distribution.manifest.v2+json",
                                "{}".getBytes(StandardCharsets.UTF_8))))
                .withMessageContaining("the login had expired")
                .matches(RegistryException::isPassing);
    }
}
