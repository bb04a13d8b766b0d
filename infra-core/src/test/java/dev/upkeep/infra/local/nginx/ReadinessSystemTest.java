package dev.upkeep.infra.local.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.upkeep.infra.local.process.Ports;
import dev.upkeep.infra.server.NginxSettings;
import dev.upkeep.infra.spec.AppHealth;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the real nginx says of an application that is well, ill, slow or not there. */
class ReadinessSystemTest {

    private static final String READY = "/.well-known/upkeep/ready";

    @TempDir
    Path folder;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer app;
    private volatile int status = 200;

    @BeforeEach
    void startApplication() throws IOException {
        app = HttpServer.create(Ports.address(0), 0);
        app.createContext("/", exchange -> {
            StringBuilder request = new StringBuilder(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            exchange.getRequestHeaders()
                    .forEach((name, values) ->
                            request.append('\n').append(name).append(": ").append(values));
            request.append('\n').append(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            asked.add(request.toString());
            byte[] body = "internal detail".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("X-Secret", "internal header");
            exchange.getResponseHeaders().set("Location", "https://internal.example/");
            exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=internal");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        app.start();
    }

    @AfterEach
    void stopApplication() {
        app.stop(0);
    }

    private ServingNginx nginx(AppHealth health, UnaryOperator<NginxSettings> settings) throws Exception {
        int port = app.getAddress().getPort();
        return new ServingNginx(folder, plain -> settings.apply(plain.withApp(port, health)));
    }

    @ParameterizedTest
    @CsvSource({
        "200, 200, 200, 200",
        "204, 200, 200, 200",
        "301, 503, 200, 200",
        "302, 503, 200, 200",
        "401, 503, 200, 200",
        "403, 503, 200, 200",
        "404, 503, 200, 200",
        "429, 503, 200, 200",
        "500, 503, 503, 200",
        "502, 503, 503, 200",
        "503, 503, 503, 200",
    })
    void theRuleSaysWhichAnswersOfTheApplicationCount(int answer, int success, int below500, int any) throws Exception {
        status = answer;
        for (var expected : List.of(
                List.of(AppHealth.at("/healthz"), success),
                List.of(AppHealth.standard(), below500),
                List.of(AppHealth.anyAnswer(), any))) {
            try (ServingNginx nginx = nginx((AppHealth) expected.get(0), plain -> plain)) {
                assertThat(nginx.get(READY)).startsWith("HTTP/1.1 " + expected.get(1) + " ");
            }
        }
    }

    @Test
    void nothingOfTheApplicationsAnswerComesOut() throws Exception {
        for (int answer : new int[] {200, 401, 302, 500}) {
            status = answer;
            try (ServingNginx nginx = nginx(AppHealth.standard(), plain -> plain)) {
                assertThat(nginx.get(READY))
                        .contains("\nCache-Control: no-store\n")
                        .endsWith(answer == 500 ? "\n\nnot ready" : "\n\n1.0.6")
                        .doesNotContainIgnoringCase("internal", "Location:", "ETag", "Last-Modified");
            }
        }
    }

    @Test
    void whoAsksTooOftenThroughTheLoadBalancerIsRefusedAndItsOwnQuestionIsNot() throws Exception {
        String request = "GET " + READY + " HTTP/1.1";
        try (ServingNginx nginx = nginx(AppHealth.standard(), plain -> plain.behind(List.of("127.0.0.1")))) {
            Set<String> answers = new HashSet<>();
            for (int number = 0; number < 400 && !answers.contains("HTTP/1.1 429"); number++) {
                answers.add(nginx.statusOf(request, "Host: shop", "X-Forwarded-For: 127.0.0.1", "Connection: close"));
            }

            assertThat(answers).containsExactlyInAnyOrder("HTTP/1.1 200", "HTTP/1.1 429");
            assertThat(nginx.statusOf(request, "Host: shop", "Connection: close"))
                    .isEqualTo("HTTP/1.1 200");
        }
    }

    @Test
    void nothingOfTheRequestReachesTheApplication() throws Exception {
        try (ServingNginx nginx = nginx(AppHealth.at("/healthz?deep=1"), plain -> plain)) {
            nginx.ask(
                    "GET " + READY + "?x=" + "a".repeat(3000) + " HTTP/1.1",
                    "Host: evil.example",
                    "Cookie: a=b",
                    "Authorization: Basic abc",
                    "X-Forwarded-For: 6.6.6.6",
                    "X-Evil: 1");

            assertThat(asked).hasSize(1);
            assertThat(asked.get(0))
                    .startsWith("GET /healthz?deep=1\n")
                    .contains("Host: [localhost]")
                    .doesNotContainIgnoringCase("evil", "cookie", "authorization", "6.6.6.6", "aaa");
        }
    }

    @Test
    void onlyReadingIsAllowed() throws Exception {
        try (ServingNginx nginx = nginx(AppHealth.standard(), plain -> plain)) {
            assertThat(nginx.ask("HEAD " + READY + " HTTP/1.1", "Host: x"))
                    .startsWith("HTTP/1.1 200 ")
                    .endsWith("\n\n");
            assertThat(nginx.ask("POST " + READY + " HTTP/1.1", "Host: x", "Content-Length: 0"))
                    .startsWith("HTTP/1.1 405 ")
                    .contains("\nAllow: GET, HEAD\n");
            assertThat(asked).hasSize(1);
            assertThat(nginx.get("/.well-known/upkeep/application")).startsWith("HTTP/1.1 404 ");
            assertThat(asked).hasSize(1);
        }
    }

    @Test
    void anApplicationThatIsNotThereIsNeverHealthy() throws Exception {
        try (ServingNginx nginx = nginx(AppHealth.anyAnswer(), plain -> plain)) {
            assertThat(nginx.get(READY)).startsWith("HTTP/1.1 200 ");
            app.stop(0);
            assertThat(nginx.get(READY)).startsWith("HTTP/1.1 503 ");
            assertThat(nginx.get("/version.txt")).startsWith("HTTP/1.1 200 ").endsWith("1.0.6");
        }
    }

    @Test
    void anApplicationThatHangsIsGivenUpAtItsLimit() throws Exception {
        try (ServerSocket silent = new ServerSocket()) {
            silent.bind(Ports.address(0));
            AppHealth health = AppHealth.anyAnswer().within(Duration.ofMillis(200));
            try (ServingNginx nginx = new ServingNginx(folder, plain -> plain.withApp(silent.getLocalPort(), health))) {
                assertThat(nginx.get(READY)).startsWith("HTTP/1.1 503 ");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"www.example.org", "127.0.0.1", "evil.example"})
    void everyNameIsAnsweredAndTheApplicationHearsItsOwn(String host) throws Exception {
        try (ServingNginx nginx = nginx(AppHealth.at("/healthz"), plain -> plain.named("www.example.org"))) {
            assertThat(nginx.ask("GET " + READY + " HTTP/1.1", "Host: " + host))
                    .startsWith("HTTP/1.1 200 ")
                    .endsWith("1.0.6");
            assertThat(asked.get(0)).contains("Host: [www.example.org]");
        }
    }

    @Test
    void withHttpsBothPathsAreAnsweredOnThePlainPortWithoutARedirect() throws Exception {
        TestCertificate.make(folder);
        int tlsPort = new Ports(folder + "/tls").choose(java.util.Set.of());
        try (ServingNginx nginx = nginx(
                AppHealth.standard(),
                plain -> plain.withTls("localhost", "127.0.0.1:" + tlsPort, "cert.pem", "key.pem"))) {
            for (String path : List.of(READY, "/version.txt")) {
                assertThat(nginx.ask("GET " + path + " HTTP/1.1", "Host: 127.0.0.1"))
                        .startsWith("HTTP/1.1 200 ")
                        .endsWith("1.0.6")
                        .doesNotContain("Strict-Transport-Security");
            }
            assertThat(asked.get(0)).contains("X-forwarded-proto: [https]");
            assertThat(nginx.get("/")).startsWith("HTTP/1.1 301 ").doesNotContain("Strict-Transport-Security");
        }
    }

    @Test
    void withoutAnApplicationASiteIsReadyAndHasNothingBehindIt() throws Exception {
        Files.createDirectories(folder.resolve("site/none"));
        Files.writeString(folder.resolve("site/index.html"), "hello");
        try (ServingNginx nginx =
                new ServingNginx(folder, plain -> plain.withoutApp().withSite(Optional.of("site")))) {
            assertThat(nginx.get(READY)).startsWith("HTTP/1.1 200 ").endsWith("1.0.6");
            assertThat(nginx.get("/")).startsWith("HTTP/1.1 200 ").endsWith("hello");
            assertThat(nginx.get("/elsewhere")).startsWith("HTTP/1.1 404 ");
        }
    }
}
