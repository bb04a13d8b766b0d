package dev.upkeep.infra.progress;

/**
 * Follows an operation. Called on the thread that runs the operation, in order, so it must return quickly.
 *
 * <p>An exception thrown by a listener ends the operation as if it had been interrupted there.
 */
@FunctionalInterface
public interface ProgressListener {

    /**
     * Takes notice of one event.
     *
     * @param event what happened
     */
    void on(ProgressEvent event);

    /**
     * A listener that ignores every event.
     *
     * @return the listener
     */
    static ProgressListener none() {
        return event -> {};
    }
}
