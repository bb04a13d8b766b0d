package dev.upkeep.infra.aws;

import dev.upkeep.infra.aws.formation.FormedStack;
import dev.upkeep.infra.progress.Reporter;
import java.util.Optional;
import java.util.Set;

/** Has CloudFormation delete a stack, and follows that to its end. */
final class StackRemoval {

    private final AwsAccess aws;
    private final Handover handover;
    private final Reporter report;

    StackRemoval(AwsAccess aws, Handover handover, Reporter report) {
        this.aws = aws;
        this.handover = handover;
        this.report = report;
    }

    /** Does nothing if there is none. */
    void run(Optional<FormedStack> standing) throws InterruptedException {
        if (standing.isEmpty()) {
            return;
        }
        FormedStack formed = standing.get();
        Follower follower = aws.follower(report);
        handover.run(
                formed.id(),
                Set.of("DELETE_COMPLETE"),
                () -> begin(formed),
                before -> formed.isStub() ? follower.awaitDeleted(formed.id()) : follower.follow(formed.id(), before));
    }

    private void begin(FormedStack formed) {
        if (formed.isProtected()) {
            aws.formation().protect(formed.id(), false);
        }
        aws.formation().delete(formed.id());
    }
}
