package dev.upkeep.checker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upkeep.checker.check.CircuitBreakerPolicy;
import dev.upkeep.checker.check.RetryPolicy;
import dev.upkeep.checker.check.StatusSet;
import dev.upkeep.checker.check.Timeouts;
import dev.upkeep.checker.check.VersionCheck;
import dev.upkeep.checker.port.NoSuchNameException;
import dev.upkeep.checker.testing.Behaviour;
import dev.upkeep.checker.testing.RefusingPort;
import dev.upkeep.checker.verdict.Attempt;
import dev.upkeep.checker.verdict.Reason;
import dev.upkeep.checker.verdict.Status;
import dev.upkeep.checker.verdict.Verdict;
import dev.upkeep.checker.verdict.Warning;
import dev.upkeep.checker.version.ExpectedVersion;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VersionCheckerTest extends AgainstScriptedServer {
    @Test
    void isUpWhenTheExpectedVersionIsServed() throws InterruptedException {
        Verdict verdict = checker.check(check().build());

        assertThat(verdict.status()).isEqualTo(Status.UP);
        assertThat(verdict.servedVersion()).contains("1.0.6");
        assertThat(verdict.reason()).isEmpty();
        Attempt attempt = verdict.lastAttempt().orElseThrow();
        assertThat(attempt.peer()).contains(server.address());
        assertThat(attempt.phases().connect()).isPositive();
        assertThat(attempt.phases().firstByte()).isPositive();
        assertThat(attempt.phases().tls()).isZero();
        assertThat(attempt.phases().total()).isLessThanOrEqualTo(attempt.took());
    }

    @Test
    void asksPlainlyAndLeavesNothingToBeReused() throws InterruptedException {
        checker.check(check().header("X-Team", "shop").build());

        assertThat(server.requests()).hasSize(1);
        assertThat(server.requests().get(0))
                .startsWith("GET /version.txt HTTP/1.1")
                .contains("\r\nHost: 127.0.0.1:" + server.address().getPort())
                .contains("\r\nConnection: close")
                .contains("\r\nAccept: */*")
                .contains("\r\nAccept-Encoding: identity")
                .contains("\r\nUser-Agent: upkeep-checker")
                .contains("\r\nX-Team: shop");
    }

    @Test
    void opensANewConnectionForEachCheck() throws InterruptedException {
        checker.check(check().build());
        checker.check(check().build());

        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void isStaleWhenAnotherVersionIsServed() throws InterruptedException {
        server.next(Behaviour.version("1.0.5"));

        Verdict verdict = checker.check(check().build());

        assertThat(verdict).isInstanceOf(Verdict.Stale.class);
        assertThat(verdict.servedVersion()).contains("1.0.5");
        assertThat(verdict.reason()).contains(Reason.VERSION_DIFFERS);
        assertThat(verdict.lastAttempt().orElseThrow().detail()).isEqualTo("serves 1.0.5, expected is 1.0.6");
    }

    @Test
    void advisesNobodyToWaitWhereTheVersionLiesInNoRange() throws InterruptedException {
        server.next(Behaviour.version("nightly"));

        Verdict verdict = checker.check(VersionCheck.of(server.uri(), ExpectedVersion.inRange("^1.0.0")));

        assertThat(verdict).isInstanceOf(Verdict.Stale.class);
        assertThat(verdict.reason()).contains(Reason.VERSION_NOT_SEMANTIC);
        assertThat(Reason.VERSION_NOT_SEMANTIC.advice()).doesNotContain("wait");
        assertThat(verdict.lastAttempt().orElseThrow().detail())
                .isEqualTo("serves nightly, expected is in range ^1.0.0: it is no semantic version"
                        + " (three numbers without leading zeros, as 1.2.0), and so lies in no range");
    }

    @Test
    void takesAPageWithStatus200ForUnreadableAndNotForOld() throws InterruptedException {
        assertThat(attempt(Behaviour.status(200, "<html><body>It works!</body></html>"))
                        .reason())
                .contains(Reason.VERSION_UNREADABLE);
    }

    @Test
    void asksCachesForNothingThatUsersDoNotAskFor() throws InterruptedException {
        attempt(Behaviour.version("1.0.6"));

        assertThat(server.requests())
                .singleElement()
                .satisfies(head -> assertThat(head)
                        .doesNotContainIgnoringCase("cache-control")
                        .doesNotContainIgnoringCase("pragma"));
    }

    @Test
    void showsTheBeginningOfABodyWithoutAVersion() throws InterruptedException {
        String page = "<!doctype html>\n<html>\n  <title>Sign in</title>\n" + "<p>Who are you?</p>\n".repeat(100);

        assertThat(attempt(Behaviour.status(200, page)).detail())
                .isEqualTo("expected is 1.0.6, but the body begins with "
                        + "\"<!doctype html> <html> <title>Sign in</title> <p>Who are you\"");
        assertThat(attempt(Behaviour.version("1.0.6 or so")).detail())
                .isEqualTo("expected is 1.0.6, but the body is \"1.0.6 or so\"");
        assertThat(attempt(Behaviour.version("")).detail()).isEqualTo("expected is 1.0.6, but the body is empty");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 404, 408, 421, 500, 502, 503})
    void asksOnceWhateverTheStatus(int status) throws InterruptedException {
        server.usually(Behaviour.status(status, "1.0.6"));

        Verdict verdict = checker.check(VersionCheck.of(server.uri(), EXPECTED));

        assertThat(verdict.reason()).contains(Reason.STATUS_NOT_ACCEPTED);
        assertThat(verdict.lastAttempt().orElseThrow().detail())
                .isEqualTo("status " + status + "; accepted is 200-299");
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void doesNotTakeRetryAfterZeroForAnInvitation() throws InterruptedException {
        server.usually(Behaviour.reply(503, "Retry-After: 0\r\n", ""));

        checker.check(VersionCheck.of(server.uri(), EXPECTED));

        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void acceptsOtherStatusesWhenTold() throws InterruptedException {
        server.next(Behaviour.status(404, "1.0.6"));

        Verdict verdict =
                checker.check(check().acceptedStatuses(StatusSet.parse("404")).build());

        assertThat(verdict.status()).isEqualTo(Status.UP);
    }

    @Test
    void seesExactlyOneConnectionClosedWithoutAReply() throws InterruptedException {
        assertThat(attempt(Behaviour.close()).reason()).contains(Reason.CONNECTION_CLOSED);
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void tellsAResetFromAClose() throws InterruptedException {
        assertThat(attempt(Behaviour.reset()).reason()).contains(Reason.CONNECTION_RESET);
    }

    @Test
    void isUpButUnstableWhenOnlyASecondAttemptServes() throws InterruptedException {
        server.next(Behaviour.close());

        Verdict verdict = checker.check(check().retryPolicy(RetryPolicy.DEFAULT).build());

        assertThat(verdict.status()).isEqualTo(Status.UP);
        assertThat(verdict.isUnstable()).isTrue();
        assertThat(verdict.attempts()).extracting(Attempt::number).containsExactly(1, 2);
        assertThat(verdict.attempts().get(0).reason()).contains(Reason.CONNECTION_CLOSED);
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void givesUpOnAServerThatNeverAnswersWithinTheLimitOfThePhase() throws InterruptedException {
        server.next(Behaviour.silence());
        Timeouts timeouts = new Timeouts(
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ofMillis(150),
                Duration.ZERO,
                Duration.ofSeconds(5));

        Attempt attempt =
                checker.check(check().timeouts(timeouts).build()).lastAttempt().orElseThrow();

        assertThat(attempt.reason()).contains(Reason.FIRST_BYTE_TIMEOUT);
        assertThat(attempt.detail()).isEqualTo("the limit is 150 ms");
        assertThat(attempt.took()).isBetween(Duration.ofMillis(150), Duration.ofSeconds(2));
    }

    @Test
    void isNotHeldUpByADrippingReply() throws InterruptedException {
        server.next(Behaviour.drip("1.0.6", Duration.ofMillis(40)));

        Attempt attempt = checker.check(check().timeouts(Timeouts.DEFAULT.withTotal(Duration.ofMillis(900)))
                        .build())
                .lastAttempt()
                .orElseThrow();

        assertThat(attempt.reason()).contains(Reason.FIRST_BYTE_TIMEOUT);
        assertThat(attempt.detail()).isEqualTo("the total time of 900 ms for the check was over");
        assertThat(attempt.took()).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void isNotHeldUpByADrippingBody() throws InterruptedException {
        server.next(connection -> {
            connection.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            Behaviour.drip("1.0.6", Duration.ofMillis(40)).answer(connection);
        });

        Verdict verdict = checker.check(check().timeouts(Timeouts.DEFAULT.withTotal(Duration.ofMillis(900)))
                .build());

        assertThat(verdict.reason()).contains(Reason.BODY_TIMEOUT);
    }

    @Test
    void readsNoMoreOfAnEndlessBodyThanAllowed() throws InterruptedException {
        assertThat(attempt(Behaviour.endless()).reason()).contains(Reason.BODY_TOO_LARGE);
    }

    @Test
    void countsTheBodyAfterDecompression() throws InterruptedException {
        assertThat(attempt(Behaviour.gzipped(new byte[20_000_000])).reason()).contains(Reason.BODY_TOO_LARGE);
    }

    @Test
    void readsABodyThatIsCompressedUnasked() throws InterruptedException {
        assertThat(attempt(Behaviour.gzipped("1.0.6\n".getBytes(StandardCharsets.UTF_8)))
                        .version())
                .contains("1.0.6");
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "zstd", "gzip, gzip, gzip, gzip", "gzip"})
    void namesAnEncodingThatCannotBeUndone(String encoding) throws InterruptedException {
        assertThat(attempt(Behaviour.reply(200, "Content-Encoding: " + encoding + "\r\n", "1.0.6"))
                        .reason())
                .contains(Reason.ENCODING_UNSUPPORTED);
    }

    @Test
    void noticesABodyThatEndsTooEarly() throws InterruptedException {
        assertThat(attempt(Behaviour.raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n1.0.6"))
                        .reason())
                .contains(Reason.BODY_TRUNCATED);
    }

    /** As object stores repeat it from who uploaded the file. */
    @ParameterizedTest
    @ValueSource(
            strings = {"utf-8", "none", "binary", "8bit", "aws-chunked", "identity", "text/plain", "NULL, identity"})
    void readsABodyAsItIsWhoseEncodingIsNone(String encoding) throws InterruptedException {
        assertThat(attempt(Behaviour.reply(200, "Content-Encoding: " + encoding + "\r\n", "1.0.6"))
                        .version())
                .contains("1.0.6");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SSH-2.0-OpenSSH_9.2\r\n\r\n", "\r\n\r\n", "HTTP/1.1 abc\r\n\r\n", "hello"})
    void namesWhatIsNotHttp(String bytes) throws InterruptedException {
        assertThat(attempt(Behaviour.raw(bytes)).reason()).contains(Reason.MALFORMED_REPLY);
    }

    @Test
    void boundsEndlessHeaders() throws InterruptedException {
        server.next(connection -> {
            connection.getOutputStream().write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] header = "X-More: of the same, and then some\r\n".repeat(100).getBytes(StandardCharsets.US_ASCII);
            while (!Thread.currentThread().isInterrupted()) {
                connection.getOutputStream().write(header);
            }
        });

        assertThat(checker.check(check().build()).reason()).contains(Reason.MALFORMED_REPLY);
    }

    @Test
    void namesARefusedConnection() throws InterruptedException {
        try (RefusingPort port = RefusingPort.open()) {
            Verdict verdict = checker.check(VersionCheck.of(port.uri(), EXPECTED));

            assertThat(verdict.reason()).contains(Reason.CONNECTION_REFUSED);
            assertThat(verdict.attempts()).hasSize(3);
        }
    }

    @Test
    void dialsAnotherAddressUnderTheNameOfTheUri() throws InterruptedException {
        VersionCheck check = VersionCheck.builder(URI.create("http://www.example.org/version.txt"), EXPECTED)
                .dialling(server.address())
                .build();

        Verdict verdict = checker.check(check);

        assertThat(verdict.status()).isEqualTo(Status.UP);
        assertThat(server.requests().get(0)).contains("\r\nHost: www.example.org");
    }

    @Test
    void goesThroughAProxyOnlyWhenAsked() throws InterruptedException {
        VersionCheck check = VersionCheck.builder(URI.create("http://www.example.org/version.txt"), EXPECTED)
                .proxy(server.address())
                .build();

        assertThat(checker.check(check).status()).isEqualTo(Status.UP);
        assertThat(server.requests().get(0)).startsWith("GET http://www.example.org/version.txt HTTP/1.1");
    }

    @Test
    void doesNotGoThroughTheSocksProxyOfTheSystemProperties() throws InterruptedException {
        System.setProperty("socksProxyHost", "127.0.0.1");
        System.setProperty("socksProxyPort", "1");
        System.setProperty("socksNonProxyHosts", "");
        try {
            assertThat(checker.check(VersionCheck.of(server.uri(), EXPECTED)).status())
                    .isEqualTo(Status.UP);
        } finally {
            System.clearProperty("socksProxyHost");
            System.clearProperty("socksProxyPort");
            System.clearProperty("socksNonProxyHosts");
        }
    }

    @Test
    void looksANameUpOnceInEachAttempt() throws InterruptedException {
        List<String> asked = new ArrayList<>();
        try (VersionChecker own = VersionChecker.builder()
                .resolver(host -> {
                    asked.add(host);
                    return List.of(InetAddress.getLoopbackAddress(), InetAddress.getByName("127.0.0.2"));
                })
                .build()) {
            server.next(Behaviour.close());
            URI uri = URI.create("http://shop.test:" + server.address().getPort() + "/version.txt");

            Verdict verdict = own.check(VersionCheck.of(uri, EXPECTED));

            assertThat(verdict.status()).isEqualTo(Status.UP);
            assertThat(asked).containsExactly("shop.test", "shop.test");
            assertThat(verdict.lastAttempt().orElseThrow().otherAddresses())
                    .containsExactly(
                            new InetSocketAddress("127.0.0.2", server.address().getPort()));
        }
    }

    @Test
    void knowsAMissingNameFromNameServersThatDoNotAnswer() throws InterruptedException {
        assertThat(resolving(new NoSuchNameException("no.such.test"))).isInstanceOf(Verdict.Down.class);
        assertThat(resolving(new UnknownHostException("no.such.test"))).isInstanceOf(Verdict.Unknown.class);
    }

    private static Verdict resolving(UnknownHostException failure) throws InterruptedException {
        try (VersionChecker own = VersionChecker.builder()
                .resolver(host -> {
                    throw failure;
                })
                .build()) {
            return own.check(VersionCheck.builder(URI.create("http://no.such.test/version.txt"), EXPECTED)
                    .retryPolicy(RetryPolicy.once())
                    .build());
        }
    }

    private static VersionChecker.Builder resolvingAfter(Duration delay) {
        return VersionChecker.builder().resolver(host -> {
            try {
                Thread.sleep(delay.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new UnknownHostException(host);
        });
    }

    private static Optional<Reason> reasonWithin200Millis(VersionChecker.Builder checker) throws InterruptedException {
        try (VersionChecker own = checker.build()) {
            return own.check(VersionCheck.builder(URI.create("http://slow.test/version.txt"), EXPECTED)
                            .retryPolicy(RetryPolicy.once())
                            .timeouts(Timeouts.DEFAULT.withTotal(Duration.ofMillis(200)))
                            .build())
                    .reason();
        }
    }

    @Test
    void cutsASlowLookupShort() throws InterruptedException {
        assertThat(reasonWithin200Millis(resolvingAfter(Duration.ofMinutes(1)))).contains(Reason.RESOLVE_TIMEOUT);
    }

    @Test
    void cutsASlowLookupShortOnAnExecutorThatItIsGiven() throws InterruptedException {
        ExecutorService executor = Executors.newCachedThreadPool();
        try {
            assertThat(reasonWithin200Millis(
                            resolvingAfter(Duration.ofMinutes(1)).executor(executor)))
                    .contains(Reason.RESOLVE_TIMEOUT);
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void waitsForALookupOnTheCallingThreadWhenToldToStayThere() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        VersionChecker.Builder onCallingThread = VersionChecker.builder()
                .resolver(host -> {
                    threads.add(Thread.currentThread());
                    throw new NoSuchNameException(host);
                })
                .onCallingThread();

        assertThat(reasonWithin200Millis(onCallingThread)).contains(Reason.NAME_NOT_FOUND);
        assertThat(threads).containsExactly(Thread.currentThread());
    }

    @Test
    void refusesAnExecutorTogetherWithTheCallingThread() {
        assertThatThrownBy(() -> VersionChecker.builder().onCallingThread().executor(Runnable::run))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("exclude each other");
    }

    @Test
    void warnsOfClocksThatDisagree() throws InterruptedException {
        server.next(Behaviour.reply(200, "Date: Sun, 22 Nov 2015 12:00:00 GMT\r\n", "1.0.6"));

        Verdict verdict = checker.check(check().build());

        assertThat(verdict.status()).isEqualTo(Status.UP);
        assertThat(verdict.warnings()).extracting(Warning::kind).containsExactly(Warning.Kind.CLOCK_SKEW);
    }

    @Test
    void keepsTheHeadersThatMatterAndNoCookie() throws InterruptedException {
        Attempt attempt = attempt(
                Behaviour.reply(200, "Age: 42\r\nVia: 1.1 cache\r\nSet-Cookie: id=secret\r\nX-Other: 1\r\n", "1.0.6"));

        assertThat(attempt.reply().orElseThrow().age()).contains(Duration.ofSeconds(42));
        assertThat(attempt.reply().orElseThrow().headers()).containsOnlyKeys("age", "via");
    }

    @Test
    void stopsAskingATargetThatFailsAndAsksAgainAfterThePause() throws InterruptedException {
        ManualTime time = new ManualTime();
        try (VersionChecker own = VersionChecker.builder()
                .clock(time)
                .circuitBreaker(new CircuitBreakerPolicy(2, Duration.ofMinutes(1)))
                .build()) {
            server.usually(Behaviour.status(500, "oops"));
            own.check(check().build());
            own.check(check().build());

            Verdict notAsked = own.check(check().build());
            assertThat(notAsked.reason()).contains(Reason.CIRCUIT_OPEN);
            assertThat(notAsked.status()).isEqualTo(Status.UNKNOWN);
            assertThat(notAsked)
                    .isInstanceOfSatisfying(
                            Verdict.Unknown.class,
                            it -> assertThat(it.detail())
                                    .isEqualTo(
                                            "after 2 failures in a row it is asked again 60000 ms after the last one"));
            assertThat(server.connections()).isEqualTo(2);

            time.pass(Duration.ofSeconds(61));
            server.usually(Behaviour.version("1.0.6"));
            assertThat(own.check(check().build()).status()).isEqualTo(Status.UP);
            assertThat(own.check(check().build()).status()).isEqualTo(Status.UP);
        }
    }

    @Test
    void refusesToCheckWhenClosed() {
        checker.close();

        assertThatThrownBy(() -> checker.check(check().build()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }
}
