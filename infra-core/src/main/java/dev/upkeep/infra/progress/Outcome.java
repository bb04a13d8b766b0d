package dev.upkeep.infra.progress;

import dev.upkeep.infra.failure.InfraException;
import java.util.Optional;

/**
 * How an operation ended.
 *
 * @param ending in one word
 * @param failure what went wrong, present only if it failed
 */
public record Outcome(Ending ending, Optional<InfraException> failure) {

    /** How an operation ended, in one word. */
    public enum Ending {
        /** It did what it was meant to. */
        SUCCEEDED,
        /** It could not do what it was meant to; the stack's status says how things stand. */
        FAILED,
        /** It was stopped, or the process that ran it died; the next operation goes on. */
        STOPPED,
        /** It ended, and what became of it is not known any more, because another one followed. */
        UNKNOWN
    }

    /**
     * It did what it was meant to.
     *
     * @return an outcome without a failure
     */
    public static Outcome succeeded() {
        return new Outcome(Ending.SUCCEEDED, Optional.empty());
    }

    /**
     * It could not do what it was meant to.
     *
     * @param failure what went wrong
     * @return an outcome with that failure
     */
    public static Outcome failed(InfraException failure) {
        return new Outcome(Ending.FAILED, Optional.of(failure));
    }

    /**
     * It was stopped, or the process that ran it died.
     *
     * @return an outcome without a failure
     */
    public static Outcome stopped() {
        return new Outcome(Ending.STOPPED, Optional.empty());
    }

    /**
     * What became of it is not known.
     *
     * @return an outcome without a failure
     */
    public static Outcome unknown() {
        return new Outcome(Ending.UNKNOWN, Optional.empty());
    }
}
