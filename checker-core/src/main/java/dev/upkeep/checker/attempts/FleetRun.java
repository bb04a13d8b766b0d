package dev.upkeep.checker.attempts;

import dev.upkeep.checker.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes many checks, some of them at the same time. The calling thread works along, so that a busy executor delays but never blocks. */
public final class FleetRun {
    private static final Logger LOG = LoggerFactory.getLogger(FleetRun.class);

    private final @Nullable Executor executor;

    /** Without an executor, one check follows the other on the calling thread. */
    public FleetRun(@Nullable Executor executor) {
        this.executor = executor;
    }

    /**
     * Makes all checks; or, if one ends without a verdict, begins no further one.
     *
     * @param concurrency how many at the same time, at most
     * @return the verdicts in the order of the checks
     */
    public List<Verdict> all(List<Callable<Verdict>> checks, int concurrency) throws InterruptedException {
        Course course = new Course(checks);
        try {
            employ(course, Math.min(concurrency, checks.size()) - 1);
            course.run();
            return course.verdicts();
        } catch (ExecutionException e) {
            throw unchecked(e.getCause());
        } finally {
            course.tasks.forEach(task -> task.cancel(true));
        }
    }

    private void employ(Runnable worker, int hands) {
        if (executor == null) {
            return;
        }
        try {
            for (int i = 0; i < hands; i++) {
                executor.execute(worker);
            }
        } catch (RejectedExecutionException full) {
            LOG.debug("the executor takes no more work; the calling thread does what is left", full);
        }
    }

    private static RuntimeException unchecked(@Nullable Throwable cause) throws InterruptedException {
        if (cause instanceof InterruptedException interrupted) {
            throw interrupted;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException runtime ? runtime : new IllegalStateException(cause);
    }

    /** All checks of one fleet: run by several threads, each takes the next one until none is left. */
    private static final class Course implements Runnable {
        private final List<FutureTask<Verdict>> tasks;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicInteger unfinished;
        private final CompletableFuture<Void> end = new CompletableFuture<>();

        Course(List<Callable<Verdict>> checks) {
            this.tasks = checks.stream().map(FutureTask::new).toList();
            this.unfinished = new AtomicInteger(tasks.size());
        }

        @Override
        public void run() {
            for (int i = next.getAndIncrement(); i < tasks.size() && !end.isDone(); i = next.getAndIncrement()) {
                FutureTask<Verdict> task = tasks.get(i);
                task.run();
                finished(task);
            }
        }

        private void finished(FutureTask<Verdict> task) {
            try {
                task.get();
                if (unfinished.decrementAndGet() == 0) {
                    end.complete(null);
                }
            } catch (ExecutionException e) {
                end.completeExceptionally(e.getCause());
            } catch (InterruptedException | CancellationException e) {
                end.completeExceptionally(e);
            }
        }

        List<Verdict> verdicts() throws ExecutionException, InterruptedException {
            end.get();
            List<Verdict> verdicts = new ArrayList<>(tasks.size());
            for (FutureTask<Verdict> task : tasks) {
                verdicts.add(task.get());
            }
            return verdicts;
        }
    }
}
