package dev.upkeep.checker.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upkeep.checker.VersionChecker;
import dev.upkeep.checker.check.VersionCheck;
import dev.upkeep.checker.fleet.RemoteAnswer.Answered;
import dev.upkeep.checker.fleet.RemoteAnswer.Asked;
import dev.upkeep.checker.fleet.RemoteAnswer.Failed;
import dev.upkeep.checker.fleet.RemoteAnswer.NotAsked;
import dev.upkeep.checker.fleet.RemoteAnswer.NotInService;
import dev.upkeep.checker.fleet.RemoteAnswer.Reply;
import dev.upkeep.checker.gate.Convergence;
import dev.upkeep.checker.gate.ConvergenceGate;
import dev.upkeep.checker.gate.RoundListener;
import dev.upkeep.checker.testing.Behaviour;
import dev.upkeep.checker.testing.ScriptedServer;
import dev.upkeep.checker.verdict.Attempt;
import dev.upkeep.checker.verdict.Reason;
import dev.upkeep.checker.verdict.Status;
import dev.upkeep.checker.verdict.Verdict;
import dev.upkeep.checker.version.ExpectedVersion;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Origins that others ask: what they reply is concluded by the rules of every other place. */
class RemoteOriginsTest {

    private static final Duration TOOK = Duration.ofMillis(3);
    private static final VersionCheck QUESTION = VersionCheck.builder(
                    URI.create("http://127.0.0.1/version.txt"), ExpectedVersion.exactly("1.0.6"))
            .readyAt("/ready")
            .build();

    private final ScriptedServer edge = ScriptedServer.start(Behaviour.version("1.0.6"));
    private final VersionChecker checker = VersionChecker.create();
    private final Deque<List<RemoteAnswer>> script = new ArrayDeque<>();
    private final List<String> asked = new ArrayList<>();

    private final RemoteOrigins origins = new RemoteOrigins() {
        @Override
        public String way() {
            return "a letter";
        }

        @Override
        public List<RemoteAnswer> ask(List<String> paths, Duration limit) {
            asked.add(paths + " within " + limit);
            return script.size() > 1 ? script.remove() : script.element();
        }
    };

    @AfterEach
    void close() {
        checker.close();
        edge.close();
    }

    private FleetCheck fleet() {
        return FleetCheck.builder()
                .edge(VersionCheck.of(edge.uri(), ExpectedVersion.exactly("1.0.6")))
                .remoteOrigins(origins, QUESTION)
                .build();
    }

    private FleetVerdict check(RemoteAnswer... answers) throws InterruptedException {
        script.clear();
        script.add(List.of(answers));
        return checker.check(fleet());
    }

    private static Reply answered(int status, String body) {
        return new Answered(status, body, TOOK);
    }

    private static RemoteAnswer serving(String name, String version, int readiness) {
        return new Asked(name, List.of(answered(200, version + "\n"), answered(readiness, "")));
    }

    private Verdict of(RemoteAnswer answer) throws InterruptedException {
        List<MemberVerdict> members = check(answer).members();
        assertThat(members).hasSize(2);
        return members.get(1).verdict();
    }

    @Test
    void areAskedForTheVersionAndForReadinessAndNamedAfterTheEdge() throws InterruptedException {
        FleetVerdict verdict = check(serving("i-1", "1.0.6", 200), serving("i-2", "1.0.6", 204));

        assertThat(verdict.status()).isEqualTo(Status.UP);
        assertThat(verdict.members()).extracting(MemberVerdict::name).containsExactly("edge", "i-1", "i-2");
        assertThat(verdict.members().get(0).way()).isEmpty();
        assertThat(verdict.members().get(2).way()).hasValue("a letter");
        assertThat(asked)
                .containsExactly(
                        "[/version.txt, /ready] within " + QUESTION.timeouts().total());
        Verdict one = verdict.members().get(1).verdict();
        assertThat(one.lastAttempt().map(Attempt::took)).hasValue(TOOK);
        assertThat(one.evidence().took()).isEqualTo(TOOK.multipliedBy(2));
    }

    @Test
    void thatDisagreeAreMixed() throws InterruptedException {
        assertThat(check(serving("i-1", "1.0.6", 200), serving("i-2", "1.0.5", 200))
                        .status())
                .isEqualTo(Status.MIXED);
    }

