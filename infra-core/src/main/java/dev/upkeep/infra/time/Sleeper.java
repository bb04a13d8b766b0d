package dev.upkeep.infra.time;

import java.time.Duration;

/**
 * Lets time pass. Replace it in tests by one that records and returns at once.
 *
 * <p>Implementations are safe for use by several threads.
 */
@FunctionalInterface
public interface Sleeper {

    /**
     * Blocks the calling thread.
     *
     * @param duration how long, zero or more; zero returns at once
     * @throws InterruptedException if the thread is interrupted before or while waiting
     */
    void sleep(Duration duration) throws InterruptedException;

    /**
     * The real one: it waits as long as it is told.
     *
     * @return a pause backed by the thread scheduler
     */
    static Sleeper real() {
        return new SystemSleeper();
    }
}
