package dev.upkeep.remediation.outcome;

import dev.upkeep.remediation.audit.AuditEntry;
import dev.upkeep.remediation.diagnosis.Diagnosis;
import dev.upkeep.remediation.guard.Refusal;
import dev.upkeep.remediation.outside.Sight;
import dev.upkeep.remediation.remedy.Remedy;
import dev.upkeep.remediation.shell.ShellFailure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How a visit to a host ended. All of it is expected; nothing of it is an exception. */
public sealed interface Outcome {

    /**
     * How users found the host last.
     *
     * @return what the last look from outside has shown
     */
    Sight sight();

    /**
     * What was run on the host.
     *
     * @return every command in order; none if nobody went in
     */
    List<AuditEntry> audit();

    /**
     * Whether somebody has to do something.
     *
     * @return false if users are served
     */
    default boolean needsAttention() {
        return !(this instanceof NotNeeded) && !(this instanceof Healed);
    }

    /**
     * Users are served, and were so before anything was done.
     *
     * @param sight how users found the host last
     */
    record NotNeeded(Sight sight) implements Outcome {

        @Override
        public List<AuditEntry> audit() {
            return List.of();
        }
    }

    /**
     * What is wrong is nothing that a repair mends, so nobody went in.
     *
     * @param sight how users found the host last
     */
    record NotTouched(Sight sight) implements Outcome {

        @Override
        public List<AuditEntry> audit() {
            return List.of();
        }
    }

    /**
     * Users are served again.
     *
     * @param sight how users found the host last
     * @param diagnosis what was wrong
     * @param remedies what was done, in order; none if it came back while it was looked at
     * @param took from the first look that found it ailing until it served
     * @param audit every command in order
     */
    record Healed(Sight sight, Diagnosis diagnosis, List<Remedy> remedies, Duration took, List<AuditEntry> audit)
            implements Outcome {

        /** Copies the lists. */
        public Healed {
            remedies = List.copyOf(remedies);
            audit = List.copyOf(audit);
        }
    }

    /**
     * Nothing was done, since it would not help or make it worse, or all that was done did not help.
     *
     * @param sight how users found the host last
     * @param diagnosis what is wrong now
     * @param remedies what was done, in order; possibly nothing
     * @param problem what went wrong with the last of them, such as what a command said; empty if it did its part
     * @param audit every command in order
     */
    record NotHealed(Sight sight, Diagnosis diagnosis, List<Remedy> remedies, String problem, List<AuditEntry> audit)
            implements Outcome {

        /** Copies the lists. */
        public NotHealed {
            remedies = List.copyOf(remedies);
            audit = List.copyOf(audit);
        }
    }

    /**
     * It was not repaired because it may not be now.
     *
     * @param sight how users found the host last
     * @param diagnosis what is wrong
     * @param refusal why
     * @param audit every command in order; none of them changed what serves
     */
    record Refused(Sight sight, Diagnosis diagnosis, Refusal refusal, List<AuditEntry> audit) implements Outcome {

        /** Copies the list. */
        public Refused {
            audit = List.copyOf(audit);
        }
    }

    /**
     * The host could not be asked, or not any more.
     *
     * @param sight how users found the host last
     * @param failure why
     * @param message what was tried, what was found, and what to do
     * @param remedies what was begun before, in order; possibly nothing
     * @param audit every command in order
     */
    record OutOfReach(Sight sight, ShellFailure failure, String message, List<Remedy> remedies, List<AuditEntry> audit)
            implements Outcome {

        /** Copies the lists. */
        public OutOfReach {
            remedies = List.copyOf(remedies);
            audit = List.copyOf(audit);
        }
    }

    /**
     * Only a rehearsal: nothing was changed.
     *
     * @param sight how users found the host last
     * @param diagnosis what is wrong
     * @param remedy what would be done first; empty if nothing would
     * @param refusal why it would not be done now; empty if it would
     * @param audit every command in order; all of them only looked
     */
    record Rehearsed(
            Sight sight,
            Diagnosis diagnosis,
            Optional<Remedy> remedy,
            Optional<Refusal> refusal,
            List<AuditEntry> audit)
            implements Outcome {

        /** Copies the list. */
        public Rehearsed {
            audit = List.copyOf(audit);
        }
    }
}
