package dev.upkeep.infra.aws;

import dev.upkeep.infra.aws.formation.FormedStack;
import dev.upkeep.infra.progress.EventKind;
import dev.upkeep.infra.progress.Reporter;
import dev.upkeep.infra.spec.StackName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Removes a stack: the servers, then the release, then the images and logs. */
final class Destroy {

    private final AwsAccess aws;
    private final StackName stack;
    private final Reporter report;
    private final Lease lease;
    private final Handover handover;

    Destroy(AwsAccess aws, StackName stack, Progressing progressing) {
        this.aws = aws;
        this.stack = stack;
        this.report = progressing.report();
        this.lease = progressing.lease();
        this.handover = new Handover(aws, progressing);
    }

    void run() throws InterruptedException {
        Optional<FormedStack> servers = aws.servers(stack);
        remove(servers);
        BroughtAddress.left(servers)
                .ifPresent(address -> report.tell(
                        "address " + address,
                        EventKind.DONE,
                        "is kept, as it was brought along; AWS charges for it until you release it"));
        lease.requireHeld();
        if (aws.release(stack).remove()) {
            report.tell("release", EventKind.DONE, "is removed");
        }
        Optional<FormedStack> base = aws.base(stack);
        List<BaseContents.Item> kept = aws.contents(base).kept();
        remove(base);
        kept.forEach(each -> report.tell(each.describe(), EventKind.DONE, "is kept, " + reason(each)));
    }

    private static String reason(BaseContents.Item kept) {
        return kept.ending() == BaseContents.Ending.STAYS_AS_ADOPTED
                ? "as it was adopted"
                : "as aws.keep asked; upkeep adopt takes it into a new stack, and " + kept.removal() + " removes it";
    }

    private void remove(Optional<FormedStack> standing) throws InterruptedException {
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
