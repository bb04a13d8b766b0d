package dev.upkeep.checker.threads;

import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Where a checker works besides the thread that asks it. Lookups and checks are apart, so that checks that wait for their lookups never
 * take the threads which those need.
 *
 * @param lookups for looking names up, which nothing but another thread can cut short; empty to do it on the calling thread
 * @param checks for asking several places at once; empty to ask one after the other
 */
public record CheckerThreads(Optional<Executor> lookups, Optional<Executor> checks) {
    /** The most threads for each of the two, where the Java runtime has no virtual ones. */
    private static final int MAXIMUM = 32;

    /** Virtual threads where the Java runtime has them; else a few daemon threads, which end when they have nothing to do. */
    public static CheckerThreads own() {
        return new CheckerThreads(
                Optional.of(BackgroundThreads.upTo(MAXIMUM, "upkeep-lookup")),
                Optional.of(BackgroundThreads.upTo(MAXIMUM, "upkeep-check")));
    }

    /** Those that somebody else provides. */
    public static CheckerThreads of(Executor provided) {
        return new CheckerThreads(Optional.of(provided), Optional.of(provided));
    }

    /** None. */
    public static CheckerThreads none() {
        return new CheckerThreads(Optional.empty(), Optional.empty());
    }
}
