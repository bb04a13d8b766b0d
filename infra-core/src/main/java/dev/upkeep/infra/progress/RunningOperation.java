package dev.upkeep.infra.progress;

import dev.upkeep.infra.failure.InfraException;
import dev.upkeep.infra.failure.OperationFailedException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The run of an operation in this process, on a thread of its own. Its events are kept as long as this object is. For those who write a
 * platform.
 */
public final class RunningOperation implements Reporter {

    private final Operation operation;
    private final InstantSource clock;
    private final Transcript file;
    private final List<ProgressEvent> events = new ArrayList<>();
    private @Nullable Outcome outcome;
    private @Nullable Thread thread;

    /**
     * A run that has not begun.
     *
     * @param operation what is done
     * @param clock when things happen
     * @param file keeps what happens for other processes
     */
    public RunningOperation(Operation operation, InstantSource clock, Transcript file) {
        this.operation = operation;
        this.clock = clock;
        this.file = file;
    }

    /** Keeps what happens for other processes, as far as it can. */
    public interface Transcript extends AutoCloseable {

        /** Keeps nothing: other processes find out elsewhere. */
        Transcript NONE = new Transcript() {};

        /**
         * Keeps one event.
         *
         * @param event what happened
         */
        default void add(ProgressEvent event) {}

        /**
         * Keeps how the operation ended.
         *
         * @param outcome how it ended
         */
        default void end(Outcome outcome) {}

        @Override
        default void close() {}
    }

    /** What an operation does. */
    @FunctionalInterface
    public interface Work {

        /**
         * Does it.
         *
         * @throws InterruptedException if the operation is stopped
         */
        void run() throws InterruptedException;
    }

    /**
     * Begins to work.
     *
     * @param work what is done
     * @param release gives back what the operation holds, before anybody learns that it has ended
     */
    public synchronized void start(Work work, Runnable release) {
        String name = "upkeep " + operation.kind() + " " + operation.stack();
        thread = new Thread(() -> run(work, release), name);
        thread.start();
    }

    private void run(Work work, Runnable release) {
        Outcome ending = ending(work);
        file.end(ending);
        file.close();
        release.run();
        synchronized (this) {
            outcome = ending;
            notifyAll();
        }
    }

    private Outcome ending(Work work) {
        try {
            work.run();
            return Outcome.succeeded();
        } catch (InterruptedException stopped) {
            return Outcome.stopped();
        } catch (InfraException failed) {
            return Outcome.failed(failed);
        } catch (RuntimeException | Error defect) {
            String message = "this should not have happened: " + defect;
            return Outcome.failed(new OperationFailedException(operation.stack().text(), message, defect));
        }
    }

    @Override
    public void tell(String resource, EventKind kind, String message) {
        tell(clock.instant(), resource, kind, message);
    }

    @Override
    public synchronized void tell(Instant at, String resource, EventKind kind, String message) {
        ProgressEvent event = new ProgressEvent(events.size() + 1L, at, resource, kind, message);
        events.add(event);
        file.add(event);
        notifyAll();
    }

    /**
     * Blocks until it has ended. The listener is told outside of the monitor, so that it does not hold up the work.
     *
     * @param cursor the id of the last event that was seen, 0 for all of them
     * @param listener is told of each event after that
     * @return how it ended
     * @throws InterruptedException if the calling thread is interrupted; the operation goes on
     */
    public Outcome follow(long cursor, ProgressListener listener) throws InterruptedException {
        long seen = cursor;
        while (true) {
            List<ProgressEvent> news;
            Optional<Outcome> end;
            synchronized (this) {
                while (events.size() <= seen && outcome == null) {
                    wait();
                }
                news = List.copyOf(events.subList((int) Math.min(seen, events.size()), events.size()));
                end = Optional.ofNullable(outcome);
            }
            for (ProgressEvent event : news) {
                listener.on(event);
                seen = event.id();
            }
            if (end.isPresent()) {
                return end.get();
            }
        }
    }

    /**
     * What has happened up to now.
     *
     * @return a copy
     */
    public synchronized List<ProgressEvent> events() {
        return List.copyOf(events);
    }

    /**
     * What is done.
     *
     * @return the operation
     */
    public Operation operation() {
        return operation;
    }

    /**
     * Whether it has ended.
     *
     * @return false as long as its work runs
     */
    public synchronized boolean hasEnded() {
        return outcome != null;
    }

    /**
     * Stops the work, and blocks until it has stopped.
     *
     * @throws InterruptedException if the calling thread is interrupted
     */
    public void stop() throws InterruptedException {
        Thread working;
        synchronized (this) {
            working = thread;
        }
        if (working != null) {
            working.interrupt();
            working.join();
        }
    }
}
