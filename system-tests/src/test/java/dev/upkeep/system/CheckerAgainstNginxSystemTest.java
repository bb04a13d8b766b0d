package dev.upkeep.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.checker.VersionChecker;
import dev.upkeep.checker.check.AddressFamily;
import dev.upkeep.checker.check.RedirectPolicy;
import dev.upkeep.checker.check.RetryPolicy;
import dev.upkeep.checker.check.Timeouts;
import dev.upkeep.checker.check.VersionCheck;
import dev.upkeep.checker.testing.Behaviour;
import dev.upkeep.checker.testing.ScriptedServer;
import dev.upkeep.checker.verdict.Attempt;
import dev.upkeep.checker.verdict.Reason;
import dev.upkeep.checker.verdict.Status;
import dev.upkeep.checker.verdict.Verdict;
import dev.upkeep.checker.version.ExpectedVersion;
import dev.upkeep.system.Nginx.LoggedRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckerAgainstNginxSystemTest {
    private static final ExpectedVersion EXPECTED = ExpectedVersion.exactly("1.0.6");

    @AutoClose
    private final Peers peers = new Peers();

    @AutoClose
    private final VersionChecker checker = VersionChecker.create();

    private Verdict check(URI uri) throws InterruptedException {
        return checker.check(VersionCheck.of(uri, EXPECTED));
    }

    private Attempt attempt(URI uri) throws InterruptedException {
        return attempt(uri, Timeouts.DEFAULT);
    }

    private Attempt attempt(URI uri, Timeouts timeouts) throws InterruptedException {
        return checker.check(VersionCheck.builder(uri, EXPECTED)
                        .retryPolicy(RetryPolicy.once())
                        .timeouts(timeouts)
                        .build())
                .lastAttempt()
                .orElseThrow();
    }

    private Nginx nginxWith(String directives) {
        return peers.nginx("server { listen {listen}; root {folder}/www; " + directives + " }");
    }

    @Test
    void isUpOverOneConnectionWithOneRequest() throws InterruptedException {
        Nginx nginx = peers.nginxServing("1.0.6");

        Verdict verdict = check(nginx.uri());

        assertThat(verdict.status()).isEqualTo(Status.UP);
        assertThat(verdict.servedVersion()).contains("1.0.6");
        assertThat(verdict.lastAttempt().orElseThrow().reply().orElseThrow().header("server"))
                .hasValueSatisfying(server -> assertThat(server).startsWith("nginx/"));
        assertThat(nginx.connections()).isEqualTo(1);
        assertThat(nginx.stopAndReadLog())
                .extracting(LoggedRequest::request)
                .containsExactly("GET /version.txt HTTP/1.1");
    }

    @Test
    void opensANewConnectionForEachCheck() throws InterruptedException {
        Nginx nginx = peers.nginxServing("1.0.6");

        check(nginx.uri());
        check(nginx.uri());
        check(nginx.uri());

        assertThat(nginx.connections()).isEqualTo(3);
        assertThat(nginx.stopAndReadLog())
                .extracting(LoggedRequest::connection)
                .hasSize(3)
                .doesNotHaveDuplicates();
    }

    @Test
    void isStaleWhileTheOldVersionIsServedAndUpAfterTheNewOneIsPublished() throws InterruptedException {
        Nginx nginx = peers.nginxServing("1.0.5");

        Verdict before = check(nginx.uri());
        nginx.publish("1.0.6");
        Verdict after = check(nginx.uri());

        assertThat(before.status()).isEqualTo(Status.STALE);
        assertThat(before.servedVersion()).contains("1.0.5");
        assertThat(before.lastAttempt().orElseThrow().detail()).isEqualTo("serves 1.0.5, expected is 1.0.6");
        assertThat(after.status()).isEqualTo(Status.UP);
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404, 500, 502, 503})
    void aBadStatusIsDownAndNotAskedAgain(int status) throws InterruptedException {
        Nginx nginx = nginxWith("location / { add_header Retry-After 0 always; return " + status + "; }");

        Verdict verdict = check(nginx.uri());

        assertThat(verdict.status()).isEqualTo(Status.DOWN);
        assertThat(verdict.reason()).contains(Reason.STATUS_NOT_ACCEPTED);
        assertThat(verdict.lastAttempt().orElseThrow().detail())
                .isEqualTo("status " + status + "; accepted is 200-299");
        assertThat(nginx.connections()).isEqualTo(1);
        assertThat(nginx.stopAndReadLog()).hasSize(1);
    }

    @Test
    void aMissingVersionFileIsDown() throws InterruptedException {
        Attempt attempt = attempt(nginxWith("").uri());

        assertThat(attempt.reason()).contains(Reason.STATUS_NOT_ACCEPTED);
        assertThat(attempt.detail()).startsWith("status 404");
    }

    @Test
    void aPageInPlaceOfTheVersionIsUnreadableAndNotStale() throws InterruptedException {
        Nginx nginx = nginxWith("location / { try_files $uri /index.html; }");
        nginx.publish("index.html", "<!doctype html><title>Shop 1.0.6</title>");

        Verdict verdict = check(nginx.uri());

        assertThat(verdict.status()).isEqualTo(Status.DOWN);
        assertThat(verdict.reason()).contains(Reason.VERSION_UNREADABLE);
        assertThat(verdict.lastAttempt().orElseThrow().detail())
                .isEqualTo("expected is 1.0.6, but the body is \"<!doctype html><title>Shop 1.0.6</title>\"");
        assertThat(verdict.lastAttempt().orElseThrow().reply().orElseThrow().header("content-type"))
                .contains("text/html");
        assertThat(nginx.connections()).isEqualTo(1);
    }

    @Test
    void anEmptyVersionFileIsUnreadable() throws InterruptedException {
        Nginx nginx = nginxWith("");
        nginx.publish("version.txt", "");

        assertThat(attempt(nginx.uri()).reason()).contains(Reason.VERSION_UNREADABLE);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectIsReportedAndNotFollowed(int status) throws InterruptedException {
        Nginx nginx = nginxWith("location / { return " + status + " https://www.example.test/version.txt; }");

        Attempt attempt = attempt(nginx.uri());

        assertThat(attempt.reason()).contains(Reason.REDIRECTED);
        assertThat(attempt.detail()).isEqualTo("to https://www.example.test/version.txt");
        assertThat(attempt.redirects()).containsExactly(URI.create("https://www.example.test/version.txt"));
        assertThat(nginx.connections()).isEqualTo(1);
    }

    @Test
    void aRedirectIsFollowedOverANewConnectionWhereAllowed() throws InterruptedException {
        Nginx nginx = nginxWith("location = /version.txt { return 302 /current.txt; }");
        nginx.publish("current.txt", "1.0.6");

        Verdict verdict = checker.check(VersionCheck.builder(nginx.uri(), EXPECTED)
                .redirectPolicy(RedirectPolicy.sameHost())
                .build());

        assertThat(verdict.status()).isEqualTo(Status.UP);
        assertThat(nginx.connections()).isEqualTo(2);
        assertThat(nginx.stopAndReadLog())
                .extracting(LoggedRequest::request)
                .containsExactly("GET /version.txt HTTP/1.1", "GET /current.txt HTTP/1.1");
    }

    @Test
    void aRedirectLoopEndsWhereThePolicyEnds() throws InterruptedException {
        Nginx nginx = nginxWith("location / { return 302 $uri; }");

        Verdict verdict = checker.check(VersionCheck.builder(nginx.uri(), EXPECTED)
                .redirectPolicy(RedirectPolicy.sameHost())
                .build());

        assertThat(verdict.reason()).contains(Reason.REDIRECT_REFUSED);
        assertThat(nginx.connections()).isEqualTo(RedirectPolicy.MAXIMUM + 1);
    }

    @Test
    void aConnectionClosedWithoutAnAnswerIsToldAndEachAttemptIsOneConnection() throws InterruptedException {
        Nginx nginx = nginxWith("return 444;");

        Verdict verdict = check(nginx.uri());

        assertThat(verdict.status()).isEqualTo(Status.DOWN);
        assertThat(verdict.reason()).contains(Reason.CONNECTION_CLOSED);
        assertThat(verdict.attempts()).hasSize(RetryPolicy.DEFAULT.attempts());
        assertThat(nginx.connections()).isEqualTo(RetryPolicy.DEFAULT.attempts());
        assertThat(nginx.stopAndReadLog())
                .extracting(LoggedRequest::connection)
                .hasSize(RetryPolicy.DEFAULT.attempts())
                .doesNotHaveDuplicates();
    }

    @Test
    void aBodyThatDripsRunsOutOfTimeHoweverSteadyItIs() throws InterruptedException {
        Nginx nginx = nginxWith("limit_rate_after 1k; limit_rate 100;");
        nginx.publish("1.0.6" + " ".repeat(8000));

        Attempt attempt = attempt(nginx.uri(), Limits.SHORT);

        assertThat(attempt.reason()).contains(Reason.BODY_TIMEOUT);
        assertThat(attempt.detail())
                .isEqualTo("the limit is " + Limits.SHORT.body().toMillis() + " ms");
        assertThat(attempt.phases().body()).isGreaterThanOrEqualTo(Limits.SHORT.body());
        assertThat(nginx.connections()).isEqualTo(1);
    }

    @Test
    void aHugeFileIsNotReadToItsEnd() throws InterruptedException, IOException {
        Nginx nginx = nginxWith("");
        long size = 200L * 1024 * 1024;
        try (var file = new RandomAccessFile(nginx.site().resolve("version.txt").toFile(), "rw")) {
            file.setLength(size);
        }

        Attempt attempt = attempt(nginx.uri());

        assertThat(attempt.reason()).contains(Reason.BODY_TOO_LARGE);
        assertThat(attempt.detail()).isEqualTo("more than " + VersionCheck.DEFAULT_BODY_LIMIT + " bytes");
        assertThat(nginx.stopAndReadLog())
                .singleElement()
                .satisfies(request -> assertThat(request.bytesSent()).isLessThan(size / 2));
    }

    @Test
    void anEndlessBodyBehindAProxyIsTooLarge() throws InterruptedException {
        ScriptedServer endless = peers.closing(ScriptedServer.start(Behaviour.endless()));
        Nginx nginx = nginxWith("proxy_buffering off; location / { proxy_pass http://127.0.0.1:"
                + endless.address().getPort() + "; }");

        assertThat(attempt(nginx.uri()).reason()).contains(Reason.BODY_TOO_LARGE);
    }

    @Test
    void asksForNoCompression() throws InterruptedException {
        Nginx nginx = nginxWith("gzip on; gzip_min_length 1; gzip_types text/plain;");
        nginx.publish("1.0.6");

        Attempt attempt = attempt(nginx.uri());

        assertThat(attempt.reason()).isEmpty();
        assertThat(attempt.reply().orElseThrow().header("content-encoding")).isEmpty();
    }

    @Test
    void readsACompressedFileThatIsServedUnasked() throws InterruptedException, IOException {
        Nginx nginx = nginxWith("gzip_static always;");
        gzip(nginx, "1.0.6".getBytes(StandardCharsets.US_ASCII), 1);

        Attempt attempt = attempt(nginx.uri());

        assertThat(attempt.version()).contains("1.0.6");
        assertThat(attempt.reply().orElseThrow().header("content-encoding")).contains("gzip");
    }

    @Test
    void aGzipBombDoesNotGoOff() throws InterruptedException, IOException {
        Nginx nginx = nginxWith("gzip_static always;");
        gzip(nginx, new byte[1024 * 1024], 1024);

        Attempt attempt = attempt(nginx.uri());

        assertThat(attempt.reason()).contains(Reason.BODY_TOO_LARGE);
    }

    @Test
    void aFileThatIsNotWhatItsEncodingSaysIsTold() throws InterruptedException {
        Nginx nginx = nginxWith("add_header Content-Encoding gzip;");
        nginx.publish("1.0.6");

        Attempt attempt = attempt(nginx.uri());

        assertThat(attempt.reason()).contains(Reason.ENCODING_UNSUPPORTED);
        assertThat(attempt.detail()).isEqualTo("the body is not what Content-Encoding: gzip says");
    }

    @Test
    void anUpstreamThatBreaksOffInTheMiddleIsTruncated() throws InterruptedException {
        ScriptedServer broken = peers.closing(
                ScriptedServer.start(Behaviour.raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n1.0.6")));
        Nginx nginx = nginxWith(
                "location / { proxy_pass http://127.0.0.1:" + broken.address().getPort() + "; }");

        assertThat(attempt(nginx.uri()).reason()).contains(Reason.BODY_TRUNCATED);
    }

    @Test
    void asksEachAddressFamilyForItself() throws InterruptedException, IOException {
        Nginx nginx = peers.nginx("""
                server { listen {listen}; location / { return 200 "1.0.4\\n"; } }
                server { listen [::1]:{port}; location / { return 200 "1.0.6\\n"; } }
                """);
        InetAddress four = Loopback.four(1);
        InetAddress six = Loopback.SIX;
        try (VersionChecker both =
                VersionChecker.builder().resolver(host -> List.of(four, six)).build()) {
            VersionCheck.Builder check = VersionCheck.builder(nginx.uriAt("http://www.example.test"), EXPECTED);

            Attempt overFour = both.check(
                            check.addressFamily(AddressFamily.IPV4).build())
                    .lastAttempt()
                    .orElseThrow();
            Attempt overSix = both.check(check.addressFamily(AddressFamily.IPV6).build())
                    .lastAttempt()
                    .orElseThrow();

            assertThat(overFour.version()).contains("1.0.4");
            assertThat(overFour.peer().orElseThrow().getAddress()).isEqualTo(four);
            assertThat(overSix.version()).contains("1.0.6");
            assertThat(overSix.peer().orElseThrow().getAddress()).isEqualTo(six);
            assertThat(attempt(nginx.uriAt("http://[::1]")).version()).contains("1.0.6");
        }
    }

    @Test
    void asksForANameAtTheAddressThatItIsToDial() throws InterruptedException {
        Nginx nginx = peers.nginx("""
                server { listen {listen} default_server; return 421; }
                server { listen {listen}; server_name shop.example.test; location / { return 200 "1.0.6\\n"; } }
                """);
        VersionCheck check = VersionCheck.of(URI.create("http://shop.example.test/version.txt"), EXPECTED);

        Verdict verdict = checker.check(check.dialling(nginx.address()));

        assertThat(verdict.status()).isEqualTo(Status.UP);
        assertThat(nginx.stopAndReadLog()).extracting(LoggedRequest::host).containsExactly("shop.example.test");
    }

    @Test
    void anOverloadedWorkerThatNeverAnswersRunsOutOfTime() throws InterruptedException {
        ScriptedServer silent = peers.closing(ScriptedServer.start(Behaviour.silence()));
        Nginx nginx = nginxWith(
                "location / { proxy_pass http://127.0.0.1:" + silent.address().getPort() + "; }");

        Attempt attempt = attempt(nginx.uri(), Limits.SHORT);

        assertThat(attempt.reason()).contains(Reason.FIRST_BYTE_TIMEOUT);
        assertThat(attempt.phases().firstByte()).isBetween(Limits.SHORT.firstByte(), Duration.ofSeconds(10));
    }

    /** The file holds the block so many times when it is expanded: a gzip file may consist of several (RFC 1952, section 2.2). */
    private static void gzip(Nginx nginx, byte[] block, int times) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(block);
        }
        try (OutputStream out = Files.newOutputStream(nginx.site().resolve("version.txt.gz"))) {
            for (int i = 0; i < times; i++) {
                compressed.writeTo(out);
            }
        }
    }
}
