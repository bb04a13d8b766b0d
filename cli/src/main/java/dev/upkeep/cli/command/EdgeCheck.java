package dev.upkeep.cli.command;

import dev.upkeep.checker.VersionChecker;
import dev.upkeep.checker.check.RetryPolicy;
import dev.upkeep.checker.check.VersionCheck;
import dev.upkeep.checker.verdict.Status;
import dev.upkeep.checker.verdict.Verdict;
import dev.upkeep.checker.version.ExpectedVersion;
import dev.upkeep.cli.output.Summary;
import dev.upkeep.infra.inventory.ServedPaths;
import dev.upkeep.infra.rollout.OutsideCheck;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks the edge as users do. Makes its checker when it is asked for the first time: most commands ask nothing. */
final class EdgeCheck implements OutsideCheck {

    private final Optional<URI> url;
    private @Nullable VersionChecker checker;

    /** Asks where the platform says that users come. */
    EdgeCheck() {
        this(Optional.empty());
    }

    /**
     * Asks elsewhere, if the user says so.
     *
     * @param url where the version is served to users
     */
    EdgeCheck(Optional<URI> url) {
        this.url = url;
    }

    @Override
    public String missing(URI edge, String version) throws InterruptedException {
        Verdict verdict = checker()
                .check(VersionCheck.builder(asked(edge), ExpectedVersion.exactly(version))
                        .readyAt(ServedPaths.READINESS)
                        .retryPolicy(RetryPolicy.once())
                        .build());
        return verdict.status() == Status.UP ? "" : "it " + Summary.of(verdict);
    }

    @Override
    public URI asked(URI edge) {
        return url.orElseGet(() -> edge.resolve(ServedPaths.VERSION));
    }

    private synchronized VersionChecker checker() {
        if (checker == null) {
            checker = VersionChecker.create();
        }
        return checker;
    }

    @Override
    public synchronized void close() {
        if (checker != null) {
            checker.close();
        }
    }
}
