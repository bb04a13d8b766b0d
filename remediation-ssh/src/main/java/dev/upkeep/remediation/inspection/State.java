package dev.upkeep.remediation.inspection;

import dev.upkeep.remediation.diagnosis.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a service was found.
 *
 * @param cause why it does not serve; {@link Cause#HUNG} if it runs
 * @param words the same in one phrase, as its manager says it
 */
record State(Cause cause, String words) {

    /** What was started so often by its manager, and a short time ago, ends again and again; between two ends it runs. */
    private static final int OFTEN = 3;

    private static final Duration SHORT = Duration.ofMinutes(1);

    boolean runs() {
        return cause == Cause.HUNG;
    }

    /** Empty if systemd has no such unit. */
    static Optional<State> ofUnit(Facts facts, String key) {
        if (!facts.property(key, "LoadState").equals("loaded")) {
            return Optional.empty();
        }
        String result = facts.property(key, "Result");
        long restarts = Facts.number(facts.property(key, "NRestarts"));
        String words = "systemd says " + facts.property(key, "ActiveState") + " ("
                + facts.property(key, "SubState") + ")"
                + (result.isEmpty() || result.equals("success") ? "" : ", " + result)
                + restarted(restarts);
        return Optional.of(new State(unitCause(facts, key, result, restarts), words));
    }

    private static Cause unitCause(Facts facts, String key, String result, long restarts) {
        boolean isRestarted = restarts >= OFTEN && isYoung(facts, key);
        return switch (facts.property(key, "ActiveState")) {
            case "active", "reloading" -> isRestarted ? Cause.RESTART_LOOP : Cause.HUNG;
            case "activating" ->
                isRestarted || facts.property(key, "SubState").startsWith("auto-restart")
                        ? Cause.RESTART_LOOP
                        : Cause.STOPPED;
            // What systemd has started again and leaves failed, it has given up.
            case "failed" ->
                restarts > 0 || result.equals("start-limit-hit")
                        ? Cause.RESTART_LOOP
                        : result.equals("oom-kill") ? Cause.OUT_OF_MEMORY : Cause.STOPPED;
            default -> Cause.STOPPED;
        };
    }

    /** Both times are counted from the start of the host. */
    private static boolean isYoung(Facts facts, String key) {
        String since = facts.property(key, "ActiveEnterTimestampMonotonic");
        Optional<String> uptime = facts.first("uptime").filter(text -> text.matches("[0-9]{1,9}([.][0-9]+)?"));
        return since.matches("[0-9]{1,18}")
                && uptime.isPresent()
                && Double.parseDouble(uptime.get()) - Long.parseLong(since) / 1e6 < SHORT.toSeconds();
    }

    static State of(FoundContainer container, Facts facts) {
        String words = container.engine() + " says " + container.status()
                + (List.of("running", "paused").contains(container.status())
                        ? ""
                        : ", exit code " + container.exitCode())
                + (container.wasOutOfMemory() ? ", out of memory" : "")
                + restarted(container.restarts());
        boolean isRestarted = container.restarts() >= OFTEN && isYoung(container, facts);
        Cause cause = switch (container.status()) {
            case "running" -> isRestarted ? Cause.RESTART_LOOP : Cause.HUNG;
            case "restarting" -> Cause.RESTART_LOOP;
            case "paused" -> Cause.PAUSED;
            default -> container.wasOutOfMemory() ? Cause.OUT_OF_MEMORY : Cause.STOPPED;
        };
        return new State(cause, words);
    }

    private static boolean isYoung(FoundContainer container, Facts facts) {
        Optional<Instant> now = facts.first("now").map(Facts::number).map(Instant::ofEpochSecond);
        return now.isPresent()
                && container
                        .startedAt()
                        .filter(started -> started.plus(SHORT).isAfter(now.get()))
                        .isPresent();
    }

    private static String restarted(long times) {
        return times == 0 ? "" : ", restarted " + times + (times == 1 ? " time" : " times");
    }
}
