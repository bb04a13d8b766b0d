package dev.upkeep.infra.local;

import dev.upkeep.infra.failure.StateFolderException;
import dev.upkeep.infra.inventory.Release;
import dev.upkeep.infra.local.state.StackFolder;
import dev.upkeep.infra.progress.EventKind;
import dev.upkeep.infra.progress.Operation;
import dev.upkeep.infra.progress.Reporter;
import dev.upkeep.infra.release.Deployment;
import dev.upkeep.infra.release.DeploymentLog;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Which releases a stack had. They go with it. */
final class Deployments {

    private final DeploymentLog log;

    private Deployments(DeploymentLog log) {
        this.log = log;
    }

    static Deployments of(StackFolder folder) {
        return new Deployments(new DeploymentLog(folder.path()));
    }

    List<Deployment> list() {
        return log.list();
    }

    /** Who would be surprised by an older version. */
    List<String> whoBroughtOtherThan(String version) {
        return list().stream()
                .filter(Deployment::isDone)
                .limit(1)
                .filter(latest -> !latest.version().equals(version))
                .map(latest -> latest.version() + " was deployed at "
                        + latest.at().truncatedTo(ChronoUnit.SECONDS) + " by " + latest.by())
                .toList();
    }

    /** What brings a stack to a release. */
    @FunctionalInterface
    interface Work {
        void run() throws InterruptedException;
    }

    /**
     * Does it, and writes down how it ended, unless it brings the same release again. What cannot be written down changes nothing of how it ended, and
     * what was interrupted has not ended.
     */
    void remembering(Work work, Operation operation, Change change, InstantSource clock, Reporter report)
            throws InterruptedException {
        try {
            work.run();
        } catch (RuntimeException failed) {
            Interruptions.throwIfCause(failed);
            note(operation, change, Optional.of(String.valueOf(failed.getMessage())), clock, report);
            throw failed;
        }
        note(operation, change, Optional.empty(), clock, report);
    }

    /** From what to what. */
    record Change(Optional<Release> before, Release wanted) {}

    private void note(
            Operation operation, Change change, Optional<String> problem, InstantSource clock, Reporter report) {
        if (change.before().equals(Optional.of(change.wanted()))) {
            return;
        }
        try {
            log.add(new Deployment(
                    clock.instant(),
                    operation.by(),
                    change.wanted().version(),
                    change.before().map(Release::version),
                    change.wanted().site(),
                    problem));
        } catch (StateFolderException unwritable) {
            report.tell(
                    operation.stack().text(),
                    EventKind.NOTICE,
                    "upkeep release history lacks this: " + unwritable.getMessage());
        }
    }
}
