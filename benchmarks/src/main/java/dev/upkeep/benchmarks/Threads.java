package dev.upkeep.benchmarks;

import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/** A thread for each task. */
final class Threads {
    private Threads() {}

    /** Virtual threads from Java 21 on, which this is not compiled for; before, ordinary ones, used again. */
    static Executor executor() {
        try {
            return (Executor)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (ReflectiveOperationException before21) {
            return Executors.newCachedThreadPool(task -> {
                Thread thread = new Thread(task);
                thread.setDaemon(true);
                return thread;
            });
        }
    }
}
