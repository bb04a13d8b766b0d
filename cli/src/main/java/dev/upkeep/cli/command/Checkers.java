package dev.upkeep.cli.command;

import dev.upkeep.checker.VersionChecker;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/** Makes checkers, on virtual threads where the Java runtime has them. */
final class Checkers {

    private Checkers() {}

    static VersionChecker create() {
        return VersionChecker.builder().executor(executor()).build();
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
