package dev.upkeep.remediation;

import java.time.Duration;

/** Lets time pass. */
@FunctionalInterface
public interface Sleeper {

    /**
     * Blocks.
     *
     * @param time how long
     * @throws InterruptedException if the calling thread is interrupted
     */
    void sleep(Duration time) throws InterruptedException;
}
