package dev.upkeep.cli.demo;

import dev.upkeep.cli.exit.FailedException;
import dev.upkeep.infra.failure.InfraException;
import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.infra.inventory.StackState;
import dev.upkeep.infra.inventory.StackStatus;
import dev.upkeep.infra.local.LocalPlatform;
import dev.upkeep.infra.progress.Operation;
import dev.upkeep.infra.progress.ProgressListener;
import dev.upkeep.infra.progress.StackBusyException;
import dev.upkeep.infra.spec.Shape;
import dev.upkeep.infra.spec.StackName;
import dev.upkeep.infra.spec.StackSpec;
import dev.upkeep.infra.spec.StackSpecBuilder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The stack of a demonstration, in a folder of its own. One process at a time has it: the lock ends with the process, however that
 * ends, so a stack without a lock is one that a killed demonstration left.
 */
final class DemoStack implements AutoCloseable {

    static final StackName NAME = StackName.of("demo");

    /** The platform's own locks are called after their stacks. */
    private static final String LOCK = "demonstration-runs";

    private static final int INSTANCES = 3;
    private static final int TRIES_TO_REMOVE = 30;

    private final Path folder;
    private final FileChannel channel;
    private final FileLock lock;
    private final LocalPlatform platform;
    private boolean leaving;

    private DemoStack(Path folder, FileChannel channel, FileLock lock) {
        this.folder = folder;
        this.channel = channel;
        this.lock = lock;
        this.platform = LocalPlatform.builder().stateFolder(folder).build();
    }

    /**
     * Takes hold of the folder.
     *
     * @throws FailedException if another demonstration has it, or it cannot be made
     */
    static DemoStack open(Path folder) {
        try {
            Files.createDirectories(folder);
            FileChannel channel =
                    FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel)
                    .orElseThrow(
                            () -> new FailedException("another demo is running on this machine; wait for its end"));
            return new DemoStack(folder, channel, lock);
        } catch (IOException e) {
            throw FailedException.ofFile(
                    "cannot use the folder " + folder + " for the demo",
                    e,
                    "make room, or set XDG_STATE_HOME to another folder");
        }
    }

    private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
            }
            return Optional.ofNullable(lock);
        } catch (OverlappingFileLockException inThisProcess) {
            channel.close();
            return Optional.empty();
        }
    }

    LocalPlatform platform() {
        return platform;
    }

    static StackSpec spec(String version) {
        return described(version).build();
    }

    private static StackSpecBuilder described(String version) {
        return StackSpec.builder(NAME.text(), version)
                .shape(Shape.HIGHLY_AVAILABLE)
                .instances(INSTANCES);
    }

    /** A release whose application ends at once. */
    private static StackSpec broken(String version) {
        return described(version)
                .command(List.of("sh", "-c", "echo no such table: orders >&2; exit 3"))
                .build();
    }

    /** Whether a demonstration that was killed left something. */
    boolean hasRemains() throws InterruptedException {
        return platform.status(NAME).state() != StackState.ABSENT;
    }

    StackStatus apply(String version, ProgressListener progress) throws InterruptedException {
        platform.await(start(spec(version)), progress);
        return platform.status(NAME);
    }

    /** Tells why it did not come to serve. */
    String applyBroken(String version, ProgressListener progress) throws InterruptedException {
        Operation operation = start(broken(version));
        try {
            platform.await(operation, progress);
        } catch (InfraException failed) {
            return String.valueOf(failed.getMessage());
        }
        throw new FailedException("the demo failed: " + version + " should not have started");
    }

    /** Nothing is begun any more once everything is to go: Ctrl-C may come while an operation is just being started. */
    private synchronized Operation start(StackSpec spec) throws InterruptedException {
        refuseIfLeaving();
        return platform.start(platform.plan(spec));
    }

    private void refuseIfLeaving() throws InterruptedException {
        if (leaving) {
            throw new InterruptedException("the demo is being taken down");
        }
    }

    /** Ends the application of an instance, as a crash or a careless colleague would. Its nginx goes on. */
    void breakInstance(InstanceId id) throws InterruptedException {
        ProcessHandle application = process(id, "application", "app.pid");
        application.destroy();
        for (int look = 0; application.isAlive() && look < 50; look++) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /** Ends the nginx of an instance with all its workers. */
    void killNginx(InstanceId id) {
        ProcessHandle master = process(id, "nginx", "nginx.pid");
        List<ProcessHandle> workers = master.children().toList();
        master.destroyForcibly();
        workers.forEach(ProcessHandle::destroyForcibly);
    }

    private ProcessHandle process(InstanceId id, String what, String file) {
        Path pidFile = folder.resolve(NAME.text()).resolve(id.text()).resolve(file);
        try {
            return ProcessHandle.of(Long.parseLong(Files.readString(pidFile).strip()))
                    .orElseThrow(() ->
                            new FailedException("the " + what + " of " + id + " does not run, so it cannot be ended"));
        } catch (IOException | NumberFormatException e) {
            throw new FailedException(
                    "cannot find the " + what + " of " + id + " by " + pidFile + ": " + e.getMessage());
        }
    }

    /** A folder beside that of the stack, which goes with it. */
    Path beside(String name) {
        return folder.resolve(name);
    }

    /** Takes everything away, even from a thread that is being interrupted, and even while another operation is ending. */
    synchronized void remove() throws InterruptedException {
        leaving = true;
        Optional<Operation> running = platform.current(NAME);
        if (running.isPresent()) {
            platform.stop(running.get());
        }
        destroy();
        try (Stream<Path> paths = Files.walk(folder)) {
            List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new FailedException("the demo's folder " + folder + " could not be removed: " + e.getMessage());
        }
    }

    /** Takes down what a killed demonstration left, and keeps hold of the folder. */
    synchronized void clear() throws InterruptedException {
        refuseIfLeaving();
        destroy();
    }

    private void destroy() throws InterruptedException {
        for (int tryNumber = 1; ; tryNumber++) {
            try {
                platform.destroy(NAME, ProgressListener.none());
                return;
            } catch (StackBusyException busy) {
                if (tryNumber == TRIES_TO_REMOVE) {
                    throw busy;
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }

    /** Waits for a removal under way: closing the platform would end it. */
    @Override
    public synchronized void close() {
        try {
            platform.close();
            lock.release();
            channel.close();
        } catch (IOException | InfraException closedAlready) {
            return;
        }
    }
}
