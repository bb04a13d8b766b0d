package dev.upkeep.cli.output;

import dev.upkeep.checker.fleet.FleetVerdict;
import dev.upkeep.checker.fleet.MemberVerdict;
import dev.upkeep.checker.fleet.MemberVerdict.Role;
import dev.upkeep.checker.verdict.Attempt;
import dev.upkeep.checker.verdict.Reason;
import dev.upkeep.checker.verdict.Status;
import dev.upkeep.checker.verdict.Verdict;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What came of a check in one sentence, the same in every format. */
public final class Summary {

    private Summary() {}

    static String of(CheckReport report) {
        return report instanceof CheckReport.OfFleet fleet
                ? fleet.subject() + ": " + of(fleet.verdict())
                : report.subject() + " " + of(report.places().get(0).verdict());
    }

    /** The same, to be put behind the status, without the subject. */
    static String afterStatus(CheckReport report) {
        return report instanceof CheckReport.OfFleet fleet
                ? of(fleet.verdict())
                : afterStatus(report.places().get(0).verdict());
    }

    /** What one place did, to be put behind its name. */
    public static String of(Verdict verdict) {
        String attempts = verdict.isUnstable() && verdict.attempts().size() > 1
                ? " (on attempt " + verdict.attempts().size() + ")"
                : "";
        return verdict.match(
                up -> "serves " + up.version() + attempts,
                stale -> stale.lastAttempt().map(Attempt::detail).orElseThrow(),
                down -> "is down: " + because(down.cause(), down.detail()),
                unknown -> "could not be measured: " + because(unknown.cause(), unknown.detail()));
    }

    private static String afterStatus(Verdict verdict) {
        return verdict.match(
                up -> of(verdict),
                stale -> of(verdict),
                down -> because(down.cause(), down.detail()),
                unknown -> because(unknown.cause(), unknown.detail()));
    }

    private static String because(Reason reason, String detail) {
        return detail.isEmpty() ? reason.meaning() : reason.meaning() + " (" + detail + ")";
    }

    private static String of(FleetVerdict fleet) {
        return switch (fleet.status()) {
            case UP -> everyPlace(fleet) + " " + versions(fleet.members());
            case STALE ->
                fleet.isStaleAtTheEdge()
                        ? "the edge serves an old copy although every instance is right"
                        : stale(fleet);
            case MIXED -> "the instances do not agree on a version: " + String.join(", ", fleet.originVersions());
            case DEGRADED -> "serves users, but " + failing(fleet.members());
            case DOWN -> down(fleet);
            case UNKNOWN ->
                names(those(fleet.members(), verdict -> verdict.status() == Status.UNKNOWN)) + " could not be measured";
        };
    }

    /** Names nothing that was not asked. */
    private static String everyPlace(FleetVerdict fleet) {
        long instances = fleet.members().stream()
                .filter(member -> member.role() == Role.ORIGIN)
                .count();
        if (fleet.edge().isPresent()) {
            return instances == 0 ? "the edge serves" : "the edge and every instance serve";
        }
        return instances == 1 ? names(fleet.members()) + " serves" : "all " + instances + " places serve";
    }

    private static String stale(FleetVerdict fleet) {
        List<MemberVerdict> stale = those(fleet.members(), verdict -> verdict.status() == Status.STALE);
        return names(stale) + (stale.size() == 1 ? " serves " : " serve ") + versions(stale) + ", expected is "
                + fleet.members().get(0).verdict().evidence().expected();
    }

    private static String down(FleetVerdict fleet) {
        boolean edgeServes =
                fleet.edge().filter(edge -> edge.status() != Status.DOWN).isPresent();
        boolean allFailUnready = those(fleet.members(), verdict -> verdict.status() == Status.DOWN).stream()
                .allMatch(member -> isNotReady(member.verdict()));
        String what = edgeServes
                ? "no instance can serve users: "
                : allFailUnready ? "users get errors: " : "users get nothing: ";
        return what + failing(fleet.members());
    }

    /** Who is down, and who is not ready. */
    private static String failing(List<MemberVerdict> members) {
        List<MemberVerdict> missing = those(members, verdict -> isFor(Reason.NOT_IN_SERVICE, verdict));
        List<MemberVerdict> down = those(
                members,
                verdict -> verdict.status() == Status.DOWN
                        && !isNotReady(verdict)
                        && !isFor(Reason.NOT_IN_SERVICE, verdict));
        return Stream.of(
                        is(down, "down"),
                        is(those(members, Summary::isNotReady), "not ready"),
                        is(missing, "not in service"))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("; "));
    }

    private static String is(List<MemberVerdict> members, String state) {
        return members.isEmpty() ? "" : names(members) + (members.size() == 1 ? " is " : " are ") + state;
    }

    private static boolean isNotReady(Verdict verdict) {
        return isFor(Reason.NOT_READY, verdict);
    }

    private static boolean isFor(Reason reason, Verdict verdict) {
        return verdict.reason().filter(reason::equals).isPresent();
    }

    private static String versions(List<MemberVerdict> members) {
        return members.stream()
                .flatMap(member -> member.verdict().servedVersion().stream())
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static List<MemberVerdict> those(List<MemberVerdict> members, Predicate<Verdict> wanted) {
        return members.stream().filter(member -> wanted.test(member.verdict())).toList();
    }

    private static String names(List<MemberVerdict> members) {
        return members.stream()
                .map(member -> member.role() == Role.EDGE ? "the edge" : member.name())
                .collect(Collectors.joining(", "));
    }
}
