package dev.upkeep.infra.aws;

import dev.upkeep.infra.aws.client.AwsSession;
import dev.upkeep.infra.aws.formation.Formation;
import dev.upkeep.infra.aws.formation.FormedStack;
import dev.upkeep.infra.aws.stack.BaseStack;
import dev.upkeep.infra.aws.stack.ServerStack;
import dev.upkeep.infra.failure.OperationRefusedException;
import dev.upkeep.infra.spec.StackName;
import dev.upkeep.infra.time.Polling;
import java.util.Optional;

/** Everything that is asked in one region, opened when it is needed first. */
final class AwsAccess implements AutoCloseable {

    private final AwsSession session;
    private final Formation formation;
    private final Lookups lookups;
    private final Groups groups;
    private final Follower follower;

    AwsAccess(AwsSession session, Polling polling) {
        this.session = session;
        this.formation = new Formation(session, polling);
        this.lookups = new Lookups(session);
        this.groups = new Groups(session);
        this.follower = new Follower(formation, polling);
    }

    AwsSession session() {
        return session;
    }

    Formation formation() {
        return formation;
    }

    Lookups lookups() {
        return lookups;
    }

    Groups groups() {
        return groups;
    }

    Follower follower() {
        return follower;
    }

    static String baseName(StackName stack) {
        return stack.text() + BaseStack.SUFFIX;
    }

    Optional<FormedStack> base(StackName stack) {
        return own(baseName(stack), stack);
    }

    Optional<FormedStack> servers(StackName stack) {
        return own(stack.text(), stack);
    }

    /** Somebody else's stack may have the same name; it is neither changed nor removed. */
    private Optional<FormedStack> own(String name, StackName stack) {
        Optional<FormedStack> found = formation.find(name);
        found.filter(formed -> !formed.isStub())
                .filter(formed -> !stack.text().equals(formed.tags().get(ServerStack.STACK_TAG)))
                .ifPresent(foreign -> {
                    throw new OperationRefusedException(
                            stack.text(),
                            "CloudFormation has a stack " + name + " that was not made by upkeep (it lacks the tag "
                                    + ServerStack.STACK_TAG + "); give yours another name");
                });
        return found;
    }

    ReleaseParameter release(StackName stack) {
        return new ReleaseParameter(session, stack);
    }

    @Override
    public void close() {
        formation.close();
        lookups.close();
        groups.close();
    }
}
