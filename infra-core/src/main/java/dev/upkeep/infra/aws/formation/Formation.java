package dev.upkeep.infra.aws.formation;

import dev.upkeep.infra.aws.client.AwsSession;
import dev.upkeep.infra.aws.template.StackTemplate;
import dev.upkeep.infra.failure.AwsException;
import dev.upkeep.infra.failure.OperationRefusedException;
import dev.upkeep.infra.failure.StalePlanException;
import dev.upkeep.infra.time.Polling;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetStatus;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetType;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.CreateChangeSetRequest;
import software.amazon.awssdk.services.cloudformation.model.CreateChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.DescribeChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.EventType;
import software.amazon.awssdk.services.cloudformation.model.ExecutionStatus;
import software.amazon.awssdk.services.cloudformation.model.OnStackFailure;
import software.amazon.awssdk.services.cloudformation.model.RollbackConfiguration;
import software.amazon.awssdk.services.cloudformation.model.RollbackTrigger;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;
import software.amazon.awssdk.services.cloudformation.model.StackSummary;
import software.amazon.awssdk.services.cloudformation.model.Tag;

/** CloudFormation in one region. Safe for use by several threads. */
public final class Formation implements AutoCloseable {

    /** How long CloudFormation may take to compute a change set. */
    private static final Duration PROPOSAL_LIMIT = Duration.ofMinutes(5);

    /** What CloudFormation says where a template changes nothing, in the words of either of its checks. */
    private static final List<String> NO_CHANGES = List.of("didn't contain changes", "No updates are to be performed");

    private static final String NO_STACK = "ValidationError";

    private static final String WRONG_STATUS = "InvalidChangeSetStatus";

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
        Map<String, FormedStack.Output> outputs = new TreeMap<>();
        stack.outputs()
                .forEach(output -> outputs.put(
                        output.outputKey(),
                        new FormedStack.Output(
                                output.outputValue(),
                                Optional.ofNullable(output.description()).orElse(""))));
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
     * @param caution for a change of a stack that stands
     * @return empty if nothing would be done
     * @throws OperationRefusedException if an operation has left the stack so that it cannot be changed
     * @throws AwsException if CloudFormation refuses the template, or does not answer
     * @throws InterruptedException if the calling thread is interrupted; the change set may be there
     */
    public Optional<Proposal> propose(String name, StackTemplate template, Map<String, String> tags, Caution caution)
            throws InterruptedException {
        Optional<FormedStack> standing = find(name).filter(FormedStack::isFormed);
        standing.filter(stack -> !stack.isUpdatable()).ifPresent(stack -> {
            throw new OperationRefusedException(name, WaysOut.of(stack));
        });
        boolean creates = standing.isEmpty();
        Proposal made = make(CreateChangeSetRequest.builder()
                .stackName(name)
                .changeSetType(creates ? ChangeSetType.CREATE : ChangeSetType.UPDATE)
                .onStackFailure(creates ? OnStackFailure.DELETE : OnStackFailure.ROLLBACK)
                .rollbackConfiguration(creates ? null : rollback(caution))
                .templateBody(template.json())
                .capabilities(Capability.CAPABILITY_IAM)
                .tags(tags(tags)));
        try {
            Optional<Proposal> proposal = read(name, made);
            if (proposal.isEmpty()) {
                discard(made);
            }
            return proposal;
        } catch (AwsException | InterruptedException e) {
            discard(made, e);
            throw e;
        }
    }

    private static RollbackConfiguration rollback(Caution caution) {
        return RollbackConfiguration.builder()
                .monitoringTimeInMinutes(caution.minutes())
                .rollbackTriggers(caution.alarms().stream()
                        .map(alarm -> RollbackTrigger.builder()
                                .arn(alarm)
                                .type("AWS::CloudWatch::Alarm")
                                .build())
                        .toList())
                .build();
    }

