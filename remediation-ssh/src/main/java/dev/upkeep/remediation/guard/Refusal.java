package dev.upkeep.remediation.guard;

import java.time.Instant;
import java.util.Optional;

/**
 * Why a host is not repaired now, though it may need it.
 *
 * @param kind in one of a few kinds
 * @param until when it may be, by the clock of the host; empty if nobody knows
 * @param found in one phrase, for people
 */
public record Refusal(Kind kind, Optional<Instant> until, String found) {

    /** Of which kind. */
    public enum Kind {
        /** The last repair was begun too short a time ago. */
        TOO_SOON,
        /** There were too many within a time. */
        TOO_OFTEN,
        /** They do not help, or not for long: somebody has to look. */
        REPAIRS_DO_NOT_HELP,
        /** Somebody else is at it. */
        ANOTHER_HEALER,
        /** Somebody has said that the host is being worked on. */
        MAINTENANCE,
        /** The host cannot keep count: a repair that nobody counts could go on for ever. */
        NOT_COUNTED
    }
}
