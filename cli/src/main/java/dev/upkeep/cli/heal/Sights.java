package dev.upkeep.cli.heal;

import dev.upkeep.checker.fleet.FleetVerdict;
import dev.upkeep.checker.verdict.Layer;
import dev.upkeep.checker.verdict.Reason;
import dev.upkeep.checker.verdict.Verdict;
import dev.upkeep.remediation.outside.Condition;
import dev.upkeep.remediation.outside.Sight;
import java.util.EnumSet;
import java.util.Set;

/** What a verdict means for a repair. */
public final class Sights {

    /** Nothing on a host that could be restarted is at fault. */
    private static final Set<Layer> NEVER = EnumSet.of(Layer.RESOLVE, Layer.TLS, Layer.VERSION, Layer.CHECKER);

    /** Somebody decided that it answers so. */
    private static final Set<Reason> INTENDED =
            EnumSet.of(Reason.REDIRECTED, Reason.REDIRECT_REFUSED, Reason.NOT_IN_SERVICE, Reason.PROXY_FAILED);

    private Sights() {}

    /** How users find the place. */
    public static Sight of(Verdict verdict) {
        return verdict.match(
                up -> new Sight(Condition.SERVES, "UP " + up.version()),
                stale -> new Sight(Condition.OTHER, "STALE: it serves " + stale.version()),
                down -> new Sight(condition(down.cause()), "DOWN: " + words(down.cause(), down.detail())),
                unknown -> new Sight(Condition.UNKNOWN, "UNKNOWN: " + words(unknown.cause(), unknown.detail())));
    }

    /** How users find one of several places; one that is not asked any more may have been replaced. */
    public static Sight of(FleetVerdict verdict, String place) {
        return verdict.members().stream()
                .filter(member -> member.name().equals(place))
                .findFirst()
                .map(member -> of(member.verdict()))
                .orElseGet(() -> new Sight(Condition.UNKNOWN, "UNKNOWN: nobody asks it any more"));
    }

    private static String words(Reason cause, String detail) {
        return cause.meaning() + (detail.isEmpty() ? "" : " (" + detail + ")");
    }

    private static Condition condition(Reason cause) {
        if (cause == Reason.NOT_READY) {
            return Condition.NOT_READY;
        }
        return NEVER.contains(cause.layer()) || INTENDED.contains(cause) ? Condition.OTHER : Condition.DOWN;
    }
}
