package dev.upkeep.infra.aws;

import dev.upkeep.infra.aws.formation.FormedStack;
import dev.upkeep.infra.progress.EventKind;
import dev.upkeep.infra.progress.Reporter;
import dev.upkeep.infra.spec.StackName;
import java.util.List;
import java.util.Optional;

/** Removes a stack: the servers, then the release, then the images and logs. */
final class Destroy {

    private final AwsAccess aws;
    private final StackName stack;
    private final Reporter report;
    private final Lease lease;
    private final StackRemoval removal;
    private final ImageRemoval machineImages;

    Destroy(AwsAccess aws, StackName stack, Progressing progressing) {
        this.aws = aws;
        this.stack = stack;
        this.report = progressing.report();
        this.lease = progressing.lease();
        this.removal = new StackRemoval(aws, new Handover(aws, progressing), report);
        this.machineImages = new ImageRemoval(aws, stack, progressing);
    }

    void run() throws InterruptedException {
        machineImages.requireAllowed();
        machineImages.removeStack();
        Optional<FormedStack> servers = aws.servers(stack);
        removal.run(servers);
        BroughtAddress.left(servers)
                .ifPresent(address -> report.tell(
                        "address " + address,
                        EventKind.DONE,
                        "is kept, as it was brought along; AWS charges for it until you release it"));
        lease.requireHeld();
        if (aws.release(stack).remove()) {
            report.tell("release", EventKind.DONE, "is removed");
        }
        machineImages.runForAll();
        Optional<FormedStack> base = aws.base(stack);
        List<BaseContents.Item> kept = aws.contents(base).kept();
        removal.run(base);
        kept.forEach(each -> report.tell(each.describe(), EventKind.DONE, "is kept, " + reason(each)));
    }

    private static String reason(BaseContents.Item kept) {
        return kept.ending() == BaseContents.Ending.STAYS_AS_ADOPTED
                ? "as it was adopted"
                : "as aws.keep asked; upkeep adopt takes it into a new stack, and " + kept.removal() + " removes it";
    }
}
