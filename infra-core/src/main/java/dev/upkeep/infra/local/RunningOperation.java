package dev.upkeep.infra.local;

import dev.upkeep.infra.failure.InfraException;
import dev.upkeep.infra.failure.OperationFailedException;
import dev.upkeep.infra.local.state.EventFile;
import dev.upkeep.infra.progress.EventKind;
import dev.upkeep.infra.progress.Operation;
import dev.upkeep.infra.progress.Outcome;
import dev.upkeep.infra.progress.ProgressEvent;
import dev.upkeep.infra.progress.ProgressListener;
import dev.upkeep.infra.progress.Reporter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The run of an operation in this process, on a thread of its own. Its events are kept until it is forgotten. */
final class RunningOperation implements Reporter {

    private final Operation operation;
    private final InstantSource clock;
    private final EventFile file;
    private final List<ProgressEvent> events = new ArrayList<>();
    private @Nullable Outcome outcome;
    private @Nullable Thread thread;

    RunningOperation(Operation operation, InstantSource clock, EventFile file) {
        this.operation = operation;
        this.clock = clock;
        this.file = file;
    }

    /** What an operation does. */
    interface Work {
        void run() throws InterruptedException;
    }

    /** Begins to work; at the end the lock is given back before anybody learns that it has ended. */
    synchronized void start(Work work, Runnable release) {
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
    public synchronized void tell(String resource, EventKind kind, String message) {
        ProgressEvent event = new ProgressEvent(events.size() + 1L, clock.instant(), resource, kind, message);
        events.add(event);
        file.add(event);
        notifyAll();
    }

    /** Blocks until it has ended. The listener is told outside of the monitor, so that it does not hold up the work. */
    Outcome follow(long cursor, ProgressListener listener) throws InterruptedException {
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

    synchronized boolean hasEnded() {
        return outcome != null;
    }

    void stop() throws InterruptedException {
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
