package dev.upkeep.checker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.checker.check.RedirectPolicy;
import dev.upkeep.checker.check.RetryPolicy;
import dev.upkeep.checker.check.Timeouts;
import dev.upkeep.checker.check.VersionCheck;
import dev.upkeep.checker.testing.Behaviour;
import dev.upkeep.checker.testing.ScriptedServer;
import dev.upkeep.checker.verdict.Attempt;
import dev.upkeep.checker.verdict.Reason;
import dev.upkeep.checker.version.ExpectedVersion;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes back, there is a verdict, within the time, and of bounded size. */
class HostileRepliesTest {
    private static final String HEAD = "HTTP/1.1 200 OK\r\n";

    @AutoClose
    private final ScriptedServer server = ScriptedServer.start(Behaviour.version("1.0.6"));

    @AutoClose
    private final VersionChecker checker = VersionChecker.create();

    private Attempt attempt(Behaviour behaviour) throws InterruptedException {
        return attempt(behaviour, ExpectedVersion.exactly("1.0.6"));
    }

    private Attempt attempt(Behaviour behaviour, ExpectedVersion expected) throws InterruptedException {
        server.next(behaviour);
        return checker.check(VersionCheck.builder(server.uri(), expected)
                        .retryPolicy(RetryPolicy.once())
                        .redirectPolicy(RedirectPolicy.anyHost())
                        .timeouts(Timeouts.DEFAULT.withTotal(Duration.ofSeconds(3)))
                        .build())
                .lastAttempt()
                .orElseThrow();
    }

    private static Behaviour flood(String head, String more) {
        return connection -> {
            OutputStream out = connection.getOutputStream();
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            byte[] chunk = more.repeat(60_000 / more.length()).getBytes(StandardCharsets.US_ASCII);
            while (!Thread.currentThread().isInterrupted()) {
                out.write(chunk);
            }
        };
    }

