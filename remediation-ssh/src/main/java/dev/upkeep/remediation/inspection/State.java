package dev.upkeep.remediation.inspection;

import dev.upkeep.remediation.diagnosis.Cause;
import java.util.Optional;

/**
 * How a service was found.
 *
 * @param cause why it does not serve; {@link Cause#HUNG} if it runs
 * @param words the same in one phrase, as its manager says it
 */
record State(Cause cause, String words) {

    boolean runs() {
        return cause == Cause.HUNG;
    }

    /** Empty if systemd has no such unit. */
    static Optional<State> ofUnit(Facts facts, String key) {
        if (!facts.property(key, "LoadState").equals("loaded")) {
            return Optional.empty();
        }
        String active = facts.property(key, "ActiveState");
        String result = facts.property(key, "Result");
        String restarts = facts.property(key, "NRestarts");
        String words = "systemd says " + active + " (" + facts.property(key, "SubState") + ")"
                + (result.isEmpty() || result.equals("success") ? "" : ", " + result)
                + (restarts.isEmpty() || restarts.equals("0") ? "" : ", restarted " + restarts + " times");
        boolean loops = result.equals("start-limit-hit")
                || facts.property(key, "SubState").startsWith("auto-restart");
        Cause cause = switch (active) {
            case "active", "reloading" -> Cause.HUNG;
            default -> loops ? Cause.RESTART_LOOP : result.equals("oom-kill") ? Cause.OUT_OF_MEMORY : Cause.STOPPED;
        };
        return Optional.of(new State(cause, words));
    }

    static State of(FoundContainer container) {
        String words = container.engine() + " says " + container.status()
                + (container.runs() ? "" : ", exit code " + container.exitCode())
                + (container.wasOutOfMemory() ? ", out of memory" : "")
                + (container.restarts() > 0 ? ", restarted " + container.restarts() + " times" : "");
        Cause cause = switch (container.status()) {
            case "running" -> Cause.HUNG;
            case "restarting" -> Cause.RESTART_LOOP;
            case "paused" -> Cause.PAUSED;
            default -> container.wasOutOfMemory() ? Cause.OUT_OF_MEMORY : Cause.STOPPED;
        };
        return new State(cause, words);
    }
}
