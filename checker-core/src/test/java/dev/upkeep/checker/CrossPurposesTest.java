package dev.upkeep.checker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.checker.check.RetryPolicy;
import dev.upkeep.checker.check.VersionCheck;
import dev.upkeep.checker.testing.Behaviour;
import dev.upkeep.checker.testing.ScriptedServer;
import dev.upkeep.checker.verdict.Attempt;
import dev.upkeep.checker.verdict.Reason;
import dev.upkeep.checker.version.ExpectedVersion;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One side speaks TLS, and the other does not. */
class CrossPurposesTest {
    private static final String ALERT_UNEXPECTED_MESSAGE = "\u0015\u0003\u0001\u0000\u0002\u0002\n";

    @AutoClose
    private final VersionChecker checker = VersionChecker.create();

    private Attempt attempt(String scheme, int port) throws InterruptedException {
        URI uri = URI.create(scheme + "://127.0.0.1:" + port + "/version.txt");
        return checker.check(VersionCheck.builder(uri, ExpectedVersion.any())
                        .retryPolicy(RetryPolicy.once())
                        .build())
                .lastAttempt()
                .orElseThrow();
    }

    /** Asks a server that answers at once, without waiting for the end of a request. */
    private Attempt attemptAnswered(String scheme, String bytes) throws IOException, InterruptedException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread server = new Thread(() -> answer(listener, bytes), "answering");
            server.start();
            Attempt attempt = attempt(scheme, listener.getLocalPort());
            server.join();
            return attempt;
        }
    }

    private static void answer(ServerSocket listener, String bytes) {
        try (Socket connection = listener.accept()) {
            if (connection.getInputStream().read(new byte[4096]) > 0) {
                connection.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            }
        } catch (IOException otherSideHasGone) {
            return;
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HTTP/1.1 400 Bad Request | in plain HTTP",
                "SSH-2.0-OpenSSH_9.2 | \"SSH-2",
                "220 mail ESMTP | \"220 m"
            })
    void namesAPortThatDoesNotSpeakTls(String answer, String said) throws IOException, InterruptedException {
        Attempt attempt = attemptAnswered("https", answer + "\r\n\r\n");

        assertThat(attempt.reason()).contains(Reason.TLS_NOT_SPOKEN);
        assertThat(attempt.detail()).contains("127.0.0.1:", " answered " + said);
    }

    @Test
    void namesAPortThatAnswersPlainHttpInTls() throws IOException, InterruptedException {
        Attempt attempt = attemptAnswered("http", ALERT_UNEXPECTED_MESSAGE);

        assertThat(attempt.reason()).contains(Reason.TLS_EXPECTED);
        assertThat(attempt.detail()).endsWith(" answered in TLS");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html><head><title>400 The plain HTTP request was sent to HTTPS port</title></head></html>",
                "Reason: You're speaking plain HTTP to an SSL-enabled server port.<br />",
                "Client sent an HTTP request to an HTTPS server.\n"
            })
    void knowsTheWordsOfServersThatAreAskedWithoutTls(String page) throws InterruptedException {
        try (ScriptedServer server = ScriptedServer.start(Behaviour.status(400, page))) {
            Attempt attempt = attempt("http", server.address().getPort());

            assertThat(attempt.reason()).contains(Reason.TLS_EXPECTED);
            assertThat(attempt.detail()).endsWith("answered with status 400 and says so in its page");
        }
    }

    @Test
    void takesAnotherBadRequestForAStatus() throws InterruptedException {
        try (ScriptedServer server = ScriptedServer.start(Behaviour.status(400, "<h1>Bad Request</h1>"))) {
            assertThat(attempt("http", server.address().getPort()).reason()).contains(Reason.STATUS_NOT_ACCEPTED);
        }
    }
}
