package dev.upkeep.cli.heal;

import dev.upkeep.cli.terminal.Durations;
import dev.upkeep.cli.terminal.Progress;
import dev.upkeep.remediation.RemediationListener;
import dev.upkeep.remediation.audit.AuditEntry;
import dev.upkeep.remediation.diagnosis.Diagnosis;
import dev.upkeep.remediation.guard.Refusal;
import dev.upkeep.remediation.outcome.Outcome;
import dev.upkeep.remediation.outside.Condition;
import dev.upkeep.remediation.outside.Sight;
import dev.upkeep.remediation.remedy.Remedy;
import java.util.List;
import java.util.function.Consumer;

/** Tells a visit as a short story, while it happens and at its end. */
public final class Story implements RemediationListener {

    private final Progress progress;
    private String lastLook = "";
    private String doing = "";

    /** Told to whoever sits there. */
    public Story(Progress progress) {
        this.progress = progress;
    }

    @Override
    public void looked(String host, Sight sight) {
        progress.waitingFor("for another look from outside at " + host);
        if (!lastLook.equals(host + sight.words())) {
            lastLook = host + sight.words();
            progress.line("  looked    " + sight.words());
        }
    }

    @Override
    public void diagnosed(String host, Diagnosis diagnosis) {
        progress.line("  found     " + diagnosis.found());
        diagnosis.evidence().forEach(line -> progress.line("          | " + line));
    }

    @Override
    public void remedying(String host, Remedy remedy) {
        doing = remedy.describe();
        progress.line("  doing     " + doing);
        progress.waitingFor("for " + host + ": " + doing);
    }

    @Override
    public void ran(AuditEntry entry) {
        // Our own scripts are long, and only look or count.
        if (entry.purpose().equals(doing)) {
            progress.line("          $ " + entry.command() + "   -> " + entry.result() + " after "
                    + Durations.text(entry.took()));
        } else {
            progress.waitingFor("for " + entry.host() + ": " + entry.purpose());
        }
    }

    /** How it ended. */
    public static void tell(String name, Outcome outcome, Consumer<String> lines) {
        if (outcome instanceof Outcome.NotNeeded not) {
            lines.accept(name + " needs no repair: " + not.sight().words());
        } else if (outcome instanceof Outcome.NotTouched not) {
            lines.accept(name + " was not touched, since no restart mends that: "
                    + not.sight().words());
        } else if (outcome instanceof Outcome.Healed healed) {
            String by =
                    healed.remedies().isEmpty() ? "by itself" : "by: " + String.join(", ", words(healed.remedies()));
            lines.accept(name + " is healed after " + Durations.text(healed.took()) + ", " + by + "; "
                    + healed.sight().words());
        } else if (outcome instanceof Outcome.NotHealed not) {
            notHealed(name, not, lines);
        } else if (outcome instanceof Outcome.Refused refused) {
            lines.accept(name + " is not repaired now: " + words(refused.refusal()));
            lines.accept("  found       " + refused.diagnosis().found());
            lines.accept("  from outside  " + refused.sight().words());
        } else if (outcome instanceof Outcome.OutOfReach lost) {
            lines.accept(name + " could not be repaired: " + lost.message());
            lines.accept("  from outside  " + lost.sight().words());
        } else if (outcome instanceof Outcome.Rehearsed rehearsed) {
            rehearsed(name, rehearsed, lines);
        }
    }

    private static void notHealed(String name, Outcome.NotHealed not, Consumer<String> lines) {
        if (!not.remedies().isEmpty() && not.sight().condition() == Condition.OTHER) {
            lines.accept(name + " answers again, by: " + String.join(", ", words(not.remedies())) + "; but "
                    + not.sight().words() + ", which no restart mends");
            return;
        }
        lines.accept(name
                + (not.remedies().isEmpty() ? " is not repaired: " : " is not healed: ")
                + not.diagnosis().found());
        if (!not.remedies().isEmpty()) {
            lines.accept("  tried         " + String.join(", ", words(not.remedies())));
        }
        if (!not.problem().isEmpty()) {
            lines.accept("  went wrong    " + not.problem());
        }
        lines.accept("  what to do    " + not.diagnosis().next());
        lines.accept("  from outside  " + not.sight().words());
    }

    private static void rehearsed(String name, Outcome.Rehearsed rehearsed, Consumer<String> lines) {
        lines.accept(name + ": " + rehearsed.diagnosis().found());
        if (rehearsed.remedy().isEmpty()) {
            lines.accept("  would do      nothing: " + rehearsed.diagnosis().next());
        } else {
            rehearsed.remedy().get().commands().forEach(command -> lines.accept("  would run     " + command));
        }
        rehearsed.refusal().ifPresent(refusal -> lines.accept("  but not now   " + words(refusal)));
        lines.accept("  from outside  " + rehearsed.sight().words());
    }

    private static List<String> words(List<Remedy> remedies) {
        return remedies.stream().map(Remedy::describe).toList();
    }

    private static String words(Refusal refusal) {
        String next = switch (refusal.kind()) {
            case TOO_SOON, TOO_OFTEN -> "";
            case REPAIRS_DO_NOT_HELP ->
                "; somebody has to look. After mending it, upkeep heal --reset lets repairs begin again";
            case ANOTHER_HEALER -> "; if that one died, its lock is old after 15 min";
            case MAINTENANCE -> "; remove that file when the work is done";
            case NOT_COUNTED -> "; make room, or let whoever goes in write to /var/lib/upkeep/heal";
        };
        return refusal.found()
                + refusal.until()
                        .map(until -> "; the next repair may begin at " + until)
                        .orElse("")
                + next;
    }
}
