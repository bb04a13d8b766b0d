package dev.upkeep.infra.local.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the real nginx answers with our configuration, byte by byte. */
class NginxAnswersSystemTest {

    @TempDir
    Path folder;

    @Test
    void theVersionCanBeReadAndNothingElse() throws Exception {
        try (ServingNginx nginx = new ServingNginx(folder, settings -> settings)) {
            assertThat(nginx.get("/version.txt"))
                    .startsWith("HTTP/1.1 200 ")
                    .contains(
                            "\nCache-Control: no-store\n", "\nContent-Length: 5\n", "\nReferrer-Policy: strict-origin")
                    .doesNotContain("\nAllow:")
                    .endsWith("\n\n1.0.6");
            assertThat(nginx.ask("HEAD /version.txt HTTP/1.1", "Host: localhost"))
                    .startsWith("HTTP/1.1 200 ")
                    .contains("\nContent-Length: 5\n")
                    .endsWith("\n\n");
            assertThat(nginx.ask("POST /version.txt HTTP/1.1", "Host: localhost", "Content-Length: 0"))
                    .startsWith("HTTP/1.1 405 ")
                    .contains("\nAllow: GET, HEAD\n", "\nX-Content-Type-Options: nosniff\n");
            nginx.get("/other");
            assertThat(nginx.log()).contains("/other").doesNotContain("/version.txt");
        }
    }

    @Test
    void theApplicationHearsNothingThatAClientMadeUpAboutItself() throws Exception {
        try (ServingNginx nginx = new ServingNginx(folder, settings -> settings)) {
            String heard = nginx.ask(
                    "GET / HTTP/1.1",
                    "Host: localhost:" + nginx.port(),
                    "X-Forwarded-For: 6.6.6.6",
                    "X-Forwarded-Proto: https",
                    "X-Forwarded-Host: evil.example",
                    "X-Forwarded-Port: 666",
                    "X-Forwarded-Prefix: /evil",
                    "X-Forwarded-Ssl: on",
                    "X-Real-IP: 6.6.6.6",
                    "Forwarded: for=6.6.6.6;host=evil.example",
                    "Proxy: http://evil.example");

            assertThat(heard)
                    .contains(
                            "\nhost: localhost:" + nginx.port() + "\n",
                            "\nx-forwarded-for: 127.0.0.1\n",
                            "\nx-forwarded-host: localhost:" + nginx.port() + "\n",
                            "\nx-forwarded-port: " + nginx.port() + "\n",
                            "\nx-forwarded-proto: http\n")
                    .doesNotContain("6.6.6.6", "evil", "x-forwarded-port: 666\n", "ssl");
        }
    }

    @Test
    void onlyTheTrustedLoadBalancerSaysWhereUsersCameIn() throws Exception {
        List<String> headers = List.of("X-Forwarded-For: 203.0.113.7", "X-Forwarded-Port: 443");
        try (ServingNginx nginx = new ServingNginx(folder, settings -> settings.behind(List.of("127.0.0.1")))) {
            assertThat(nginx.ask("GET / HTTP/1.1", "Host: shop", headers.get(0), headers.get(1)))
                    .contains("\nx-forwarded-for: 203.0.113.7\n", "\nx-forwarded-port: 443\n");
            assertThat(nginx.get("/")).doesNotContain("x-forwarded-port");
        }
        try (ServingNginx nginx = new ServingNginx(folder, settings -> settings.behind(List.of("192.0.2.1")))) {
            assertThat(nginx.ask("GET / HTTP/1.1", "Host: shop", headers.get(0), headers.get(1)))
                    .contains("\nx-forwarded-for: 127.0.0.1\n", "\nx-forwarded-port: " + nginx.port() + "\n");
        }
    }

    @Test
    void onlyWebSocketMayChangeTheProtocol() throws Exception {
        try (ServingNginx nginx = new ServingNginx(folder, settings -> settings)) {
            assertThat(nginx.ask("GET / HTTP/1.1", "Host: shop", "Upgrade: WebSocket"))
                    .contains("\nupgrade: websocket\n", "\nconnection: upgrade\n");
            assertThat(nginx.ask("GET / HTTP/1.1", "Host: shop", "Upgrade: h2c", "HTTP2-Settings: AAMAAABk"))
                    .startsWith("HTTP/1.1 200 ")
                    .doesNotContain("upgrade", "h2c");
        }
    }

    @Test
    void aHeaderOfTheApplicationIsNotContradicted() throws Exception {
        try (ServingNginx nginx = new ServingNginx(folder, settings -> settings)) {
            assertThat(nginx.get("/"))
                    .containsIgnoringCase("\nReferrer-Policy: no-referrer\n")
                    .contains("\nX-Frame-Options: SAMEORIGIN\n")
                    .doesNotContain("strict-origin");
        }
    }

    @Test
    void whoAsksForAnotherNameGetsTheVersionAndNothingElse() throws Exception {
        try (ServingNginx nginx = new ServingNginx(folder, settings -> settings.named("www.example.org"))) {
            assertThat(nginx.ask("GET / HTTP/1.1", "Host: www.example.org")).startsWith("HTTP/1.1 200 ");
            assertThat(nginx.ask("GET / HTTP/1.1", "Host: evil.example")).startsWith("HTTP/1.1 421 ");
            assertThat(nginx.ask("GET http://evil.example/ HTTP/1.1", "Host: www.example.org"))
                    .startsWith("HTTP/1.1 421 ");
            assertThat(nginx.get("/version.txt")).startsWith("HTTP/1.1 200 ").endsWith("1.0.6");
        }
    }

    @Test
    void filesOfTheSiteAreAskedForAnewAndFoldersKeepTheirSlash() throws Exception {
        Path pages = Files.createDirectories(folder.resolve("site/a b"));
        Files.writeString(pages.resolve("index.html"), "gr\u00fcezi");
        Files.writeString(folder.resolve("site/.env"), "secret");
        try (ServingNginx nginx = new ServingNginx(folder, settings -> settings.withSite(Optional.of("site")))) {
            assertThat(nginx.get("/a%20b/"))
                    .contains("\nContent-Type: text/html; charset=utf-8\n", "\nCache-Control: no-cache\n", "\nETag: ")
                    .endsWith("gr\u00fcezi");
            assertThat(nginx.get("/a%20b?x=1")).startsWith("HTTP/1.1 302 ").contains("\nLocation: /a%20b/?x=1\n");
            assertThat(nginx.get("/elsewhere")).contains("\nhost: localhost").doesNotContain("Cache-Control");
            assertThat(nginx.get("/.env")).startsWith("HTTP/1.1 404 ");
            assertThat(nginx.get("/../nginx.conf")).startsWith("HTTP/1.1 400 ");
            assertThat(nginx.get("/a%20b/..%2f..%2fnginx.conf")).startsWith("HTTP/1.1 400 ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nTransfer-Encoding: chunked",
                "Content-Length: 5\r\nContent-Length: 6",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding : chunked",
                "Host: another"
            })
    void aRequestThatTwoServersCouldReadDifferentlyIsRefused(String headers) throws Exception {
        try (ServingNginx nginx = new ServingNginx(folder, settings -> settings)) {
            assertThat(nginx.statusOf("POST / HTTP/1.1", "Host: localhost", headers))
                    .isIn("HTTP/1.1 400", "HTTP/1.1 501");
        }
    }
}
