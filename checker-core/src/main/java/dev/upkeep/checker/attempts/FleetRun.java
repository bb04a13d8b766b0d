package dev.upkeep.checker.attempts;

import dev.upkeep.checker.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Makes many checks, some of them at the same time. The calling thread works along, so that a busy executor delays but never blocks. */
public final class FleetRun {
    private final @Nullable Executor executor;

    /** Without an executor, one check follows the other on the calling thread. */
    public FleetRun(@Nullable Executor executor) {
        this.executor = executor;
    }

    /**
     * Makes all checks.
     *
     * @param concurrency how many at the same time, at most
     * @return the verdicts in the order of the checks
     */
    public List<Verdict> all(List<Callable<Verdict>> checks, int concurrency) throws InterruptedException {
        List<FutureTask<Verdict>> tasks = checks.stream().map(FutureTask::new).toList();
        AtomicInteger next = new AtomicInteger();
        Runnable worker = () -> {
            for (int i = next.getAndIncrement(); i < tasks.size(); i = next.getAndIncrement()) {
                tasks.get(i).run();
            }
        };
        try {
            if (executor != null) {
                for (int i = 1; i < Math.min(concurrency, tasks.size()); i++) {
                    executor.execute(worker);
                }
            }
            worker.run();
            return results(tasks);
        } finally {
            tasks.forEach(task -> task.cancel(true));
        }
    }

    private static List<Verdict> results(List<FutureTask<Verdict>> tasks) throws InterruptedException {
        List<Verdict> results = new ArrayList<>(tasks.size());
        for (FutureTask<Verdict> task : tasks) {
            try {
                results.add(task.get());
            } catch (ExecutionException e) {
                throw unchecked(e.getCause());
            }
        }
        return results;
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
}
