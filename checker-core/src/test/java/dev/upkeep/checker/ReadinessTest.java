package dev.upkeep.checker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.checker.check.RetryPolicy;
import dev.upkeep.checker.check.Timeouts;
import dev.upkeep.checker.check.VersionCheck;
import dev.upkeep.checker.fleet.FleetCheck;
import dev.upkeep.checker.fleet.FleetVerdict;
import dev.upkeep.checker.gate.Convergence;
import dev.upkeep.checker.gate.ConvergenceGate;
import dev.upkeep.checker.gate.RoundListener;
import dev.upkeep.checker.testing.Behaviour;
import dev.upkeep.checker.testing.ScriptedServer;
import dev.upkeep.checker.verdict.Attempt;
import dev.upkeep.checker.verdict.Readiness;
import dev.upkeep.checker.verdict.Reason;
import dev.upkeep.checker.verdict.Status;
import dev.upkeep.checker.verdict.Verdict;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadinessTest extends AgainstScriptedServer {
    private static final String PATH = "/health";

    private static String detail(Verdict verdict) {
        return verdict.match(up -> "", stale -> "", Verdict.Down::detail, Verdict.Unknown::detail);
    }

    @Test
    void isUpWhenTheVersionIsRightAndEveryPathAnswers() throws InterruptedException {
        server.next(
                Behaviour.version("1.0.6"), Behaviour.reply(204, "", ""), Behaviour.status(200, "<html>fine</html>"));

        Verdict verdict =
                checker.check(check().readyAt(PATH).readyAt("/metrics?short").build());

        assertThat(verdict.status()).isEqualTo(Status.UP);
        assertThat(verdict.isUnstable()).isFalse();
        assertThat(verdict.readiness()).extracting(Readiness::path).containsExactly(PATH, "/metrics");
        assertThat(verdict.readiness()).allMatch(Readiness::isReady);
        assertThat(server.connections()).isEqualTo(3);
        assertThat(server.requests().get(1)).startsWith("GET /health HTTP/1.1").contains("\r\nConnection: close");
        assertThat(server.requests().get(2)).startsWith("GET /metrics?short HTTP/1.1");
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 404, 502, 503})
    void isDownForAReasonOfItsOwnWhenAPathAnswersAnythingElse(int status) throws InterruptedException {
        server.next(Behaviour.version("1.0.6"), Behaviour.status(status, "1.0.6"));

        Verdict verdict = checker.check(check().readyAt(PATH).build());

        assertThat(verdict.status()).isEqualTo(Status.DOWN);
        assertThat(verdict.reason()).contains(Reason.NOT_READY);
        assertThat(detail(verdict)).isEqualTo("/health answered with status " + status);
        assertThat(verdict.servedVersion()).contains("1.0.6");
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void saysWhatHappenedWhenAPathDoesNotAnswerAtAll() throws InterruptedException {
        server.next(Behaviour.version("1.0.6"), Behaviour.close());

        Verdict verdict = checker.check(check().readyAt(PATH).build());

        assertThat(verdict.reason()).contains(Reason.NOT_READY);
        assertThat(detail(verdict)).startsWith("/health: the connection was closed before the reply (by 127.0.0.1:");
    }

    @Test
    void doesNotLookAtTheBodyOfAPath() throws InterruptedException {
        server.next(Behaviour.version("1.0.6"), Behaviour.endless());

        assertThat(checker.check(check().readyAt(PATH).build()).status()).isEqualTo(Status.UP);
    }

    @Test
    void triesAPathAgainAsItDoesTheVersion() throws InterruptedException {
        server.next(Behaviour.version("1.0.6"), Behaviour.reset(), Behaviour.version("1.0.6"));

        Verdict verdict = checker.check(
                check().retryPolicy(RetryPolicy.DEFAULT).readyAt(PATH).build());

        assertThat(verdict.status()).isEqualTo(Status.UP);
        assertThat(verdict.isUnstable()).isTrue();
        assertThat(verdict.attempts()).hasSize(1);
        assertThat(verdict.readiness().get(0).attempts())
                .extracting(Attempt::number)
                .containsExactly(1, 2);
    }

    @Test
    void asksNoPathOfAServerFromWhichNoVersionWasRead() throws InterruptedException {
        server.next(Behaviour.status(500, "no"));

        Verdict verdict = checker.check(check().readyAt(PATH).build());

        assertThat(verdict.reason()).contains(Reason.STATUS_NOT_ACCEPTED);
        assertThat(verdict.readiness()).isEmpty();
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void isDownRatherThanStaleWhenAnOldVersionIsNotReadyEither() throws InterruptedException {
        server.next(Behaviour.version("1.0.5"), Behaviour.status(503, "no"));

        Verdict verdict = checker.check(check().readyAt(PATH).build());

        assertThat(verdict.reason()).contains(Reason.NOT_READY);
        assertThat(verdict.servedVersion()).contains("1.0.5");
    }

    @Test
    void isStaleWhenAnOldVersionIsReady() throws InterruptedException {
        server.next(Behaviour.version("1.0.5"), Behaviour.status(200, "yes"));

        assertThat(checker.check(check().readyAt(PATH).build()).status()).isEqualTo(Status.STALE);
    }

    @Test
    void isBoundedByTheTimeOfTheWholeCheck() throws InterruptedException {
        server.next(Behaviour.version("1.0.6"), Behaviour.silence());

        Verdict verdict = checker.check(check().timeouts(Timeouts.DEFAULT.withTotal(Duration.ofMillis(1500)))
                .readyAt(PATH)
                .build());

        assertThat(verdict.reason()).contains(Reason.NOT_READY);
        assertThat(verdict.evidence().took()).isLessThan(Duration.ofSeconds(4));
    }

    @Test
    void asksThePathsOfTheVeryAddressThatServedTheVersion() throws Exception {
        InetAddress here = server.address().getAddress();
        InetAddress nowhere = InetAddress.getByName("192.0.2.1");
        List<List<InetAddress>> answers = List.of(List.of(here, nowhere), List.of(nowhere, here));
        int[] asked = {0};
        try (VersionChecker own = VersionChecker.builder()
                .resolver(host -> answers.get(asked[0]++))
                .build()) {
            URI uri = URI.create("http://shop.test:" + server.address().getPort() + "/version.txt");
            VersionCheck check =
                    VersionCheck.builder(uri, EXPECTED).readyAt(PATH).build();

            assertThat(own.check(check).status()).isEqualTo(Status.UP);
            assertThat(server.requests().get(1)).contains("\r\nHost: shop.test:");
        }
    }

    @Test
    void sendsThePathsWhatItSendsForTheVersion() throws InterruptedException {
        checker.check(check().header("Authorization", "Bearer x").readyAt(PATH).build());

        assertThat(server.requests().get(1)).contains("\r\nAuthorization: Bearer x");
    }

    @Test
    void aFleetIsDegradedByOneInstanceThatIsNotReadyAndDownByAll() throws InterruptedException {
        try (ScriptedServer edge = ScriptedServer.start(Behaviour.version("1.0.6"));
                ScriptedServer other = ScriptedServer.start(Behaviour.version("1.0.6"))) {
            VersionCheck ofEdge =
                    VersionCheck.builder(edge.uri(), EXPECTED).readyAt(PATH).build();
            FleetCheck fleet = FleetCheck.builder()
                    .edge(ofEdge)
                    .origin("i1", server.address())
                    .origin("i2", other.address())
                    .build();
            server.next(Behaviour.version("1.0.6"), Behaviour.status(503, ""));

            FleetVerdict one = checker.check(fleet);
            assertThat(one.status()).isEqualTo(Status.DEGRADED);
            assertThat(one.troubled())
                    .singleElement()
                    .satisfies(member -> assertThat(member.verdict().reason()).contains(Reason.NOT_READY));

            server.next(Behaviour.version("1.0.6"), Behaviour.status(503, ""));
            other.next(Behaviour.version("1.0.6"), Behaviour.status(503, ""));
            assertThat(checker.check(fleet).status()).isEqualTo(Status.DOWN);

            edge.next(Behaviour.version("1.0.6"), Behaviour.status(503, ""));
            assertThat(checker.check(fleet).status()).isEqualTo(Status.DOWN);
        }
    }

    @Test
    void waitsForReadinessAsWell() throws InterruptedException {
        server.next(Behaviour.version("1.0.6"), Behaviour.status(503, ""), Behaviour.version("1.0.6"));

        Convergence<Verdict> end = checker.await(
                check().readyAt(PATH).build(),
                new ConvergenceGate(2, Duration.ZERO, Duration.ofSeconds(30)),
                RoundListener.none());

        assertThat(end).isInstanceOf(Convergence.Converged.class);
        assertThat(end.last().number()).isEqualTo(3);
    }
}