    @Test
    void ofWhichOneIsNotReadyAreDegraded() throws InterruptedException {
        FleetVerdict verdict = check(serving("i-1", "1.0.6", 200), serving("i-2", "1.0.6", 503));

        assertThat(verdict.status()).isEqualTo(Status.DEGRADED);
        assertThat(verdict.troubled()).extracting(MemberVerdict::name).containsExactly("i-2");
        assertThat(verdict.troubled().get(0).verdict().reason()).hasValue(Reason.NOT_READY);
    }

    @Test
    void thatFailAreDownForTheReasonThatWasFound() throws InterruptedException {
        Reply refused = new Failed(Reason.CONNECTION_REFUSED, "on loopback", TOOK);
        assertThat(of(new Asked("i-1", List.of(refused, refused))).reason()).hasValue(Reason.CONNECTION_REFUSED);
        assertThat(of(new Asked("i-1", List.of(answered(502, ""), answered(502, ""))))
                        .reason())
                .hasValue(Reason.STATUS_NOT_ACCEPTED);
        assertThat(of(new Asked("i-1", List.of(answered(301, ""), answered(200, ""))))
                        .reason())
                .hasValue(Reason.REDIRECTED);
        assertThat(of(new Asked("i-1", List.of(answered(200, "<html>"), answered(200, ""))))
                        .reason())
                .hasValue(Reason.VERSION_UNREADABLE);
    }

    @Test
    void thatCouldNotBeAskedAreUnknownAndTheOthersStillCount() throws InterruptedException {
        FleetVerdict verdict = check(serving("i-1", "1.0.6", 200), new NotAsked("i-2", "its agent is not online"));

        assertThat(verdict.status()).isEqualTo(Status.UNKNOWN);
        Verdict.Unknown unknown = (Verdict.Unknown) verdict.members().get(2).verdict();
        assertThat(unknown.cause()).isEqualTo(Reason.NOT_ASKED);
        assertThat(unknown.detail()).isEqualTo("its agent is not online");
        assertThat(check(serving("i-1", "1.0.6", 503), new NotAsked("i-2", "")).status())
                .isEqualTo(Status.DEGRADED);
    }

    @Test
    void thatAreNotInServiceAreMissedAndDoNotMakeTheEdgeDown() throws InterruptedException {
        RemoteAnswer missing = new NotInService("i-2", "it has 1 of 2");
        FleetVerdict verdict = check(serving("i-1", "1.0.6", 200), missing);

        assertThat(verdict.status()).isEqualTo(Status.DEGRADED);
        assertThat(verdict.members().get(2).verdict().reason()).hasValue(Reason.NOT_IN_SERVICE);
        assertThat(verdict.members().get(2).way()).as("nobody asked it").isEmpty();
        assertThat(check(missing).status()).isEqualTo(Status.DEGRADED);
        assertThat(check(serving("i-1", "1.0.6", 503), missing).status())
                .as("of those that are in service none is ready")
                .isEqualTo(Status.DOWN);
    }

    @Test
    void ofWhichNoneCanBeAskedDoNotCount() throws InterruptedException {
        FleetVerdict verdict = check();

        assertThat(verdict.status()).isEqualTo(Status.UP);
        assertThat(verdict.members()).hasSize(1);
    }

    @Test
    void areAskedAgainInEveryRound() throws InterruptedException {
        script.add(List.of(serving("i-1", "1.0.5", 200)));
        script.add(List.of(serving("i-1", "1.0.6", 200), serving("i-2", "1.0.6", 200)));

        Convergence<FleetVerdict> end = checker.await(
                fleet(), new ConvergenceGate(2, Duration.ZERO, Duration.ofMinutes(1)), RoundListener.none());

        assertThat(end).isInstanceOf(Convergence.Converged.class);
        assertThat(end.last().number()).isEqualTo(3);
        assertThat(asked).hasSize(3);
    }

    @Test
    void areAPartOfWhatAFleetIs() {
        FleetCheck fleet = fleet();
        assertThat(fleet).isEqualTo(fleet()).hasSameHashCodeAs(fleet());
        assertThat(fleet.withConcurrency(2).remote()).isEqualTo(fleet.remote());
        assertThat(fleet)
                .isNotEqualTo(
                        FleetCheck.builder().edge(fleet.edge().orElseThrow()).build());
        assertThat(fleet.toString()).contains("others through a letter");
    }

    @Test
    void thatAreAllThereIsNeedAnAnswer() {
        script.add(List.of());
        FleetCheck alone = FleetCheck.builder().remoteOrigins(origins, QUESTION).build();

        assertThatThrownBy(() -> checker.check(alone))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a fleet without members has no verdict");
        assertThatThrownBy(() -> new Asked("i-1", List.of())).hasMessage("i-1 was asked for nothing");
    }
}
