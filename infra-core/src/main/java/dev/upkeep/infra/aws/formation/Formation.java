package dev.upkeep.infra.aws.formation;

import dev.upkeep.infra.aws.client.AwsSession;
import dev.upkeep.infra.aws.template.StackTemplate;
import dev.upkeep.infra.failure.AwsException;
import dev.upkeep.infra.failure.OperationRefusedException;
import dev.upkeep.infra.time.Polling;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetStatus;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetType;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.CreateChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.DescribeChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.ExecutionStatus;
import software.amazon.awssdk.services.cloudformation.model.OnStackFailure;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.Tag;

/** CloudFormation in one region. Safe for use by several threads. */
public final class Formation implements AutoCloseable {

    /** How long CloudFormation may take to compute a change set. */
    private static final Duration PROPOSAL_LIMIT = Duration.ofMinutes(5);

    /** What CloudFormation says where a template changes nothing, in the words of either of its checks. */
    private static final List<String> NO_CHANGES = List.of("didn't contain changes", "No updates are to be performed");

    private static final String NO_STACK = "ValidationError";

    private final AwsSession session;
    private final CloudFormationClient client;
    private final Polling polling;

    /**
     * Asks nobody yet.
     *
     * @param session who asks, and where
     * @param polling how to wait for a change set
     */
    public Formation(AwsSession session, Polling polling) {
        this.session = session;
        this.client = session.client(CloudFormationClient.builder());
        this.polling = polling;
    }

