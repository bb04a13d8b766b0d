package dev.upkeep.checker.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upkeep.checker.fleet.MemberVerdict.Role;
import dev.upkeep.checker.verdict.Evidence;
import dev.upkeep.checker.verdict.Reason;
import dev.upkeep.checker.verdict.Status;
import dev.upkeep.checker.verdict.Verdict;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FleetVerdictTest {
    private static final Evidence EVIDENCE = new Evidence(
            URI.create("http://www.example.org/version.txt"), "1.0.6", Instant.EPOCH, Duration.ZERO, List.of());

    /** {@code up}, {@code stale}, {@code down}, {@code unready} or {@code unknown}; or another word for being up with that version. */
    private static Verdict verdict(String word) {
        return switch (word) {
            case "up" -> new Verdict.Up(EVIDENCE, "1.0.6", List.of());
            case "stale" -> new Verdict.Stale(EVIDENCE, "1.0.5", List.of());
            case "unready" -> new Verdict.Down(EVIDENCE, Reason.NOT_READY, "");
            case "down" -> new Verdict.Down(EVIDENCE, Reason.CONNECTION_REFUSED, "");
            case "unknown" -> new Verdict.Unknown(EVIDENCE, Reason.NAME_LOOKUP_FAILED, "");
            default -> new Verdict.Up(EVIDENCE, word, List.of());
        };
    }

    private static FleetVerdict fleet(String edge, String origins) {
        List<MemberVerdict> members = new ArrayList<>();
        if (!edge.equals("none")) {
            members.add(new MemberVerdict("edge", Role.EDGE, verdict(edge)));
        }
        for (String origin : origins.isEmpty() ? new String[0] : origins.split(" ")) {
            members.add(new MemberVerdict("i-" + members.size(), Role.ORIGIN, verdict(origin)));
        }
        return new FleetVerdict(Instant.EPOCH, Duration.ZERO, members);
    }

    @ParameterizedTest
    @CsvSource({
        "up, up up up, UP",
        "up, '', UP",
        "none, up up, UP",
        "down, up up up, DOWN",
        "down, '', DOWN",
        "none, down down, DOWN",
        "up, down down, DEGRADED",
        "up, up unready up, DEGRADED",
        "up, unready unready, DOWN",
        "up, unready down, DEGRADED",
        "unready, up up, DOWN",
        "unready, '', DOWN",
        "none, unready up, DEGRADED",
        "none, unready down, DOWN",
        "up, up down up, DEGRADED",
        "none, up down, DEGRADED",
        "unknown, down down, DEGRADED",
        "up, up down stale, DEGRADED",
        "up, up stale up, MIXED",
        "stale, up stale up, MIXED",
        "up, 1.0.6 1.0.7, MIXED",
        "stale, stale stale, STALE",
        "up, stale stale, STALE",
        "stale, up up, STALE",
        "stale, up unknown, STALE",
        "up, up unknown up, UNKNOWN",
        "unknown, up up, UNKNOWN",
        "unknown, '', UNKNOWN"
    })
    void comesToOneStatus(String edge, String origins, Status status) {
        assertThat(fleet(edge, origins).status()).isEqualTo(status);
    }

    @Test
    void knowsAnOldCopyAtTheEdgeFromAnOldRelease() {
        assertThat(fleet("stale", "up up").isStaleAtTheEdge()).isTrue();
        assertThat(fleet("stale", "stale stale").isStaleAtTheEdge()).isFalse();
        assertThat(fleet("stale", "").isStaleAtTheEdge()).isFalse();
    }

    @Test
    void namesTheVersionsAndTheTroubled() {
        FleetVerdict fleet = fleet("up", "up stale down");

        assertThat(fleet.originVersions()).containsExactly("1.0.5", "1.0.6");
        assertThat(fleet.troubled()).extracting(MemberVerdict::name).containsExactly("i-2", "i-3");
    }

    @Test
    void hasNoVerdictWithoutMembers() {
        assertThatThrownBy(() -> fleet("none", "")).isInstanceOf(IllegalArgumentException.class);
    }
}
