package dev.upkeep.cli.output;

import dev.upkeep.checker.fleet.FleetVerdict;
import dev.upkeep.checker.fleet.MemberVerdict;
import dev.upkeep.checker.fleet.MemberVerdict.Role;
import dev.upkeep.checker.verdict.Attempt;
import dev.upkeep.checker.verdict.CertificateFacts;
import dev.upkeep.checker.verdict.Evidence;
import dev.upkeep.checker.verdict.PhaseTimes;
import dev.upkeep.checker.verdict.Readiness;
import dev.upkeep.checker.verdict.Reason;
import dev.upkeep.checker.verdict.Reply;
import dev.upkeep.checker.verdict.Verdict;
import dev.upkeep.checker.verdict.Warning;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Reports of every kind, at a fixed time. */
final class Reports {

    private static final URI TARGET = URI.create("https://www.example.org/version.txt");
    private static final Instant BEGIN = Instant.parse("2026-11-22T10:00:00Z");
    private static final PhaseTimes PHASES = new PhaseTimes(ms(2), ms(8), ms(20), ms(9), ms(1));

    private Reports() {}

    static CheckReport up() {
        return CheckReport.of(upVerdict("1.0.6"));
    }

    static CheckReport upWithWarning() {
        Warning warning = new Warning(Warning.Kind.CERTIFICATE_EXPIRES_SOON, "the certificate ends in 9 days");
        return CheckReport.of(new Verdict.Up(evidence(List.of(served("1.0.6"))), "1.0.6", List.of(warning)));
    }

    static CheckReport upOnTheSecondAttempt() {
        List<Attempt> attempts = List.of(
                Attempt.startedAt(1, BEGIN).took(ms(3), PhaseTimes.NONE).failed(Reason.CONNECTION_RESET, "reset"),
                served("1.0.6"));
        return CheckReport.of(new Verdict.Up(evidence(attempts), "1.0.6", List.of()));
    }

    static CheckReport stale() {
        return CheckReport.of(staleVerdict("1.0.5"));
    }

    static CheckReport down() {
        return CheckReport.of(downVerdict("<b>refused</b> | \"really\" \\ & so on"));
    }

    /** Of a name with three addresses, of which the first was asked. */
    static CheckReport downAtTheFirstAddress() {
        Attempt attempt = Attempt.startedAt(1, BEGIN)
                .peer(peer())
                .otherAddresses(List.of(address("192.0.2.8"), address("2001:db8::7")))
                .took(ms(1), PhaseTimes.NONE)
                .failed(Reason.CONNECTION_REFUSED, "by 192.0.2.7:443");
        return CheckReport.of(
                new Verdict.Down(evidence(List.of(attempt)), Reason.CONNECTION_REFUSED, "by 192.0.2.7:443"));
    }

    static CheckReport unknown() {
        return CheckReport.of(unknownVerdict());
    }

    static CheckReport notAsked() {
        return CheckReport.of(new Verdict.Unknown(evidence(List.of()), Reason.CIRCUIT_OPEN, ""));
    }

    static CheckReport mixed() {
        return fleet(upVerdict("1.0.6"), upVerdict("1.0.6"), staleVerdict("1.0.5"));
    }

    static CheckReport staleEverywhere() {
        return fleet(staleVerdict("1.0.5"), staleVerdict("1.0.5"), staleVerdict("1.0.5"));
    }

    static CheckReport degraded() {
        return fleet(upVerdict("1.0.6"), upVerdict("1.0.6"), downVerdict("Connection refused"));
    }

    static CheckReport fleetUp() {
        return fleet(upVerdict("1.0.6"), upVerdict("1.0.6"), upVerdict("1.0.6"));
    }

    static CheckReport ready() {
        return CheckReport.of(new Verdict.Up(asked(served("1.0.6"), readyAttempt()), "1.0.6", List.of()));
    }

    static CheckReport notReady() {
        return CheckReport.of(notReadyVerdict());
    }

    static CheckReport degradedByReadiness() {
        return fleet(upVerdict("1.0.6"), notReadyVerdict(), downVerdict("by 192.0.2.7:443"));
    }

    static CheckReport notReadyAtTheEdge() {
        return fleet(notReadyVerdict(), notReadyVerdict(), notReadyVerdict());
    }

    static CheckReport noInstanceIsReady() {
        return fleet(upVerdict("1.0.6"), notReadyVerdict(), notReadyVerdict());
    }

    static CheckReport edgeAloneUp() {
        return fleet(upVerdict("1.0.6"));
    }

    static CheckReport withoutEdge(String... versions) {
        List<MemberVerdict> members = new ArrayList<>();
        for (String version : versions) {
            Verdict verdict = version.equals("1.0.6") ? upVerdict(version) : staleVerdict(version);
            members.add(new MemberVerdict("192.0.2." + (members.size() + 1), Role.ORIGIN, verdict));
        }
        return CheckReport.of("https://www.example.org/version.txt", new FleetVerdict(BEGIN, ms(50), members));
    }

    static CheckReport staleEdgeBeforeAnInstanceThatIsNotKnown() {
        return fleet(staleVerdict("1.0.5"), upVerdict("1.0.6"), unknownVerdict());
    }

