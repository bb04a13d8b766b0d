package dev.upkeep.infra.aws;

import dev.upkeep.infra.aws.formation.FormedStack;
import dev.upkeep.infra.aws.formation.StackEvent;
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
    private final RunRegistry.Run run;

    Destroy(AwsAccess aws, StackName stack, Progressing progressing) {
        this.aws = aws;
        this.stack = stack;
        this.report = progressing.report();
        this.run = progressing.run();
    }

    void run() throws InterruptedException {
        remove(aws.servers(stack));
        aws.release(stack).remove();
        report.tell("release", EventKind.DONE, "is removed");
        List<BaseContents.Item> adopted = aws.baseContents(stack).kept();
        remove(aws.base(stack));
        adopted.forEach(each -> report.tell(each.describe(), EventKind.DONE, "is kept, as it was adopted"));
    }

    private void remove(Optional<FormedStack> standing) throws InterruptedException {
        if (standing.isEmpty()) {
            return;
        }
        FormedStack formed = standing.get();
        if (formed.isProtected()) {
            aws.formation().protect(formed.id(), false);
        }
        Optional<String> before =
                aws.formation().latestOperation(formed.id()).beginning().map(StackEvent::id);
        aws.formation().delete(formed.id());
        run.handOver();
        Follower.Followed followed = formed.isStub()
                ? aws.follower(report).awaitDeleted(formed.id())
                : aws.follower(report).follow(formed.id(), before);
        run.takeBack();
        if (!followed.stack().isDeleted()) {
            throw new Endings(aws).failure(followed.stack(), followed.happened());
        }
    }
}
