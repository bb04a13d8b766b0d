package dev.upkeep.infra.local;

import dev.upkeep.infra.local.process.Processes;
import dev.upkeep.infra.local.state.EventFile;
import dev.upkeep.infra.local.state.EventTail;
import dev.upkeep.infra.local.state.StackFolder;
import dev.upkeep.infra.local.state.StackLock;
import dev.upkeep.infra.progress.Operation;
import dev.upkeep.infra.progress.Outcome;
import dev.upkeep.infra.progress.ProgressEvent;
import dev.upkeep.infra.progress.ProgressListener;
import dev.upkeep.infra.progress.Reporter;
import dev.upkeep.infra.progress.RunningOperation;
import dev.upkeep.infra.time.Polling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts and keeps the operations of this process, and finds and follows those of other processes. */
final class OperationRegistry {

    /** How long another process is waited for before it is looked again whether it still lives. */
    private static final Duration LOOK = Duration.ofMillis(100);

    /** So many operations of this process are remembered after their end. */
    private static final int MOST_ENDED = 64;

    private static final Logger LOG = LoggerFactory.getLogger(OperationRegistry.class);

    private static final AtomicLong COUNT = new AtomicLong();

    private final Map<Operation, RunningOperation> ours = new ConcurrentHashMap<>();
    private final Path root;
    private final InstantSource clock;
    private final Processes processes;
    private final Polling polling;

    OperationRegistry(Path root, InstantSource clock, Processes processes, Polling polling) {
        this.root = root;
        this.clock = clock;
        this.processes = processes;
        this.polling = polling;
    }

    /** Looks, while the stack is held, whether an operation may begin; what it throws refuses it. */
    interface Check {
        void run() throws InterruptedException;
    }

    Operation named(StackFolder folder, Operation.Kind kind) {
        long pid = ProcessHandle.current().pid();
        String id = pid + "-" + clock.instant().toEpochMilli() + "-" + COUNT.incrementAndGet();
        String user = System.getProperty("user.name", "somebody");
        return new Operation(id, folder.stack(), kind, user, pid, clock.instant());
    }

    /** Begins an operation, or is refused. Nothing but the lock is written before the check has passed. */
    void start(StackFolder folder, Operation operation, Check check, Task task) throws InterruptedException {
        forgetTheOldest();
        StackLock lock = StackLock.take(folder, operation);
        boolean started = false;
        try {
            check.run();
            RunningOperation running = new RunningOperation(operation, clock, EventFile.begin(folder, operation));
            ours.put(operation, running);
            running.start(() -> task.run(running), () -> release(lock, folder));
            started = true;
        } finally {
            if (!started) {
                release(lock, folder);
            }
        }
    }

    /** Whoever has started an operation may not have come to follow it yet when the next one starts. */
    private void forgetTheOldest() {
        List<Operation> ended = ours.entrySet().stream()
                .filter(each -> each.getValue().hasEnded())
                .map(Map.Entry::getKey)
                .sorted(Comparator.comparing(Operation::since))
                .toList();
        ended.subList(0, Math.max(0, ended.size() - MOST_ENDED)).forEach(ours::remove);
    }

    /** The events go with the stack, and the folder of all stacks with the last one. A link to it stays: it would lead nowhere. */
    private void release(StackLock lock, StackFolder folder) {
        if (!Files.exists(folder.path())) {
            EventFile.remove(folder);
        }
        lock.close();
        try {
            if (!Files.isSymbolicLink(root)) {
                Files.deleteIfExists(root);
            }
        } catch (IOException stillUsed) {
            LOG.debug("{} stays", root, stillUsed);
        }
    }

    /** What an operation does. */
    @FunctionalInterface
    interface Task {

        void run(Reporter report) throws InterruptedException;
    }

    Outcome follow(StackFolder folder, Operation operation, long cursor, ProgressListener progress)
            throws InterruptedException {
        RunningOperation running = ours.get(operation);
        if (running != null) {
            return running.follow(cursor, progress);
        }
        try (EventTail tail = new EventTail(folder, operation, cursor)) {
            while (true) {
                // Looked at first: what is written after that and before its end is read below.
                boolean over = current(folder).filter(operation::equals).isEmpty();
                Optional<Outcome> outcome = read(tail, progress);
                if (outcome.isPresent() || over) {
                    return outcome.orElseGet(() -> tail.foundIt() ? Outcome.stopped() : Outcome.unknown());
                }
            }
        }
    }

    /** The one of now, or the last one whose events are kept. */
    Optional<Operation> latest(StackFolder folder) {
        return current(folder).or(() -> EventFile.operation(folder));
    }

    List<ProgressEvent> events(StackFolder folder, Operation operation) {
        RunningOperation running = ours.get(operation);
        if (running != null) {
            return running.events();
        }
        List<ProgressEvent> events = new ArrayList<>();
        try (EventTail tail = new EventTail(folder, operation, 0)) {
            tail.read(events::add);
        }
        return List.copyOf(events);
    }

    private Optional<Outcome> read(EventTail tail, ProgressListener progress) throws InterruptedException {
        AtomicReference<@Nullable Outcome> outcome = new AtomicReference<>();
        polling.until(LOOK, () -> {
            outcome.set(tail.read(progress).orElse(null));
            return outcome.get() != null;
        });
        return Optional.ofNullable(outcome.get());
    }

    /** The name of a dead holder may lie there still; and a number may have been given to a younger process. */
    Optional<Operation> current(StackFolder folder) {
        return StackLock.holder(folder)
                .filter(holder -> holder.pid() == ProcessHandle.current().pid()
                        ? StackLock.isHeldHere(folder)
                        : processes.isOlder(holder.pid(), holder.since()));
    }

    void stop(Operation operation) throws InterruptedException {
        RunningOperation running = ours.get(operation);
        if (running != null) {
            running.stop();
        }
    }

    void stopAll() throws InterruptedException {
        for (RunningOperation running : ours.values()) {
            running.stop();
        }
    }
}
