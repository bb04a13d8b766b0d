package dev.upkeep.remediation.ssh;

import dev.upkeep.remediation.shell.ShellFailure;
import java.io.Closeable;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Makes the connection to a host when one is needed, and keeps it. All who need one at the same time wait for the same. */
final class Connector implements Closeable {
    private final SshAccess access;
    private final Optional<SshDial> dial;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable List<KeyRing> rings;
    private @Nullable Pending latest;
    private boolean isClosed;

    Connector(SshAccess access, Optional<SshDial> dial) {
        this.access = access;
        this.dial = dial;
    }

    /** The kept connection, or a new one. */
    LiveConnection connection() throws ConnectFailure, InterruptedException {
        try {
            return latest().result().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ConnectFailure failure) {
                throw failure;
            }
            throw new IllegalStateException("an attempt to connect failed in an unknown way", e.getCause());
        }
    }

    private Pending latest() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (isClosed) {
                throw new IllegalStateException("the shell on " + access.target() + " is closed");
            }
            if (latest == null || !latest.isUsable()) {
                if (rings == null) {
                    rings = access.hops().stream()
                            .map(hop -> KeyRing.open(hop.settings().keys()))
                            .toList();
                }
                latest = begin(new ConnectAttempt(access, dial, rings));
            }
            return latest;
        } finally {
            lock.unlock();
        }
    }

    /** On a thread of its own, which ends when the attempt does: nothing else can be interrupted, or given up when its time has passed. */
    private Pending begin(ConnectAttempt attempt) {
        CompletableFuture<LiveConnection> made = new CompletableFuture<LiveConnection>()
                .orTimeout(access.longest().toMillis(), TimeUnit.MILLISECONDS);
        Thread thread = new Thread(() -> connect(attempt, made), "upkeep-ssh-connect");
        CompletableFuture<LiveConnection> result = made.handle((live, failure) -> {
            if (failure == null) {
                return live;
            }
            attempt.abort();
            thread.interrupt();
            throw new CompletionException(failure instanceof TimeoutException ? attempt.tooLong() : failure);
        });
        thread.setDaemon(true);
        thread.start();
        return new Pending(made, result);
    }

    private static void connect(ConnectAttempt attempt, CompletableFuture<LiveConnection> connection) {
        try {
            LiveConnection live = attempt.connect();
            if (!connection.complete(live)) {
                live.close();
            }
        } catch (ConnectFailure | RuntimeException e) {
            connection.completeExceptionally(e);
        }
    }

    /** Ends what is open, and what is being opened. */
    @Override
    public void close() {
        lock.lock();
        try {
            isClosed = true;
            if (latest != null) {
                latest.close(new ConnectFailure(
                        ShellFailure.UNREACHABLE, "the shell on " + access.target() + " was closed meanwhile"));
            }
        } finally {
            lock.unlock();
        }
    }

    /** A connection that is being made, or was: first what ends the attempt, then what comes of it. */
    private record Pending(CompletableFuture<LiveConnection> made, CompletableFuture<LiveConnection> result) {

        boolean isUsable() {
            return !result.isDone()
                    || (!result.isCompletedExceptionally() && result.join().isAlive());
        }

        void close(ConnectFailure reason) {
            made.completeExceptionally(reason);
            if (!made.isCompletedExceptionally()) {
                made.join().close();
            }
        }
    }
}