    /** One instance was asked by another way than over the network, one could not be. */
    static CheckReport askedByOthers() {
        Attempt inside =
                Attempt.startedAt(1, BEGIN).took(ms(2), PhaseTimes.NONE).served("1.0.6");
        Optional<String> way = Optional.of("Run Command");
        List<MemberVerdict> members = List.of(
                new MemberVerdict("edge", Role.EDGE, upVerdict("1.0.6")),
                new MemberVerdict(
                        "i-1", Role.ORIGIN, new Verdict.Up(evidence(List.of(inside)), "1.0.6", List.of()), way),
                new MemberVerdict(
                        "i-2",
                        Role.ORIGIN,
                        new Verdict.Unknown(evidence(List.of()), Reason.NOT_ASKED, "its agent is not online"),
                        way));
        return new CheckReport.OfFleet(
                "stack shop", new FleetVerdict(BEGIN, ms(50), members), Optional.of("the file says 1.0.5"));
    }

    static List<CheckReport> all() {
        return List.of(
                up(),
                upWithWarning(),
                upOnTheSecondAttempt(),
                stale(),
                down(),
                downAtTheFirstAddress(),
                unknown(),
                notAsked(),
                mixed(),
                degraded(),
                fleetUp(),
                ready(),
                notReady(),
                degradedByReadiness(),
                askedByOthers(),
                staleEdgeBeforeAnInstanceThatIsNotKnown());
    }

    private static CheckReport fleet(Verdict edge, Verdict... origins) {
        List<MemberVerdict> members = new ArrayList<>();
        members.add(new MemberVerdict("edge", Role.EDGE, edge));
        IntStream.range(0, origins.length)
                .forEach(i -> members.add(new MemberVerdict("i" + (i + 1), Role.ORIGIN, origins[i])));
        return CheckReport.of("stack shop", new FleetVerdict(BEGIN, ms(50), members));
    }

    private static Verdict unknownVerdict() {
        Attempt attempt = Attempt.startedAt(1, BEGIN).failed(Reason.NAME_LOOKUP_FAILED, "no name server");
        return new Verdict.Unknown(evidence(List.of(attempt)), Reason.NAME_LOOKUP_FAILED, "no name server");
    }

    private static Verdict notReadyVerdict() {
        Attempt attempt = Attempt.startedAt(1, BEGIN)
                .reply(new Reply(503, BEGIN, Map.of()))
                .took(ms(4), PHASES)
                .failed(Reason.STATUS_NOT_ACCEPTED, "status 503; accepted is 200-299");
        return new Verdict.Down(asked(served("1.0.6"), attempt), Reason.NOT_READY, "/health answered with status 503");
    }

    private static Attempt readyAttempt() {
        return Attempt.startedAt(1, BEGIN)
                .reply(new Reply(204, BEGIN, Map.of()))
                .took(ms(3), PHASES)
                .ready();
    }

    private static Evidence asked(Attempt version, Attempt readiness) {
        return new Evidence(
                TARGET,
                "1.0.6",
                BEGIN,
                ms(42),
                List.of(version),
                List.of(new Readiness(TARGET.resolve("/health?token=x"), List.of(readiness))));
    }

    private static Verdict upVerdict(String version) {
        return new Verdict.Up(evidence(List.of(served(version))), version, List.of());
    }

    private static Verdict staleVerdict(String version) {
        Attempt attempt =
                answered().servedOther(version, Reason.VERSION_DIFFERS, "serves " + version + ", expected is 1.0.6");
        return new Verdict.Stale(evidence(List.of(attempt)), version, List.of());
    }

    private static Verdict downVerdict(String detail) {
        Attempt attempt = Attempt.startedAt(1, BEGIN)
                .peer(peer())
                .took(ms(1), new PhaseTimes(Duration.ZERO, ms(1), Duration.ZERO, Duration.ZERO, Duration.ZERO))
                .failed(Reason.CONNECTION_REFUSED, detail);
        return new Verdict.Down(evidence(List.of(attempt)), Reason.CONNECTION_REFUSED, detail);
    }

    private static Attempt served(String version) {
        return answered().served(version);
    }

    private static Attempt.Builder answered() {
        return Attempt.startedAt(1, BEGIN)
                .peer(peer())
                .reply(new Reply(200, BEGIN, Map.of("Server", "nginx", "Age", "7")))
                .certificate(certificate())
                .took(ms(41), PHASES);
    }

    private static Evidence evidence(List<Attempt> attempts) {
        return new Evidence(TARGET, "1.0.6", BEGIN, ms(42), attempts);
    }

    private static CertificateFacts certificate() {
        return new CertificateFacts(
                "CN=www.example.org",
                "CN=Authority",
                List.of("www.example.org"),
                BEGIN.minus(Duration.ofDays(10)),
                BEGIN.plus(Duration.ofDays(80)),
                BEGIN.plus(Duration.ofDays(80)),
                BEGIN.plus(Duration.ofDays(80)),
                "ab".repeat(32),
                "TLSv1.3",
                "TLS_AES_128_GCM_SHA256");
    }

    private static InetSocketAddress peer() {
        return address("192.0.2.7");
    }

    private static InetSocketAddress address(String literal) {
        return new InetSocketAddress(literal, 443);
    }

    private static Duration ms(long millis) {
        return Duration.ofMillis(millis);
    }
}
