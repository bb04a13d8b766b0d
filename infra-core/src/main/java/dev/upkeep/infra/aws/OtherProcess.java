package dev.upkeep.infra.aws;

import dev.upkeep.infra.progress.EventKind;
import dev.upkeep.infra.progress.Operation;
import dev.upkeep.infra.progress.Outcome;
import dev.upkeep.infra.progress.ProgressEvent;
import dev.upkeep.infra.progress.ProgressListener;
import dev.upkeep.infra.time.Polling;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Waits for a process that holds the lease of a stack, and follows what CloudFormation does for it. What the process itself does is not seen. */
final class OtherProcess {

    private static final Duration LIMIT = Duration.ofHours(6);

    private final AwsAccess aws;
    private final FormationOperations formations;
    private final Polling polling;
    private final InstantSource clock;

    OtherProcess(AwsAccess aws, FormationOperations formations, Polling polling, InstantSource clock) {
        this.aws = aws;
        this.formations = formations;
        this.polling = polling;
        this.clock = clock;
    }

    /** Blocks until it has ended, or nothing is heard of it any more. How it ended, only it knows. */
    Outcome follow(Operation operation, ProgressListener progress) throws InterruptedException {
        progress.on(new ProgressEvent(
                0,
                clock.instant(),
                operation.stack().text(),
                EventKind.NOTICE,
                "waiting for " + operation.describe() + ", which prepares something or looks at it from outside"));
        polling.until(LIMIT, () -> {
            Optional<Operation> formation = formations.current(operation.stack());
            if (formation.isPresent()) {
                formations.follow(formation.get(), 0, progress);
            }
            return aws.leases()
                    .holder(operation.stack())
                    .filter(holder -> holder.id().equals(operation.id()))
                    .isEmpty();
        });
        return Outcome.unknown();
    }
}
