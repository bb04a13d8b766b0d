package dev.upkeep.infra.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.infra.local.nginx.TestCertificate;
import dev.upkeep.infra.local.process.Ports;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What users, load balancers and the application see of the two nginx of a server. */
class EdgeAndWebSystemTest {

    private static final String READY = "/.well-known/upkeep/ready";

    @TempDir
    Path folder;

    private TwoNginx server(UnaryOperator<EdgeSettings> edge) throws Exception {
        TwoNginx server = new TwoNginx(folder, edge);
        server.release("1.0.6", server.webPort);
        server.swapTo("1.0.6");
        return server;
    }

    private TwoNginx server() throws Exception {
        return server(edge -> edge);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/version.txt", READY})
    void theVersionIsTheBytesOfItsFileWithNothingThatCouldBeCached(String path) throws Exception {
        try (TwoNginx server = server()) {
            for (int port : new int[] {server.edgePort, server.webPort}) {
                assertThat(TwoNginx.ask(
                                port,
                                "GET " + path + " HTTP/1.1",
                                "Host: 127.0.0.1",
                                "If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT",
                                "If-None-Match: *",
                                "Range: bytes=0-1",
                                "Accept-Encoding: gzip"))
                        .startsWith("HTTP/1.1 200 ")
                        .contains("\nContent-Type: text/plain\n", "\nContent-Length: 5\n", "\nX-Frame-Options: ")
                        .containsOnlyOnce("\nCache-Control: no-store\n")
                        .doesNotContain("ETag", "Last-Modified", "Accept-Ranges", "Allow", "Strict-Transport")
                        .endsWith("\n\n1.0.6");
                assertThat(TwoNginx.ask(port, "HEAD " + path + " HTTP/1.1", "Host: x"))
                        .startsWith("HTTP/1.1 200 ")
                        .contains("\nContent-Length: 5\n")
                        .endsWith("\n\n");
                assertThat(TwoNginx.ask(port, "POST " + path + " HTTP/1.1", "Host: x", "Content-Length: 0"))
                        .startsWith("HTTP/1.1 405 ")
                        .containsOnlyOnce("\nAllow: GET, HEAD\n");
            }
            assertThat(server.log("edge") + server.log("1.0.6")).doesNotContain(path);
        }
    }

    @Test
    void withoutAReleaseNothingIsReady() throws Exception {
        try (TwoNginx server = new TwoNginx(folder, edge -> edge)) {
            for (String path : List.of("/version.txt", READY)) {
                assertThat(server.get(path))
                        .startsWith("HTTP/1.1 503 ")
                        .contains("\nCache-Control: no-store\n")
                        .endsWith("\n\nnot ready");
            }
            assertThat(server.get("/")).startsWith("HTTP/1.1 502 ");
            server.release("1.0.6", server.webPort);
            server.swapTo("1.0.6");
            assertThat(server.get(READY)).startsWith("HTTP/1.1 200 ").endsWith("1.0.6");
        }
    }

    @Test
    void aReleaseWhoseApplicationIsDeadHasAVersionAndIsNotReady() throws Exception {
        try (TwoNginx server = server()) {
            server.stopApplication();

            assertThat(server.get(READY)).startsWith("HTTP/1.1 503 ").endsWith("not ready");
            assertThat(server.get("/version.txt")).startsWith("HTTP/1.1 200 ").endsWith("1.0.6");
        }
    }

    @Test
    void anotherReleaseIsServedAsSoonAsTheLinkIsRenamed() throws Exception {
        try (TwoNginx server = server();
                Socket kept = new Socket()) {
            server.release("1.0.7", new Ports(folder + "/next").choose(Set.of(server.webPort, server.edgePort)));
            kept.connect(Ports.address(server.edgePort), 2000);
            BufferedReader answers =
                    new BufferedReader(new InputStreamReader(kept.getInputStream(), StandardCharsets.ISO_8859_1));
            for (String version : List.of("1.0.6", "1.0.7", "1.0.6", "1.0.7")) {
                server.swapTo(version);
                kept.getOutputStream()
                        .write("GET /version.txt HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(answers.readLine()).startsWith("HTTP/1.1 200 ");
                while (!answers.readLine().isEmpty()) {
                    assertThat(answers).isNotNull();
                }
                char[] body = new char[version.length()];
                assertThat(answers.read(body)).isEqualTo(version.length());
                assertThat(new String(body)).isEqualTo(version);
            }
        }
    }

    @Test
    void theApplicationHearsFromTheEdgeAloneWhoAsked() throws Exception {
        String[] request = {
            "GET / HTTP/1.1",
            "Host: shop.example",
            "X-Forwarded-For: 6.6.6.6",
            "X-Forwarded-Proto: https",
            "X-Forwarded-Port: 666",
            "X-Request-Id: 66666666666666666666666666666666",
            "X-Real-IP: 6.6.6.6"
        };
        try (TwoNginx server = server()) {
            for (int port : new int[] {server.edgePort, server.webPort}) {
                assertThat(TwoNginx.ask(port, request))
                        .startsWith("HTTP/1.1 200 ")
                        .contains(
                                "\nhost: shop.example\n",
                                "\nx-forwarded-for: 127.0.0.1\n",
                                "\nx-forwarded-port: 80\n",
                                "\nx-forwarded-proto: http\n",
                                "\nx-real-ip: 127.0.0.1\n")
                        .doesNotContain("666");
            }
            assertThat(TwoNginx.ask(server.edgePort, "GET / HTTP/1.1", "Host: shop.example:8088"))
                    .contains("\nhost: shop.example:8088\n", "\nx-forwarded-port: 8088\n");
        }
    }

    @Test
    void oneRequestHasOneIdAndOneClientInBothLogsAndInTheApplication() throws Exception {
        try (TwoNginx server = server(edge -> edge.behind(List.of("127.0.0.1")))) {
            String heard = TwoNginx.ask(
                    server.edgePort,
                    "GET /basket?secret=1 HTTP/1.1",
                    "Host: shop.example",
                    "X-Forwarded-For: 198.51.100.7",
                    "X-Forwarded-Proto: https",
                    "X-Forwarded-Port: 443");

            Matcher id = Pattern.compile("x-request-id: ([0-9a-f]{32})").matcher(heard);
            assertThat(id.find()).as(heard).isTrue();
            assertThat(heard)
                    .contains(
                            "\nx-forwarded-for: 198.51.100.7\n",
                            "\nx-forwarded-port: 443\n",
                            "\nx-forwarded-proto: https\n");
            for (String name : List.of("edge", "1.0.6")) {
                TwoNginx.await("the log of " + name, () -> logOf(server, name).contains("/basket"));
                assertThat(logOf(server, name))
                        .contains("\"id\":\"" + id.group(1) + "\",\"client\":\"198.51.100.7\"")
                        .doesNotContain("secret");
            }
        }
    }

    private static String logOf(TwoNginx server, String name) {
        try {
            return server.log(name);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void whatTheApplicationStreamsIsHeldBackNowhere() throws Exception {
        try (TwoNginx server = server();
                Socket socket = new Socket()) {
            socket.connect(Ports.address(server.edgePort), 2000);
            socket.setSoTimeout(5000);
            socket.getOutputStream()
                    .write("GET /stream HTTP/1.0\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            BufferedReader answer =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            assertThat(answer.lines().dropWhile(line -> !line.isEmpty()).skip(1).findFirst())
                    .hasValue("first");
            server.more.release();
            assertThat(answer.lines().toList()).containsExactly("second");
        }
    }

    @Test
    void versionAndReadinessAreLimitedPerClient() throws Exception {
        try (TwoNginx server = server()) {
            List<String> statuses = new ArrayList<>();
            for (int number = 0; number < 400 && !statuses.contains("429"); number++) {
                statuses.add(server.get("/version.txt").substring(9, 12));
            }

            assertThat(statuses).startsWith("200").contains("429").doesNotContain("503");
        }
    }

    @Test
    void certificateAuthoritiesReadTheirChallengeUnderEveryName() throws Exception {
        Path challenges = Files.createDirectories(folder.resolve("acme/.well-known/acme-challenge"));
        Files.writeString(challenges.resolve("to-ken_1.html"), "to-ken_1.thumbprint");
        TestCertificate.make(folder);
        for (UnaryOperator<EdgeSettings> edge : List.<UnaryOperator<EdgeSettings>>of(
                plain -> plain, plain -> plain.named("shop.example"), plain -> tls(plain, TlsProfile.MODERN))) {
            try (TwoNginx server = new TwoNginx(folder, edge)) {
                for (String host : List.of("shop.example", "127.0.0.1")) {
                    assertThat(TwoNginx.ask(
                                    server.edgePort,
                                    "GET /.well-known/acme-challenge/to-ken_1.html HTTP/1.1",
                                    "Host: " + host))
                            .startsWith("HTTP/1.1 200 ")
                            .contains("\nContent-Type: text/plain\n")
                            .endsWith("\n\nto-ken_1.thumbprint");
                    assertThat(TwoNginx.ask(
                                    server.edgePort,
                                    "GET /.well-known/acme-challenge/../../../edge.conf HTTP/1.1",
                                    "Host: " + host))
                            .doesNotContain("worker_processes");
                }
            }
        }
    }

    @Test
    void untilThereIsACertificateHandshakesAreRefusedAndNobodyIsSentThere() throws Exception {
        Path challenges = Files.createDirectories(folder.resolve("acme/.well-known/acme-challenge"));
        Files.writeString(challenges.resolve("token"), "token.thumbprint");
        try (TwoNginx server = server(plain -> plain.awaitingCertificate("shop.example"))) {
            assertThat(alertTo(server, List.of())).contains("unrecognized_name");
            assertThat(alertTo(server, List.of(new SNIHostName("shop.example"))))
                    .contains("unrecognized_name");
            for (String host : List.of("shop.example", "127.0.0.1")) {
                String name = "Host: " + host;
                assertThat(TwoNginx.ask(server.edgePort, "GET /.well-known/acme-challenge/token HTTP/1.1", name))
                        .startsWith("HTTP/1.1 200 ")
                        .endsWith("\n\ntoken.thumbprint");
                for (String path : List.of("/version.txt", READY)) {
                    assertThat(TwoNginx.ask(server.edgePort, "GET " + path + " HTTP/1.1", name))
                            .startsWith("HTTP/1.1 200 ")
                            .endsWith("\n\n1.0.6");
                }
                assertThat(TwoNginx.ask(server.edgePort, "GET /a HTTP/1.1", name))
                        .startsWith("HTTP/1.1 503 ")
                        .contains("\nRetry-After: 30\n", "\nCache-Control: no-store\n")
                        .doesNotContain("Location", "Strict-Transport", "x-forwarded");
            }

            TestCertificate.make(folder);
            server.reloadEdge(plain -> tls(plain, TlsProfile.MODERN));

            assertThat(overTls(server, "GET / HTTP/1.1", "Host: shop.example")).startsWith("HTTP/1.1 200 ");
            assertThat(server.get("/a")).startsWith("HTTP/1.1 301 ");
        }
    }

    /** Why a client that knows no certificate is refused. */
    private static String alertTo(TwoNginx server, List<SNIServerName> names) throws Exception {
        try (SSLSocket socket =
                (SSLSocket) SSLContext.getDefault().getSocketFactory().createSocket()) {
            socket.connect(Ports.address(server.tlsPort), 2000);
            socket.setSoTimeout(5000);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setServerNames(names);
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return "no alert";
        } catch (SSLException refused) {
            return String.valueOf(refused.getMessage());
        }
    }

    private EdgeSettings tls(EdgeSettings plain, TlsProfile profile) {
        return plain.withTls("shop.example", profile, folder + "/cert.pem", folder + "/key.pem");
    }

    @Test
    void onlyTheNameOfTheCertificateDemandsHttps() throws Exception {
        TestCertificate.make(folder);
        try (TwoNginx server = server(plain -> tls(plain, TlsProfile.INTERMEDIATE))) {
            assertThat(overTls(server, "GET / HTTP/1.1", "Host: shop.example"))
                    .startsWith("HTTP/1.1 200 ")
                    .containsOnlyOnce("\nStrict-Transport-Security: max-age=63072000\n")
                    .contains("\nx-forwarded-proto: https\n", "\nx-forwarded-port: 443\n");
            assertThat(overTls(server, "GET / HTTP/1.1", "Host: 127.0.0.1"))
                    .startsWith("HTTP/1.1 421 ")
                    .doesNotContain("Strict-Transport");
            for (String path : List.of("/version.txt", READY)) {
                assertThat(overTls(server, "GET " + path + " HTTP/1.1", "Host: 127.0.0.1"))
                        .startsWith("HTTP/1.1 200 ")
                        .doesNotContain("Strict-Transport")
                        .endsWith("1.0.6");
                for (String host : List.of("shop.example", "127.0.0.1")) {
                    assertThat(TwoNginx.ask(server.edgePort, "GET " + path + " HTTP/1.1", "Host: " + host))
                            .startsWith("HTTP/1.1 200 ")
                            .doesNotContain("Strict-Transport")
                            .endsWith("1.0.6");
                }
            }
            assertThat(server.get("/a?b=c"))
                    .startsWith("HTTP/1.1 301 ")
                    .contains("\nLocation: https://shop.example/a?b=c\n")
                    .doesNotContain("Strict-Transport");
        }
    }

    @ParameterizedTest
    @CsvSource({"INTERMEDIATE, true", "MODERN, false"})
    void aProfileHasTheProtocolsAndCiphersThatMozillaNames(TlsProfile profile, boolean old) throws Exception {
        TestCertificate.make(folder);
        try (TwoNginx server = server(plain -> tls(plain, profile))) {
            Set<String> accepted = new TreeSet<>();
            for (String suite : context().getSupportedSSLParameters().getCipherSuites()) {
                if (!suite.startsWith("TLS_AES_")
                        && !suite.startsWith("TLS_CHACHA")
                        && handshake(server, "TLSv1.2", suite)) {
                    accepted.add(suite);
                }
            }

            assertThat(accepted)
                    .isEqualTo(
                            old
                                    ? Set.of(
                                            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                                            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                                            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256")
                                    : Set.of());
            assertThat(handshake(server, "TLSv1.3", "TLS_AES_128_GCM_SHA256")).isTrue();
        }
    }

    private boolean handshake(TwoNginx server, String protocol, String suite) throws Exception {
        try (SSLSocket socket = (SSLSocket) context().getSocketFactory().createSocket()) {
            socket.connect(Ports.address(server.tlsPort), 2000);
            socket.setSoTimeout(5000);
            socket.setEnabledProtocols(new String[] {protocol});
            socket.setEnabledCipherSuites(new String[] {suite});
            socket.startHandshake();
            return true;
        } catch (SSLException | IllegalArgumentException refused) {
            return false;
        }
    }

    private String overTls(TwoNginx server, String... lines) throws Exception {
        try (Socket socket = context().getSocketFactory().createSocket()) {
            socket.connect(Ports.address(server.tlsPort), 2000);
            return TwoNginx.ask(socket, lines);
        }
    }

    private SSLContext context() throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (var stream = Files.newInputStream(folder.resolve("cert.pem"))) {
            trusted.setCertificateEntry(
                    "a", CertificateFactory.getInstance("X.509").generateCertificate(stream));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
