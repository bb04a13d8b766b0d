package dev.upkeep.infra.aws;

import dev.upkeep.infra.aws.client.AwsAdvice;
import dev.upkeep.infra.aws.formation.FormedStack;
import dev.upkeep.infra.aws.formation.Proposal;
import dev.upkeep.infra.failure.AwsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Has CloudFormation do what change sets say, and follows that to its end. Those that were not begun are not left behind. */
final class Execution {

    private final AwsAccess aws;
    private final Handover handover;
    private final List<Proposal> notBegun = new ArrayList<>();

    Execution(AwsAccess aws, Handover handover) {
        this.aws = aws;
        this.handover = handover;
    }

    /** One that is to be done, or else let go of. */
    void add(Proposal proposal) {
        notBegun.add(proposal);
    }

    /** Blocks until one is done. */
    FormedStack run(Proposal proposal, Follower follower) throws InterruptedException {
        String stack = proposal.stackId();
        Set<String> right = Set.of(proposal.creates() ? "CREATE_COMPLETE" : "UPDATE_COMPLETE", "IMPORT_COMPLETE");
        return handover.run(stack, right, () -> begin(proposal), before -> follower.follow(stack, before));
    }

    private void begin(Proposal proposal) {
        try {
            aws.formation().changeSets().execute(proposal);
            notBegun.remove(proposal);
        } catch (AwsException e) {
            // Where the answer is missing it may have begun.
            if (AwsAdvice.isTransient(e)) {
                notBegun.remove(proposal);
            }
            throw e;
        }
    }

    void discardAfter(Exception failure) {
        notBegun.forEach(proposal -> aws.formation().changeSets().discardAfter(failure, proposal));
    }
}
