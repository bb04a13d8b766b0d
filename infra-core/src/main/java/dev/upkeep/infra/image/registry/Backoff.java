package dev.upkeep.infra.image.registry;

import dev.upkeep.infra.time.Sleeper;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Tries again what may pass, after a pause that doubles each time. Immutable.
 *
 * @param attempts how often at most, from 1
 * @param firstPause before the second attempt
 * @param sleeper lets the time pass
 */
public record Backoff(int attempts, Duration firstPause, Sleeper sleeper) {

    /**
     * What is tried.
     *
     * @param <T> what comes of it
     * @param <E> how else it may fail, which is not tried again
     */
    @FunctionalInterface
    public interface Attempt<T, E extends Exception> {

        /**
         * Tries once.
         *
         * @return what comes of it
         * @throws E if it fails in another way
         * @throws InterruptedException if the calling thread is interrupted
         */
        T run() throws E, InterruptedException;
    }

    /**
     * Tries until it succeeds, or fails in a way that does not pass, or has been tried often enough.
     *
     * @param attempt what is tried
     * @param again is told of each failure after which it is tried again
     * @param <T> what comes of it
     * @param <E> how else it may fail
     * @return what came of the last attempt
     * @throws E if an attempt fails in another way
     * @throws RegistryException if the last attempt fails
     * @throws InterruptedException if the calling thread is interrupted
     */
    public <T, E extends Exception> T run(Attempt<T, E> attempt, Consumer<RegistryException> again)
            throws E, InterruptedException {
        Duration pause = firstPause;
        for (int number = 1; ; number++) {
            try {
                return attempt.run();
            } catch (RegistryException e) {
                if (number == attempts || !e.isPassing()) {
                    throw e;
                }
                again.accept(e);
            }
            sleeper.sleep(pause);
            pause = pause.multipliedBy(2);
        }
    }
}
