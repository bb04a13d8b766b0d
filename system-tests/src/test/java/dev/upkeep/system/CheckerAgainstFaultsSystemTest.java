package dev.upkeep.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.checker.VersionChecker;
import dev.upkeep.checker.check.RetryPolicy;
import dev.upkeep.checker.check.VersionCheck;
import dev.upkeep.checker.testing.Behaviour;
import dev.upkeep.checker.testing.RefusingPort;
import dev.upkeep.checker.testing.ScriptedServer;
import dev.upkeep.checker.verdict.Attempt;
import dev.upkeep.checker.verdict.Reason;
import dev.upkeep.checker.verdict.Status;
import dev.upkeep.checker.verdict.Verdict;
import dev.upkeep.checker.version.ExpectedVersion;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Faults below HTTP, with sockets of the kernel. */
class CheckerAgainstFaultsSystemTest {
    private static final ExpectedVersion EXPECTED = ExpectedVersion.exactly("1.0.6");
    private static final int ATTEMPTS = RetryPolicy.DEFAULT.attempts();

    @AutoClose
    private final Peers peers = new Peers();

    @AutoClose
    private final VersionChecker checker = VersionChecker.create();

    private Verdict check(URI uri) throws InterruptedException {
        return checker.check(VersionCheck.of(uri, EXPECTED));
    }

    private Attempt attempt(URI uri) throws InterruptedException {
        Verdict verdict = checker.check(VersionCheck.builder(uri, EXPECTED)
                .retryPolicy(RetryPolicy.once())
                .timeouts(Limits.SHORT)
                .build());
        return verdict.lastAttempt().orElseThrow();
    }

    private static URI uri(int port) {
        return URI.create("http://127.0.0.1:" + port + "/version.txt");
    }

    @Test
    void aPortWithoutAListenerIsRefused() throws InterruptedException {
        RefusingPort port = peers.closing(RefusingPort.open());

        Verdict verdict = check(port.uri());

        assertThat(verdict.status()).isEqualTo(Status.DOWN);
        assertThat(verdict.reason()).contains(Reason.CONNECTION_REFUSED);
        assertThat(verdict.attempts()).hasSize(ATTEMPTS);
        Attempt last = verdict.lastAttempt().orElseThrow();
        assertThat(last.detail()).startsWith("by 127.0.0.1:");
        assertThat(last.peer().orElseThrow().getAddress()).isEqualTo(Loopback.four(1));
    }

    @Test
    void aConnectionThatIsResetAtOnceIsToldFromOneThatIsClosed() throws InterruptedException, IOException {
        ServerSocket listener = peers.closing(new ServerSocket(0, 10, Loopback.four(1)));
        Thread resetting = new Thread(() -> resetAll(listener), "resetting");
        resetting.setDaemon(true);
        resetting.start();

        Verdict verdict = check(uri(listener.getLocalPort()));

        assertThat(verdict.reason()).contains(Reason.CONNECTION_RESET);
        assertThat(verdict.attempts()).hasSize(ATTEMPTS);
    }

    private static void resetAll(ServerSocket listener) {
        while (!listener.isClosed()) {
            try (Socket connection = listener.accept()) {
                connection.setSoLinger(true, 0);
            } catch (IOException closed) {
                return;
            }
        }
    }

    @Test
    void aConnectionThatIsResetAfterTheRequestIsReset() throws InterruptedException {
        ScriptedServer server = peers.closing(ScriptedServer.start(Behaviour.reset()));

        assertThat(attempt(server.uri()).reason()).contains(Reason.CONNECTION_RESET);
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void aFirstConnectionThatIsClosedIsSeenAndNotRetriedBehindOurBack() throws InterruptedException {
        ScriptedServer server = peers.closing(ScriptedServer.start(Behaviour.version("1.0.6")));
        server.next(Behaviour.close());

        Attempt attempt = attempt(server.uri());

        assertThat(attempt.reason()).contains(Reason.CONNECTION_CLOSED);
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void curlSeesTheClosedFirstConnectionAsWell() {
        ScriptedServer server = peers.closing(ScriptedServer.start(Behaviour.version("1.0.6")));
        server.next(Behaviour.close());

        Command curl =
                Command.run("curl", "-q", "-s", "--noproxy", "*", server.uri().toString());

        assertThat(curl.code()).isEqualTo(52); // "The server did not reply anything"
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void aClosedFirstConnectionLeavesTheTargetUpButUnstable() throws InterruptedException {
        ScriptedServer server = peers.closing(ScriptedServer.start(Behaviour.version("1.0.6")));
        server.next(Behaviour.close());

        Verdict verdict = check(server.uri());

        assertThat(verdict.status()).isEqualTo(Status.UP);
        assertThat(verdict.isUnstable()).isTrue();
        assertThat(verdict.attempts()).hasSize(2);
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void aConnectionThatStaysSilentIsNotUp() throws InterruptedException {
        ScriptedServer server = peers.closing(ScriptedServer.start(Behaviour.silence()));

        Attempt attempt = attempt(server.uri());

        assertThat(attempt.reason()).contains(Reason.FIRST_BYTE_TIMEOUT);
        assertThat(attempt.phases().firstByte()).isBetween(Limits.SHORT.firstByte(), Duration.ofSeconds(3));
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void aConnectionThatNobodyAcceptsIsNotUp() throws InterruptedException, IOException {
        ServerSocket neverAccepting = peers.closing(new ServerSocket(0, 10, Loopback.four(1)));

        assertThat(attempt(uri(neverAccepting.getLocalPort())).reason()).contains(Reason.FIRST_BYTE_TIMEOUT);
    }

    @Test
    void aBlackHoleRunsOutOfTimeWhileConnecting() throws InterruptedException, IOException {
        ServerSocket full = peers.closing(new ServerSocket(0, 1, Loopback.four(1)));
        peers.fill(full);

        Attempt attempt = attempt(uri(full.getLocalPort()));

        assertThat(attempt.reason()).contains(Reason.CONNECT_TIMEOUT);
        assertThat(attempt.detail()).isEqualTo("the limit is 1000 ms");
        assertThat(attempt.phases().connect()).isBetween(Limits.SHORT.connect(), Duration.ofSeconds(3));
        assertThat(attempt.phases().firstByte()).isZero();
    }

    @Test
    void allAttemptsTogetherStayWithinTheTotalTime() throws InterruptedException, IOException {
        ServerSocket full = peers.closing(new ServerSocket(0, 1, Loopback.four(1)));
        peers.fill(full);
        Duration total = Duration.ofMillis(1800);

        Verdict verdict = checker.check(VersionCheck.builder(uri(full.getLocalPort()), EXPECTED)
                .timeouts(Limits.SHORT.withTotal(total))
                .build());

        assertThat(verdict.reason()).contains(Reason.CONNECT_TIMEOUT);
        assertThat(verdict.attempts()).hasSize(2);
        assertThat(verdict.lastAttempt().orElseThrow().detail())
                .isEqualTo("the total time of 1800 ms for the check was over");
        assertThat(verdict.evidence().took()).isBetween(total, total.plusSeconds(2));
    }

    @Test
    void aReplyThatIsNotHttpIsMalformed() throws InterruptedException {
        ScriptedServer server = peers.closing(ScriptedServer.start(Behaviour.raw("SSH-2.0-OpenSSH_9.2\r\n")));

        assertThat(attempt(server.uri()).reason()).contains(Reason.MALFORMED_REPLY);
        assertThat(server.connections()).isEqualTo(1);
    }
}
