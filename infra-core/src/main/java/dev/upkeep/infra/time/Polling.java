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
    private final Duration step;

    /**
     * Waits by the given clock.
     *
     * @param clock tells when the limit is reached
     * @param pause lets time pass between two looks
     */
    public Polling(InstantSource clock, Sleeper pause) {
        this(clock, pause, STEP);
    }

    private Polling(InstantSource clock, Sleeper pause, Duration step) {
        this.clock = clock;
        this.pause = pause;
        this.step = step;
    }

    /**
     * The same with longer or shorter pauses, for what is far away.
     *
     * @param pauses how long to pause between two looks; 15 ms unless set
     * @return a new polling
     */
    public Polling every(Duration pauses) {
        return new Polling(clock, pause, pauses);
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

    /** What is done again and again. */
    @FunctionalInterface
    public interface Step {

        /**
         * Does it once.
         *
         * @throws InterruptedException if the calling thread is interrupted
         */
        void run() throws InterruptedException;
    }

    /**
     * Does something again and again, with a pause after each time, until the thread is interrupted or the step throws.
     *
     * @param each what is done
     * @throws InterruptedException if the calling thread is interrupted
     */
    public void repeat(Step each) throws InterruptedException {
        while (true) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            each.run();
            pause.sleep(step);
        }
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
            pause.sleep(step);
        }
    }
}
