package dev.upkeep.cli.command;

import dev.upkeep.checker.VersionChecker;
import dev.upkeep.checker.check.RetryPolicy;
import dev.upkeep.checker.check.VersionCheck;
import dev.upkeep.checker.port.Resolver;
import dev.upkeep.checker.version.ExpectedVersion;
import java.net.URI;
import java.util.List;

/** Loads the checker early. */
public final class CheckerWarmUp {

    private CheckerWarmUp() {}

    /** Whether a command checks at once, so that it pays to {@linkplain #start() prepare} for it. */
    public static boolean isNeededBy(String command) {
        return command.equals("check") || command.equals("wait");
    }

    /**
     * Loads what a check needs, on a thread of its own (docs/start-up.md). It checks a name that its resolver does not know, and so
     * asks nobody.
     */
    public static void start() {
        Thread thread = new Thread(CheckerWarmUp::checkNobody, "upkeep-warm-up");
        thread.setDaemon(true);
        // The command will meet the same fault, and say so.
        thread.setUncaughtExceptionHandler((unused, fault) -> {});
        thread.start();
    }

    private static void checkNobody() {
        Resolver nobody = host -> List.of();
        try (VersionChecker checker = VersionChecker.builder().resolver(nobody).build()) {
            checker.check(VersionCheck.builder(URI.create("http://nobody.invalid/"), ExpectedVersion.any())
                    .retryPolicy(RetryPolicy.once())
                    .build());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
