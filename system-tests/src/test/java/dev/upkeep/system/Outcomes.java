package dev.upkeep.system;

import dev.upkeep.checker.VersionChecker;
import dev.upkeep.checker.check.RetryPolicy;
import dev.upkeep.checker.check.VersionCheck;
import dev.upkeep.checker.verdict.Attempt;
import dev.upkeep.checker.verdict.Reason;
import dev.upkeep.checker.verdict.Verdict;
import dev.upkeep.checker.version.ExpectedVersion;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A program of its own, for what can be set only when a Java runtime starts: asks each address once, and prints what came of it, in UTF-8. */
final class Outcomes {
    private Outcomes() {}

    public static void main(String[] arguments) throws InterruptedException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (VersionChecker checker = VersionChecker.create()) {
            for (String uri : arguments) {
                Verdict verdict = checker.check(VersionCheck.builder(URI.create(uri), ExpectedVersion.exactly("1.0.6"))
                        .retryPolicy(RetryPolicy.once())
                        .build());
                String reason = verdict.reason().map(Reason::name).orElse("");
                String detail = verdict.lastAttempt().map(Attempt::detail).orElse("");
                out.println(verdict.status() + " " + reason + " " + detail);
            }
        }
    }
}