    /** Not computed yet. */
    private Proposal make(CreateChangeSetRequest.Builder change) {
        String unique = "upkeep-" + UUID.randomUUID();
        CreateChangeSetRequest request =
                change.changeSetName(unique).clientToken(unique).build();
        boolean creates = request.changeSetType() == ChangeSetType.CREATE;
        try {
            CreateChangeSetResponse made = session.ask(
                    "plan a change of the stack " + request.stackName(),
                    "cloudformation:CreateChangeSet",
                    () -> client.createChangeSet(request));
            return new Proposal(made.id(), made.stackId(), creates, List.of());
        } catch (AwsException e) {
            return Optional.of(e)
                    .filter(LostAnswer::isPossible)
                    .flatMap(lost -> named(request.stackName(), unique, creates))
                    .orElseThrow(() -> e);
        }
    }

    /** Nobody else makes one of that name. */
    private Optional<Proposal> named(String stack, String unique, boolean creates) {
        try {
            DescribeChangeSetResponse found = session.ask(
                    "find the change set " + unique,
                    "cloudformation:DescribeChangeSet",
                    () -> client.describeChangeSet(
                            request -> request.stackName(stack).changeSetName(unique)));
            return Optional.of(new Proposal(found.changeSetId(), found.stackId(), creates, List.of()));
        } catch (AwsException notThere) {
            return Optional.empty();
        }
    }

    /** Empty if it would change nothing. */
    private Optional<Proposal> read(String name, Proposal made) throws InterruptedException {
        DescribeChangeSetResponse computed = await(name, made.id());
        return computed.status() == ChangeSetStatus.FAILED
                ? noChange(name, made.id(), String.valueOf(computed.statusReason()))
                : Optional.of(new Proposal(made.id(), made.stackId(), made.creates(), steps(computed, made.id())));
    }

