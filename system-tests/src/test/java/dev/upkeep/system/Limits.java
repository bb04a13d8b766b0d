package dev.upkeep.system;

import dev.upkeep.checker.check.Timeouts;
import java.time.Duration;

/** Time limits for targets that are going to exceed them. */
final class Limits {
    /** A second for each phase, but never the total before a phase: then it is known which limit was hit. */
    static final Timeouts SHORT = new Timeouts(
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(10));

    private Limits() {}
}
