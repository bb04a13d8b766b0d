package dev.upkeep.checker.threads;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Threads that keep no program from ending. */
final class BackgroundThreads {
    private static final Duration IDLE_TIME = Duration.ofSeconds(5);

    /** The first Java version with virtual threads that are no preview. */
    private static final int VIRTUAL_SINCE = 21;

    private BackgroundThreads() {}

    /**
     * Runs each task on a virtual thread of its own; before Java 21, on a pool of daemon threads.
     *
     * @param maximum the pool's size; further tasks wait
     * @param name of the pool's threads
     */
    static Executor upTo(int maximum, String name) {
        Method start = virtualStart(Runtime.version().feature());
        return start == null ? pool(maximum, name) : task -> start(start, task);
    }

    /** By reflection, because the module is compiled for Java 17. */
    static @Nullable Method virtualStart(int javaVersion) {
        try {
            return javaVersion < VIRTUAL_SINCE ? null : Thread.class.getMethod("startVirtualThread", Runnable.class);
        } catch (NoSuchMethodException notHere) {
            return null;
        }
    }

    private static void start(Method start, Runnable task) {
        try {
            start.invoke(null, task);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new RejectedExecutionException("no virtual thread can be started", e);
        }
    }

    static ThreadPoolExecutor pool(int maximum, String name) {
        ThreadFactory daemons = task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                maximum, maximum, IDLE_TIME.toMillis(), TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>(), daemons);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
