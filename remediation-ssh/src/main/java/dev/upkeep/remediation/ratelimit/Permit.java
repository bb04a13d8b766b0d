package dev.upkeep.remediation.ratelimit;

import dev.upkeep.remediation.guard.Limits;
import dev.upkeep.remediation.guard.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Decides whether one more repair may begin. Asks nothing. */
final class Permit {

    private final Limits limits;
    private final List<Repair> repairs;
    private final Instant now;

    /**
     * Of one host.
     *
     * @param repairs that it remembers, the oldest first
     * @param now by the clock of the host
     */
    Permit(Limits limits, List<Repair> repairs, Instant now) {
        this.limits = limits;
        this.repairs = repairs;
        this.now = now;
    }

    /** Why none may begin; empty if one may. */
    Optional<Refusal> refusal() {
        if (repairs.isEmpty()) {
            return Optional.empty();
        }
        Instant last = at(repairs.get(repairs.size() - 1));
        if (inVain() >= limits.inVain() && now.isBefore(last.plus(limits.rest()))) {
            return Optional.of(new Refusal(
                    Refusal.Kind.REPAIRS_DO_NOT_HELP,
                    Optional.of(last.plus(limits.rest())),
                    "the last " + limits.inVain() + " repairs did not help, or not for long"));
        }
        if (now.isBefore(last.plus(limits.gap()))) {
            return Optional.of(new Refusal(
                    Refusal.Kind.TOO_SOON,
                    Optional.of(last.plus(limits.gap())),
                    "it was repaired " + words(Duration.between(last, now)) + " ago"));
        }
        List<Instant> within = repairs.stream()
                .map(this::at)
                .filter(at -> at.isAfter(now.minus(limits.window())))
                .toList();
        if (within.size() >= limits.most()) {
            return Optional.of(new Refusal(
                    Refusal.Kind.TOO_OFTEN,
                    Optional.of(within.get(within.size() - limits.most()).plus(limits.window())),
                    "it was repaired " + within.size() + " times within " + words(limits.window())));
        }
        return Optional.empty();
    }

    /** What lies ahead, because a clock was set back, has just been. */
    private Instant at(Repair repair) {
        return repair.begunAt().isAfter(now) ? now : repair.begunAt();
    }

    /** How many of the last ones: one that was followed by another one too soon did not last. */
    private int inVain() {
        int count = 0;
        Instant next = now;
        for (int index = repairs.size() - 1; index >= 0; index--) {
            Repair repair = repairs.get(index);
            boolean lasted =
                    repair.helped() && !at(repair).plus(limits.window()).isAfter(next);
            if (lasted) {
                return count;
            }
            count++;
            next = at(repair);
        }
        return count;
    }

    private static String words(Duration time) {
        return time.compareTo(Duration.ofMinutes(2)) < 0
                ? time.toSeconds() + " s"
                : time.compareTo(Duration.ofHours(2)) < 0 ? time.toMinutes() + " min" : time.toHours() + " h";
    }
}
