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

/** Runs many checks, some of them at the same time. The calling thread works too, so a busy executor delays them but never blocks them. */
public final class ParallelRunner {
    private static final Logger LOG = LoggerFactory.getLogger(ParallelRunner.class);

    private final @Nullable Executor executor;

    /** Without an executor, one check follows the other on the calling thread. */
    public ParallelRunner(@Nullable Executor executor) {
        this.executor = executor;
    }

    /**
     * Runs all checks. If one ends without a verdict, no further one begins.
     *
     * @param concurrency how many at the same time, at most
     * @return the verdicts in the order of the checks
     */
    public List<Verdict> all(List<Callable<Verdict>> checks, int concurrency) throws InterruptedException {
        if (checks.isEmpty()) {
            return List.of();
        }
        Tasks tasks = new Tasks(checks);
        try {
            startWorkers(tasks, Math.min(concurrency, checks.size()) - 1);
            tasks.run();
            return tasks.verdicts();
        } catch (ExecutionException e) {
            throw unchecked(e.getCause());
        } finally {
            tasks.all.forEach(task -> task.cancel(true));
        }
    }

    private void startWorkers(Runnable worker, int number) {
        if (executor == null) {
            return;
        }
        try {
            for (int i = 0; i < number; i++) {
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

    /** All checks of one fleet. Several threads run it, and each takes the next check until none is left. */
    private static final class Tasks implements Runnable {
        private final List<FutureTask<Verdict>> all;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicInteger unfinished;
        private final CompletableFuture<Void> end = new CompletableFuture<>();

        Tasks(List<Callable<Verdict>> checks) {
            this.all = checks.stream().map(FutureTask::new).toList();
            this.unfinished = new AtomicInteger(all.size());
        }

        @Override
        public void run() {
            for (int i = next.getAndIncrement(); i < all.size() && !end.isDone(); i = next.getAndIncrement()) {
                FutureTask<Verdict> task = all.get(i);
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
            List<Verdict> verdicts = new ArrayList<>(all.size());
            for (FutureTask<Verdict> task : all) {
                verdicts.add(task.get());
            }
            return verdicts;
        }
    }
}
