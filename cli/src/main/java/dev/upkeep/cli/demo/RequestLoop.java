package dev.upkeep.cli.demo;

import dev.upkeep.checker.VersionChecker;
import dev.upkeep.checker.check.RetryPolicy;
import dev.upkeep.checker.check.VersionCheck;
import dev.upkeep.checker.verdict.Status;
import dev.upkeep.checker.version.ExpectedVersion;
import java.net.URI;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Asks the edge again and again, as a user would, each time over a new connection and with a single attempt, and counts. */
final class RequestLoop implements AutoCloseable {

    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final VersionCheck check;
    private final Thread thread;

    private RequestLoop(URI edge) {
        this.check = VersionCheck.builder(edge, ExpectedVersion.any())
                .retryPolicy(RetryPolicy.once())
                .build();
        this.thread = new Thread(this::ask, "demo-requests");
    }

    static RequestLoop of(URI edge) {
        RequestLoop loop = new RequestLoop(edge);
        loop.thread.setDaemon(true);
        loop.thread.start();
        return loop;
    }

    private void ask() {
        try (VersionChecker checker = VersionChecker.create()) {
            while (!stopping.get()) {
                Status status = checker.check(check).status();
                requests.incrementAndGet();
                failures.addAndGet(status == Status.UP ? 0 : 1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** How many requests there were so far. */
    int requests() {
        return requests.get();
    }

    /** How many of them were not answered as they should. */
    int failures() {
        return failures.get();
    }

    /** Stops after the request under way. */
    @Override
    public void close() {
        stopping.set(true);
    }
}
