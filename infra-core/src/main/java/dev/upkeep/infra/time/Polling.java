package dev.upkeep.infra.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Waits for something to come true, looking again and again, but never for ever. Safe for use by several threads. */
public final class Polling {

    /** How long to pause between two looks. */
    static final Duration STEP = Duration.ofMillis(15);

    private final InstantSource clock;
    private final Sleeper pause;

    /**
     * Waits by the given clock.
     *
     * @param clock tells when the limit is reached
     * @param pause lets time pass between two looks
     */
    public Polling(InstantSource clock, Sleeper pause) {
        this.clock = clock;
        this.pause = pause;
    }

    /** What is waited for. */
    @FunctionalInterface
    public interface Condition {

        /**
         * Looks once.
         *
         * @return whether it holds
         * @throws InterruptedException if the calling thread is interrupted
         */
        boolean holds() throws InterruptedException;
    }

    /**
     * Blocks until the condition holds or the limit is reached. Looks at least once.
     *
     * @param limit how long to wait at most
     * @param condition what is waited for
     * @return whether the condition came to hold
     * @throws InterruptedException if the calling thread is interrupted
     */
    public boolean until(Duration limit, Condition condition) throws InterruptedException {
        Instant end = clock.instant().plus(limit);
        while (true) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (condition.holds()) {
                return true;
            }
            if (!clock.instant().isBefore(end)) {
                return false;
            }
            pause.sleep(STEP);
        }
    }
}