    /**
     * Looks for a stack.
     *
     * @param nameOrId a name finds one that is not deleted, an ARN any
     * @return the stack, empty if there is none
     * @throws AwsException if it cannot be said
     */
    public Optional<FormedStack> find(String nameOrId) {
        return session.ask("find the stack " + nameOrId, "cloudformation:DescribeStacks", () -> {
            try {
                return client.describeStacks(request -> request.stackName(nameOrId)).stacks().stream()
                        .findFirst()
                        .map(Formation::formed);
            } catch (CloudFormationException e) {
                // The API has no code of its own for it.
                if (NO_STACK.equals(e.awsErrorDetails().errorCode())
                        && String.valueOf(e.getMessage()).contains("does not exist")) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }

    private static FormedStack formed(Stack stack) {
        Map<String, String> outputs = new TreeMap<>();
        stack.outputs().forEach(output -> outputs.put(output.outputKey(), output.outputValue()));
        Map<String, String> tags = new TreeMap<>();
        stack.tags().forEach(tag -> tags.put(tag.key(), tag.value()));
        Instant since = stack.deletionTime() != null
                ? stack.deletionTime()
                : stack.lastUpdatedTime() != null ? stack.lastUpdatedTime() : stack.creationTime();
        return new FormedStack(
                stack.stackId(),
                stack.stackName(),
                stack.stackStatusAsString(),
                Optional.ofNullable(stack.stackStatusReason()).orElse(""),
                since,
                outputs,
                tags,
                Boolean.TRUE.equals(stack.enableTerminationProtection()));
    }

    /**
     * Has CloudFormation compute what it would do to bring a stack to a template. What it makes for that stays until it is
     * {@linkplain #discard discarded} or {@linkplain #execute executed}.
     *
     * @param name of the stack, which need not stand yet
     * @param template what it is to be
     * @param tags for all of its resources
     * @return empty if nothing would be done
     * @throws OperationRefusedException if an operation has left the stack so that it cannot be changed
     * @throws AwsException if CloudFormation refuses the template, or does not answer
     * @throws InterruptedException if the calling thread is interrupted; the change set may be there
     */
    public Optional<Proposal> propose(String name, StackTemplate template, Map<String, String> tags)
            throws InterruptedException {
        Optional<FormedStack> standing = find(name).filter(FormedStack::isFormed);
        standing.filter(stack -> !stack.isUpdatable()).ifPresent(stack -> {
            throw new OperationRefusedException(name, WaysOut.of(stack));
        });
        boolean creates = standing.isEmpty();
        String unique = "upkeep-" + UUID.randomUUID();
        CreateChangeSetResponse made = session.ask(
                "plan a change of the stack " + name,
                "cloudformation:CreateChangeSet",
                () -> client.createChangeSet(request -> request.stackName(name)
                        .changeSetName(unique)
                        .clientToken(unique)
                        .changeSetType(creates ? ChangeSetType.CREATE : ChangeSetType.UPDATE)
                        .onStackFailure(creates ? OnStackFailure.DELETE : OnStackFailure.ROLLBACK)
                        .templateBody(template.json())
                        .capabilities(Capability.CAPABILITY_IAM)
                        .tags(tags(tags))));
        DescribeChangeSetResponse computed = await(name, made.id());
        Proposal proposal = new Proposal(made.id(), made.stackId(), creates, steps(computed, made.id()));
        if (computed.status() == ChangeSetStatus.FAILED) {
            discard(proposal);
            return noChange(name, String.valueOf(computed.statusReason()));
        }
        return Optional.of(proposal);
    }

    private static List<Tag> tags(Map<String, String> tags) {
        return new TreeMap<>(tags)
                .entrySet().stream()
                        .map(tag -> Tag.builder()
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .build())
                        .toList();
    }

    private static Optional<Proposal> noChange(String name, String reason) {
        if (NO_CHANGES.stream().anyMatch(reason::contains)) {
            return Optional.empty();
        }
        throw new AwsException(
                "plan a change of the stack " + name,
                "CloudFormation refused it: " + reason,
                "see what it names in upkeep template",
                "",
                null);
    }

    private DescribeChangeSetResponse await(String name, String id) throws InterruptedException {
        DescribeChangeSetResponse[] last = new DescribeChangeSetResponse[1];
        boolean computed = polling.until(PROPOSAL_LIMIT, () -> {
            last[0] = describe(id, null);
            return switch (last[0].status()) {
                case CREATE_PENDING, CREATE_IN_PROGRESS -> false;
                default -> true;
            };
        });
        if (!computed) {
            throw new AwsException(
                    "plan a change of the stack " + name,
                    "CloudFormation has not computed it after " + PROPOSAL_LIMIT.toMinutes() + " min",
                    "try again",
                    "",
                    null);
        }
        return last[0];
    }

    private DescribeChangeSetResponse describe(String id, @Nullable String page) {
        return session.ask(
                "read the change set " + id,
                "cloudformation:DescribeChangeSet",
                () -> client.describeChangeSet(request ->
                        request.changeSetName(id).includePropertyValues(true).nextToken(page)));
    }

    private List<ResourceStep> steps(DescribeChangeSetResponse first, String id) {
        List<ResourceStep> steps = new ArrayList<>();
        DescribeChangeSetResponse page = first;
        steps.addAll(ChangeSetReader.read(page.changes()));
        while (page.nextToken() != null) {
            page = describe(id, page.nextToken());
            steps.addAll(ChangeSetReader.read(page.changes()));
        }
        return steps;
    }

    /**
     * Lets go of a change set, and of the stub that CloudFormation made for it, unless that has another one. Does nothing if it is
     * gone.
     *
     * @param proposal which one
     * @throws AwsException if it could not be removed
     */
    public void discard(Proposal proposal) {
        try {
            session.ask(
                    "remove the change set " + proposal.id(),
                    "cloudformation:DeleteChangeSet",
                    () -> client.deleteChangeSet(request -> request.changeSetName(proposal.id())));
        } catch (AwsException e) {
            if (!isGone(e)) {
                throw e;
            }
        }
        if (proposal.creates()) {
            Optional<FormedStack> stub = find(proposal.stackId()).filter(FormedStack::isStub);
            if (stub.isPresent() && !hasProposals(proposal.stackId())) {
                delete(proposal.stackId());
            }
        }
    }

    private boolean hasProposals(String stackId) {
        return !session.ask(
                "list the change sets of " + stackId,
                "cloudformation:ListChangeSets",
                () -> client.listChangeSets(request -> request.stackName(stackId))
                        .summaries()
                        .isEmpty());
    }

    /**
     * Whether a change set is still there and can be begun: the stack has not changed since.
     *
     * @param proposal which one
     * @return false if it would be refused
     * @throws AwsException if it cannot be said
     */
    public boolean canExecute(Proposal proposal) {
        try {
            return describe(proposal.id(), null).executionStatus() == ExecutionStatus.AVAILABLE;
        } catch (AwsException e) {
            if (isGone(e)) {
                return false;
            }
            throw e;
        }
    }

    private static boolean isGone(AwsException e) {
        return e.code().startsWith("ChangeSetNotFound");
    }

    /**
     * Begins what was proposed, and returns at once.
     *
     * @param proposal which one
     * @throws AwsException if CloudFormation refuses it, for instance because the stack has changed since
     */
    public void execute(Proposal proposal) {
        session.ask(
                "begin the change set " + proposal.id(),
                "cloudformation:ExecuteChangeSet",
                () -> client.executeChangeSet(
                        request -> request.changeSetName(proposal.id()).clientRequestToken(token(proposal.id()))));
    }

    private static String token(String changeSet) {
        return changeSet.substring(changeSet.lastIndexOf('/') + 1);
    }

    /**
     * Begins to delete a stack, and returns at once.
     *
     * @param id its ARN
     * @throws AwsException if CloudFormation refuses it
     */
    public void delete(String id) {
        session.ask(
                "delete the stack " + id,
                "cloudformation:DeleteStack",
                () -> client.deleteStack(request -> request.stackName(id)));
    }

    /**
     * Lets a stack be deleted, or keeps it from being.
     *
     * @param name of the stack
     * @param isProtected whether it is kept
     * @throws AwsException if that could not be set
     */
    public void protect(String name, boolean isProtected) {
        session.ask(
                "set the protection of the stack " + name,
                "cloudformation:UpdateTerminationProtection",
                () -> client.updateTerminationProtection(
                        request -> request.stackName(name).enableTerminationProtection(isProtected)));
    }

    /**
     * What has happened to a stack.
     *
     * @param id its ARN
     * @return all that CloudFormation still has
     * @throws AwsException if it cannot be read
     */
    public StackHistory history(String id) {
        return session.ask("read the events of the stack " + id, "cloudformation:DescribeStackEvents", () -> {
            List<StackEvent> events = new ArrayList<>();
            client.describeStackEventsPaginator(request -> request.stackName(id))
                    .stackEvents()
                    .forEach(event -> events.add(new StackEvent(
                            event.eventId(),
                            event.timestamp(),
                            event.logicalResourceId(),
                            event.resourceType(),
                            event.resourceStatusAsString(),
                            Optional.ofNullable(event.resourceStatusReason()).orElse(""),
                            id.equals(event.physicalResourceId()))));
            Collections.reverse(events);
            return new StackHistory(events);
        });
    }

    @Override
    public void close() {
        client.close();
    }
}
