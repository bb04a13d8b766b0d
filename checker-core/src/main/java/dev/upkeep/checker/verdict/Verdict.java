package dev.upkeep.checker.verdict;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What one check of one target concludes, with everything it rests on. Immutable, without a type of any HTTP library.
 *
 * <p>That a site is down is an ordinary answer, not an exception.
 */
public sealed interface Verdict {

    /**
     * Reached, trusted, serves the expected version, and is ready; perhaps only on a later attempt.
     *
     * @param evidence what it rests on
     * @param version the version served
     * @param warnings what will not stay well
     */
    record Up(Evidence evidence, String version, List<Warning> warnings) implements Verdict {
        /** Copies the warnings. */
        public Up {
            warnings = List.copyOf(warnings);
        }

        @Override
        public Status status() {
            return Status.UP;
        }
    }

    /**
     * Answers as it should, but with another version.
     *
     * @param evidence what it rests on
     * @param version the version served
     * @param warnings what will not stay well
     */
    record Stale(Evidence evidence, String version, List<Warning> warnings) implements Verdict {
        /** Copies the warnings. */
        public Stale {
            warnings = List.copyOf(warnings);
        }

        @Override
        public Status status() {
            return Status.STALE;
        }
    }

    /**
     * Does not answer as it should.
     *
     * @param evidence what it rests on
     * @param cause why the last attempt failed
     * @param detail its particulars in words
     */
    record Down(Evidence evidence, Reason cause, String detail) implements Verdict {
        /**
         * Refuses a contradiction.
         *
         * @throws IllegalArgumentException if the reason leads to another status
         */
        public Down {
            requireStatus(Status.DOWN, cause);
        }

        @Override
        public Status status() {
            return Status.DOWN;
        }
    }

    /**
     * Could not be measured.
     *
     * @param evidence what there is
     * @param cause why not
     * @param detail its particulars in words
     */
    record Unknown(Evidence evidence, Reason cause, String detail) implements Verdict {
        /**
         * Refuses a contradiction.
         *
         * @throws IllegalArgumentException if the reason leads to another status
         */
        public Unknown {
            requireStatus(Status.UNKNOWN, cause);
        }

        @Override
        public Status status() {
            return Status.UNKNOWN;
        }
    }

    private static void requireStatus(Status status, Reason cause) {
        if (cause.status() != status) {
            throw new IllegalArgumentException(cause + " leads to " + cause.status() + ", not to " + status);
        }
    }

    /** What it comes to. */
    Status status();

    /** What it rests on. */
    Evidence evidence();

    /** Every attempt, in order; empty only if the target was not asked at all. */
    default List<Attempt> attempts() {
        return evidence().attempts();
    }

    /** What each readiness path answered, in order; empty if none was asked. */
    default List<Readiness> readiness() {
        return evidence().readiness();
    }

    /** The last attempt to read the version; empty only if the target was not asked at all. */
    default Optional<Attempt> lastAttempt() {
        List<Attempt> all = attempts();
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    /** Whether it is up only since a later attempt: well, but not stable. */
    default boolean isUnstable() {
        return status() == Status.UP
                && (attempts().size() > 1
                        || readiness().stream()
                                .anyMatch(answer -> answer.attempts().size() > 1));
    }

    /** The version that is served, expected or not; also by a place that is not ready. Empty if none was read. */
    default Optional<String> servedVersion() {
        return match(
                up -> Optional.of(up.version()),
                stale -> Optional.of(stale.version()),
                down -> down.lastAttempt().flatMap(Attempt::version),
                unknown -> unknown.lastAttempt().flatMap(Attempt::version));
    }

    /** Why it is not up; empty if it is. */
    default Optional<Reason> reason() {
        return match(
                up -> Optional.empty(),
                stale -> Optional.of(Reason.VERSION_DIFFERS),
                down -> Optional.of(down.cause()),
                unknown -> Optional.of(unknown.cause()));
    }

    /** What will not stay well. */
    default List<Warning> warnings() {
        return match(Up::warnings, Stale::warnings, down -> List.of(), unknown -> List.of());
    }

    /** One function for each kind of verdict; none can be forgotten. */
    default <R> R match(
            Function<? super Up, ? extends R> up,
            Function<? super Stale, ? extends R> stale,
            Function<? super Down, ? extends R> down,
            Function<? super Unknown, ? extends R> unknown) {
        if (this instanceof Up it) {
            return up.apply(it);
        }
        if (this instanceof Stale it) {
            return stale.apply(it);
        }
        if (this instanceof Down it) {
            return down.apply(it);
        }
        return unknown.apply((Unknown) this);
    }
}
