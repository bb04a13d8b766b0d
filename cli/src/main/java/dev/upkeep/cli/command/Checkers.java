package dev.upkeep.cli.command;

import dev.upkeep.checker.VersionChecker;
import dev.upkeep.checker.check.RetryPolicy;
import dev.upkeep.checker.check.VersionCheck;
import dev.upkeep.checker.port.Resolver;
import dev.upkeep.checker.version.ExpectedVersion;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/** Makes checkers, on virtual threads where the Java runtime has them. */
public final class Checkers {

    private Checkers() {}

    static VersionChecker create() {
        return VersionChecker.builder().executor(executor()).build();
    }

    /** Whether a command checks at once, so that it pays to {@linkplain #warmUp() prepare} for it. */
    public static boolean areNeededBy(String command) {
        return command.equals("check") || command.equals("wait");
    }

    /**
     * Loads what a check needs, on a thread of its own (docs/start-up.md). It checks a name that its resolver does not know, and so
     * asks nobody.
     */
    public static void warmUp() {
        Thread thread = new Thread(Checkers::checkNobody, "upkeep-warm-up");
        thread.setDaemon(true);
        // The command will meet the same fault, and say so.
        thread.setUncaughtExceptionHandler((unused, fault) -> {});
        thread.start();
    }

    private static void checkNobody() {
        Resolver nobody = host -> List.of();
        try (VersionChecker checker =
                VersionChecker.builder().resolver(nobody).executor(executor()).build()) {
            checker.check(VersionCheck.builder(URI.create("http://nobody.invalid/"), ExpectedVersion.any())
                    .retryPolicy(RetryPolicy.once())
                    .build());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
