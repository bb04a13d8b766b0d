package dev.upkeep.infra.aws;

import dev.upkeep.infra.inventory.Problem;
import dev.upkeep.infra.rollout.OutsideCheck;
import java.net.URI;
import java.util.Optional;

/** Whether users get a version, asked as they do: CloudFormation has done its part before they get it. */
final class EdgeQuestion {

    /** Where to look then. */
    private static final String NEXT =
            "upkeep check says more of what they get, upkeep status what the load balancer makes of"
                    + " the instances, upkeep logs what these print; upkeep apply waits for it once more";

    private final OutsideCheck outside;
    private final URI edge;
    private final String version;

    EdgeQuestion(OutsideCheck outside, URI edge, String version) {
        this.outside = outside;
        this.edge = edge;
        this.version = version;
    }

    /** Where it is asked. */
    URI asked() {
        return outside.asked(edge);
    }

    /** Asks once; empty if users get it. */
    Optional<Problem> problem() throws InterruptedException {
        String missing = outside.missing(edge, version);
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(new Problem("edge", "users do not get " + version + ": " + missing, NEXT));
    }
}
