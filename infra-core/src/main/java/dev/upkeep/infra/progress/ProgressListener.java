package dev.upkeep.infra.progress;

/**
 * Is told of the events of an operation, in order, on the thread that follows it. An exception that it throws ends the
 * following. Whoever only follows does not end the operation by it; whoever waits for an operation of his own does,
 * unless the operation goes on by itself.
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