    static Stream<Arguments> floods() {
        String chunked = HEAD + "Transfer-Encoding: chunked\r\n\r\n";
        return Stream.of(
                Arguments.of("a chunk's size without end", chunked, "1", Reason.BODY_TOO_LARGE),
                Arguments.of("a chunk's extension without end", chunked + "5;", "x", Reason.BODY_TOO_LARGE),
                Arguments.of(
                        "trailers without end", chunked + "5\r\n1.0.6\r\n0\r\n", "a: b\r\n", Reason.BODY_TRUNCATED),
                Arguments.of("a status line without end", "HTTP/1.1 200 ", "x", Reason.MALFORMED_REPLY),
                Arguments.of("hints without end", "", "HTTP/1.1 103 Early Hints\r\n\r\n", Reason.MALFORMED_REPLY));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("floods")
    void isNotHeldUpBy(String what, String head, String more, Reason reason) throws InterruptedException {
        Attempt attempt = attempt(flood(head, more));

        assertThat(attempt.reason()).as(what).contains(reason);
        assertThat(attempt.took()).isLessThan(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: -5", "Content-Length: 5\r\nContent-Length: 3", "Content-Length: 5x"})
    void isMalformedWithAnUnclearLength(String headers) throws InterruptedException {
        Attempt attempt = attempt(Behaviour.raw(HEAD + headers + "\r\n\r\n1.0.6"));

        assertThat(attempt.reason()).contains(Reason.MALFORMED_REPLY);
        assertThat(attempt.detail()).startsWith("its Content-Length is ");
    }

    /** A library that reads the rest of such a body does so for 100 ms. The best of some tries is told apart even on a busy machine. */
    @Test
    void doesNotWaitForTheBodyOfAStatusThatIsNotAccepted() throws InterruptedException {
        Behaviour behaviour = connection -> {
            connection
                    .getOutputStream()
                    .write("HTTP/1.1 500 No\r\nContent-Length: 9999\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            Behaviour.silence().answer(connection);
        };
        Duration best = Duration.ofDays(1);
        for (int turn = 0; turn < 10; turn++) {
            Attempt attempt = attempt(behaviour);
            assertThat(attempt.reason()).contains(Reason.STATUS_NOT_ACCEPTED);
            Duration afterwards = attempt.took().minus(attempt.phases().total());
            best = afterwards.compareTo(best) < 0 ? afterwards : best;
        }

        assertThat(best).isLessThan(Duration.ofMillis(80));
    }

    @Test
    void takesAStatusForProxiesForWhatItIs() throws InterruptedException {
        Attempt attempt = attempt(Behaviour.status(407, ""));

        assertThat(attempt.reason()).contains(Reason.STATUS_NOT_ACCEPTED);
        assertThat(attempt.detail()).isEqualTo("status 407, although no proxy was asked");
    }

    @Test
    void keepsNoEndlessAddress() throws InterruptedException {
        Attempt attempt = attempt(Behaviour.redirect("/" + "a".repeat(100_000)));

        assertThat(attempt.reason()).contains(Reason.REDIRECT_REFUSED);
        assertThat(attempt.redirects()).isEmpty();
    }

    @Test
    void keepsNoPasswordOfARedirect() throws InterruptedException {
        assertThat(attempt(Behaviour.redirect("http://me:secret@127.0.0.1/")).detail())
                .isEqualTo("to what cannot be requested: http://***@127.0.0.1/");
    }

    @Test
    void keepsNeitherControlCharactersNorAnEndlessVersion() throws InterruptedException {
        ExpectedVersion anything = ExpectedVersion.matching(Pattern.compile("(.*)", Pattern.DOTALL));

        Attempt attempt = attempt(Behaviour.version("1.0\u001b[31m" + "x".repeat(2000)), anything);

        assertThat(attempt.version().orElseThrow())
                .startsWith("1.0\uFFFD[31mxxx")
                .hasSize(Attempt.MAXIMUM_DETAIL_LENGTH + "...".length());
    }

    /** As PowerShell writes it. */
    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE"})
    void readsAFileWhoseByteOrderMarkSaysWhatItIs(String charset) throws InterruptedException {
        byte[] body = "\uFEFF1.0.6\r\n".getBytes(Charset.forName(charset));

        assertThat(attempt(Behaviour.gzipped(body)).version()).contains("1.0.6");
    }

    @Test
    void saysHowFarATruncatedBodyCame() throws InterruptedException {
        Attempt announced = attempt(Behaviour.raw(HEAD + "Content-Length: 100\r\n\r\n1.0.6"));
        Attempt chunked = attempt(Behaviour.raw(HEAD + "Transfer-Encoding: chunked\r\n\r\n10\r\n1.0.6"));

        assertThat(announced.reason()).contains(Reason.BODY_TRUNCATED);
        assertThat(announced.detail()).isEqualTo("after 5 of 100 bytes");
        assertThat(chunked.reason()).contains(Reason.BODY_TRUNCATED);
        assertThat(chunked.detail()).isEqualTo("after 5 bytes");
    }

    @Test
    void saysHowTheNonsenseBegins() throws InterruptedException {
        assertThat(attempt(Behaviour.raw("SSH-2.0-OpenSSH_9.2\r\n")).detail())
                .isEqualTo("it begins with \"SSH-2.0-OpenSSH_9.2\"");
        assertThat(attempt(Behaviour.raw("hello")).detail())
                .isEqualTo("it ends, or is too long, before the end of its headers; it begins with \"hello\"");
    }

    @Test
    void saysWhoCutTheConnectionAndWhen() throws InterruptedException {
        String server = "127.0.0.1:" + this.server.address().getPort();

        assertThat(attempt(Behaviour.close()).detail())
                .isEqualTo("by " + server + ", before it answered, without an error");
        assertThat(attempt(Behaviour.reset()).detail()).isEqualTo("by " + server + ", before it answered");
    }
}
