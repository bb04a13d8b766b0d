package dev.upkeep.infra.progress;

import dev.upkeep.infra.spec.StackName;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * An operation that changes a stack: who began it, when, and what it is. It names itself to any process: see
 * {@code Platform.follow}.
 *
 * @param id tells it from all other operations on the platform
 * @param stack the stack that it changes
 * @param kind what is being done
 * @param by who does it, for people: user and machine, or the caller's identity on a cloud
 * @param pid the process that does it on this machine, or 0 if it does not run on this machine
 * @param since when it began
 */
public record Operation(String id, StackName stack, Kind kind, String by, long pid, Instant since) {

    /** What an operation does to a stack. */
    public enum Kind {
        /** Brings the stack to its spec. */
        APPLY,
        /** Takes into the stack what existed before it. */
        ADOPT,
        /** Makes a machine image for the stack. */
        BAKE,
        /** Removes machine images of the stack. */
        PRUNE,
        /** Removes the stack. */
        DESTROY,
        /** Takes an instance out of rotation. */
        DRAIN,
        /** Puts an instance back into rotation. */
        REJOIN,
        /** Gives one instance another version. */
        SHIP;

        /**
         * The kind in messages.
         *
         * @return such as {@code apply}
         */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The operation in one phrase for messages, to the second.
     *
     * @return for example {@code apply by root@host (pid 4711) since 2026-11-22T10:15:30Z}
     */
    public String describe() {
        String process = pid == 0 ? "" : " (pid " + pid + ")";
        return kind.word() + " by " + by + process + " since " + beganAt();
    }

    /**
     * When it began, for people.
     *
     * @return the moment to the second, in UTC
     */
    public Instant beganAt() {
        return since.truncatedTo(ChronoUnit.SECONDS);
    }
}
