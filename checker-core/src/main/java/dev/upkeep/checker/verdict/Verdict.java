package dev.upkeep.checker.verdict;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The result of one check of one target, with the evidence for it. Immutable, without a type of any HTTP library.
 *
 * <p>That a site is down is an ordinary answer, not an exception.
 */
public sealed interface Verdict {

    /**
     * Reached, trusted, serves the expected version, and is ready; perhaps only on a later attempt.
     *
     * @param evidence the facts behind it
     * @param version the version served
     * @param warnings what is fine now and will not stay so
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
     * @param evidence the facts behind it
     * @param version the version served
     * @param warnings what is fine now and will not stay so
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
     * @param evidence the facts behind it
     * @param cause why the last attempt failed
     * @param detail more about the cause, in words
     */
    record Down(Evidence evidence, Reason cause, String detail) implements Verdict {
        /**
         * Checks that the reason fits.
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
     * @param evidence the facts, as far as there are any
     * @param cause why not
     * @param detail more about the cause, in words
     */
    record Unknown(Evidence evidence, Reason cause, String detail) implements Verdict {
        /**
         * Checks that the reason fits.
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

    /** The status that the check concludes. */
    Status status();

    /** The facts that the verdict is based on. */
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

    /** Whether it is up, but not at the first attempt. */
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

    /** Why the target is not up; empty if it is. */
    default Optional<Reason> reason() {
        return match(
                up -> Optional.empty(),
                stale -> stale.lastAttempt().flatMap(Attempt::reason),
                down -> Optional.of(down.cause()),
                unknown -> Optional.of(unknown.cause()));
    }

    /** What is fine now and will not stay so. */
    default List<Warning> warnings() {
        return match(Up::warnings, Stale::warnings, down -> List.of(), unknown -> List.of());
    }

    /** Applies the function for this kind of verdict. */
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
