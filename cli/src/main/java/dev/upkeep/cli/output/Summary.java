package dev.upkeep.cli.output;

import dev.upkeep.checker.fleet.FleetVerdict;
import dev.upkeep.checker.fleet.MemberVerdict;
import dev.upkeep.checker.fleet.MemberVerdict.Role;
import dev.upkeep.checker.verdict.Attempt;
import dev.upkeep.checker.verdict.Reason;
import dev.upkeep.checker.verdict.Status;
import dev.upkeep.checker.verdict.Verdict;
import java.util.stream.Collectors;

/** What came of a check in one sentence, the same in every format. */
final class Summary {

    private Summary() {}

    static String of(CheckReport report) {
        FleetVerdict fleet = report.verdict();
        return report.isSingle()
                ? report.subject() + " " + of(fleet.members().get(0).verdict())
                : report.subject() + ": " + of(fleet);
    }

    /** What one place did, to be put behind its name. */
    static String of(Verdict verdict) {
        String attempts =
                verdict.isUnstable() ? " (on attempt " + verdict.attempts().size() + ")" : "";
        return verdict.match(
                up -> "serves " + up.version() + attempts,
                stale -> stale.lastAttempt().map(Attempt::detail).orElseThrow(),
                down -> "is down: " + because(down.cause(), down.detail()),
                unknown -> "could not be measured: " + because(unknown.cause(), unknown.detail()));
    }

    /** The same, to be put behind the status. */
    static String afterStatus(Verdict verdict) {
        return verdict.match(
                up -> of(verdict),
                stale -> of(verdict),
                down -> because(down.cause(), down.detail()),
                unknown -> because(unknown.cause(), unknown.detail()));
    }

    static String because(Reason reason, String detail) {
        return detail.isEmpty() ? reason.meaning() : reason.meaning() + " (" + detail + ")";
    }

    private static String of(FleetVerdict fleet) {
        String versions = String.join(", ", fleet.originVersions());
        return switch (fleet.status()) {
            case UP -> "the edge and every instance serve " + served(fleet);
            case STALE ->
                fleet.isStaleAtTheEdge()
                        ? "the edge serves an old copy although every instance is right"
                        : "another version is served than " + expected(fleet) + ": " + versions;
            case MIXED -> "the instances do not agree on a version: " + versions;
            case DEGRADED ->
                "serves users, but " + names(fleet, Status.DOWN) + " " + isOrAre(fleet, Status.DOWN) + " down";
            case DOWN ->
                "users get nothing: " + names(fleet, Status.DOWN) + " " + isOrAre(fleet, Status.DOWN) + " down";
            case UNKNOWN -> names(fleet, Status.UNKNOWN) + " could not be measured";
        };
    }

    private static String served(FleetVerdict fleet) {
        return fleet.members().stream()
                .flatMap(member -> member.verdict().servedVersion().stream())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static String expected(FleetVerdict fleet) {
        return fleet.members().get(0).verdict().evidence().expected();
    }

    private static String names(FleetVerdict fleet, Status status) {
        return fleet.members().stream()
                .filter(member -> member.verdict().status() == status)
                .map(Summary::name)
                .collect(Collectors.joining(", "));
    }

    private static String name(MemberVerdict member) {
        return member.role() == Role.EDGE ? "the edge" : member.name();
    }

    private static String isOrAre(FleetVerdict fleet, Status status) {
        long count = fleet.members().stream()
                .filter(member -> member.verdict().status() == status)
                .count();
        return count == 1 ? "is" : "are";
    }
}
