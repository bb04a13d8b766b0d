package dev.upkeep.cli.demo;

import dev.upkeep.checker.VersionChecker;
import dev.upkeep.checker.check.RetryPolicy;
import dev.upkeep.checker.check.VersionCheck;
import dev.upkeep.checker.verdict.Status;
import dev.upkeep.checker.version.ExpectedVersion;
import java.net.URI;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Somebody who asks the edge again and again, each time over a new connection and with a single attempt, and counts. */
final class Visitor implements AutoCloseable {

    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicBoolean leaving = new AtomicBoolean();
    private final VersionCheck check;
    private final Thread thread;

    private Visitor(URI edge) {
        this.check = VersionCheck.builder(edge, ExpectedVersion.any())
                .retryPolicy(RetryPolicy.once())
                .build();
        this.thread = new Thread(this::visit, "visitor");
    }

    static Visitor of(URI edge) {
        Visitor visitor = new Visitor(edge);
        visitor.thread.setDaemon(true);
        visitor.thread.start();
        return visitor;
    }

    private void visit() {
        try (VersionChecker checker = VersionChecker.create()) {
            while (!leaving.get()) {
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

    /** Leaves after the request under way. */
    @Override
    public void close() {
        leaving.set(true);
    }
}
