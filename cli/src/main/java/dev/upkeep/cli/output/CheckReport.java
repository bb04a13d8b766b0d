package dev.upkeep.cli.output;

import dev.upkeep.checker.fleet.FleetVerdict;
import dev.upkeep.checker.fleet.MemberVerdict;
import dev.upkeep.checker.fleet.MemberVerdict.Role;
import dev.upkeep.checker.verdict.ShownUri;
import dev.upkeep.checker.verdict.Verdict;
import java.time.Instant;
import java.util.List;

/**
 * The result of a check, of one place or of many, ready to be written in any format.
 *
 * @param subject what was checked: a URL, or the name of a stack
 * @param verdict what came of it
 * @param now when, by the wall clock; days until a certificate's end are counted from here
 */
public record CheckReport(String subject, FleetVerdict verdict, Instant now) {

    /** The report of a single place, which then stands for the edge. */
    public static CheckReport of(Verdict verdict) {
        MemberVerdict edge = new MemberVerdict("edge", Role.EDGE, verdict);
        FleetVerdict fleet = new FleetVerdict(
                verdict.evidence().startedAt(), verdict.evidence().took(), List.of(edge));
        return of(ShownUri.of(verdict.evidence().target()), fleet);
    }

    /** The report of many places; its time is the end of the check. */
    public static CheckReport of(String subject, FleetVerdict verdict) {
        return new CheckReport(subject, verdict, verdict.startedAt().plus(verdict.took()));
    }

    /** Whether there is only one place. */
    boolean isSingle() {
        return verdict.members().size() == 1;
    }
}
