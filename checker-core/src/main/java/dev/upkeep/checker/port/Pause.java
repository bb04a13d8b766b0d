package dev.upkeep.checker.port;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waits. Replaced in tests by one that only notes how long it was asked to wait. */
@FunctionalInterface
public interface Pause {

    /**
     * Returns when the time is over.
     *
     * @param duration zero or less returns at once
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    void pause(Duration duration) throws InterruptedException;

    /** Sleeps on the calling thread. */
    static Pause sleeping() {
        return duration -> TimeUnit.NANOSECONDS.sleep(duration.toNanos());
    }
}