    /** What went wrong before matters more than what goes wrong now. */
    private void discard(Proposal made, Exception before) {
        try {
            discard(made);
        } catch (AwsException e) {
            before.addSuppressed(e);
        }
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

    private Optional<Proposal> noChange(String name, String id, String reason) {
        if (NO_CHANGES.stream().anyMatch(reason::contains)) {
            return Optional.empty();
        }
        throw new AwsException(
                "plan a change of the stack " + name,
                "CloudFormation refused it: " + reason + findings(id),
                "see what it names in upkeep template",
                "",
                null);
    }

    /** What validation found, with its place in the template. Only this call tells it, and older endpoints do not know the call. */
    private String findings(String changeSet) {
        try {
            return session.ask(
                    "read what was found wrong with " + changeSet,
                    "cloudformation:DescribeEvents",
                    () ->
                            client
                                    .describeEventsPaginator(request -> request.changeSetName(changeSet))
                                    .operationEvents()
                                    .stream()
                                    .filter(event -> event.eventType() == EventType.VALIDATION_ERROR)
                                    .map(event -> "; " + event.logicalResourceId() + " at " + event.validationPath()
                                            + ": " + event.validationStatusReason())
                                    .distinct()
                                    .collect(Collectors.joining()));
        } catch (AwsException notToBeHad) {
            return "";
        }
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
            // An operation is under way, and CloudFormation removes the change sets that it makes obsolete.
            if (!isGone(e) && !e.code().equals(WRONG_STATUS)) {
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
     * Begins what was proposed, and returns at once. Whoever has begun it already has done the same.
     *
     * @param proposal which one
     * @throws StalePlanException if the stack has changed since
     * @throws AwsException if CloudFormation does not begin it for another reason
     */
    public void execute(Proposal proposal) {
        try {
            session.ask(
                    "begin the change set " + proposal.id(),
                    "cloudformation:ExecuteChangeSet",
                    () -> client.executeChangeSet(
                            request -> request.changeSetName(proposal.id()).clientRequestToken(token(proposal.id()))));
        } catch (AwsException e) {
            if (LostAnswer.isPossible(e) && hasBegun(proposal)) {
                return;
            }
            throw isGone(e) || e.code().equals(WRONG_STATUS) ? stale(proposal) : e;
        }
    }

    private boolean hasBegun(Proposal proposal) {
        try {
            return switch (describe(proposal.id(), null).executionStatus()) {
                case EXECUTE_IN_PROGRESS, EXECUTE_COMPLETE, EXECUTE_FAILED -> true;
                default -> false;
            };
        } catch (AwsException notThere) {
            return false;
        }
    }

    private static StalePlanException stale(Proposal proposal) {
        String stack = proposal.stackId().split("/", -1)[1];
        return new StalePlanException(stack, List.of("CloudFormation has changed the stack since, or is changing it"));
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
     * Looks for the stack that had a name last and is deleted.
     *
     * @param name of the stack
     * @return the stack as it was found in the end; empty if there was none in the 90 days for which CloudFormation remembers
     * @throws AwsException if it cannot be said
     */
    public Optional<FormedStack> findDeleted(String name) {
        return session.ask(
                        "find the deleted stack " + name,
                        "cloudformation:ListStacks",
                        () -> client
                                .listStacksPaginator(request -> request.stackStatusFilters(StackStatus.DELETE_COMPLETE))
                                .stackSummaries()
                                .stream()
                                .filter(stack -> stack.stackName().equals(name))
                                .max(Comparator.comparing(StackSummary::deletionTime)))
                .flatMap(stack -> find(stack.stackId()));
    }

    /**
     * What happened in the operation of now, or in the last one.
     *
     * @param id the ARN of the stack
     * @return its events; all that there are if none was begun yet
     * @throws AwsException if they cannot be read
     */
    public StackHistory latestOperation(String id) {
        return history(id, StackEvent::beginsOperation);
    }

    /**
     * What happened in one operation.
     *
     * @param id the ARN of the stack
     * @param beginning the id of the event with which it began
     * @return its events, empty if CloudFormation does not have them any more
     * @throws AwsException if they cannot be read
     */
    public StackHistory operation(String id, String beginning) {
        return history(id, event -> event.id().equals(beginning)).ofOperation(beginning);
    }

    /** Reads from the newest event back to one that is looked for. */
    private StackHistory history(String id, Predicate<StackEvent> last) {
        return session.ask("read the events of the stack " + id, "cloudformation:DescribeStackEvents", () -> {
            List<StackEvent> events = new ArrayList<>();
            for (var event : client.describeStackEventsPaginator(request -> request.stackName(id))
                    .stackEvents()) {
                StackEvent earlier = event(event, id);
                events.add(earlier);
                if (last.test(earlier)) {
                    break;
                }
            }
            Collections.reverse(events);
            return new StackHistory(events);
        });
    }

    private static StackEvent event(software.amazon.awssdk.services.cloudformation.model.StackEvent event, String id) {
        return new StackEvent(
                event.eventId(),
                event.timestamp(),
                event.logicalResourceId(),
                Optional.ofNullable(event.physicalResourceId()).orElse(""),
                event.resourceType(),
                event.resourceStatusAsString(),
                Optional.ofNullable(event.resourceStatusReason()).orElse(""),
                id.equals(event.physicalResourceId()));
    }

    /**
     * Has an operation in progress taken back: a change by a change back, a first creation by deleting what there is.
     *
     * @param stack as it was found
     * @throws OperationRefusedException if what it is in cannot be taken back
     * @throws AwsException if CloudFormation refuses it
     */
    public void cancel(FormedStack stack) {
        switch (stack.status()) {
            case "CREATE_IN_PROGRESS" -> delete(stack.id());
            case "UPDATE_IN_PROGRESS" ->
                session.ask(
                        "cancel the change of the stack " + stack.name(),
                        "cloudformation:CancelUpdateStack",
                        () -> client.cancelUpdateStack(request -> request.stackName(stack.id())));
            default ->
                throw new OperationRefusedException(
                        stack.name(),
                        "CloudFormation is at " + stack.status()
                                + ", which nobody can take back; wait until it has ended");
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
