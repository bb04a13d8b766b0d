package dev.upkeep.infra.aws;

import dev.upkeep.infra.aws.formation.FormedStack;
import dev.upkeep.infra.aws.formation.StackEvent;
import java.util.Optional;
import java.util.Set;

/** Has CloudFormation do a part of an operation, and follows that to its end. Meanwhile the operation goes on without this process. */
final class Handover {

    private final AwsAccess aws;
    private final Progressing progressing;
    private final Endings endings;

    /** Follows what has begun after an event, or after nothing. */
    @FunctionalInterface
    interface Following {

        Follower.Followed follow(Optional<String> before) throws InterruptedException;
    }

    Handover(AwsAccess aws, Progressing progressing) {
        this(aws, progressing, new Endings(aws));
    }

    /**
     * For stacks that fail in other ways than that of the servers.
     *
     * @param endings says why one has failed
     */
    Handover(AwsAccess aws, Progressing progressing, Endings endings) {
        this.aws = aws;
        this.progressing = progressing;
        this.endings = endings;
    }

    /**
     * Begins it, unless somebody else has taken over, and blocks until it has ended.
     *
     * @param stackId the ARN of the stack
     * @param right the statuses in which the stack may be found then
     * @return the stack as it is found then
     * @throws dev.upkeep.infra.failure.ResourceFailedException if it ends in another one, with what failed first
     */
    FormedStack run(String stackId, Set<String> right, Runnable begin, Following following)
            throws InterruptedException {
        progressing.lease().requireHeld();
        Optional<String> before =
                aws.formation().latestOperation(stackId).beginning().map(StackEvent::id);
        begin.run();
        progressing.run().handOver();
        Follower.Followed followed = following.follow(before);
        progressing.run().takeBack();
        if (!right.contains(followed.stack().status())) {
            throw endings.failure(followed.stack(), followed.happened());
        }
        return followed.stack();
    }
}
