package dev.upkeep.cli.command;

import dev.upkeep.checker.VersionChecker;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/** Makes checkers, on virtual threads where the Java runtime has them. */
public final class Checkers {

    private Checkers() {}

    static VersionChecker create() {
        return VersionChecker.builder().executor(executor()).build();
    }

    /**
     * Loads what a checker needs on a thread of its own, so that it is there when the words of the command are understood: of two
     * processors one would else be idle.
     */
    public static void warmUp() {
        Thread thread = new Thread(() -> create().close(), "upkeep-warm-up");
        thread.setDaemon(true);
        // The command will meet the same fault, and say so.
        thread.setUncaughtExceptionHandler((unused, fault) -> {});
        thread.start();
    }

    /** Virtual threads are there from Java 21 on; this is compiled for 17. */
    private static Executor executor() {
        try {
            return (Executor)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (ReflectiveOperationException beforeJdk21) {
            return Executors.newCachedThreadPool(task -> {
                Thread thread = new Thread(task, "upkeep");
                thread.setDaemon(true);
                return thread;
            });
        }
    }
}
