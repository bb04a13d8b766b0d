package dev.upkeep.infra.aws.formation;

import dev.upkeep.infra.aws.client.AwsSession;
import dev.upkeep.infra.aws.client.AwsWords;
import dev.upkeep.infra.aws.client.Uninterrupted;
import dev.upkeep.infra.failure.AwsException;
import dev.upkeep.infra.failure.OperationRefusedException;
import dev.upkeep.infra.failure.StalePlanException;
import dev.upkeep.infra.time.Polling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetStatus;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetType;
import software.amazon.awssdk.services.cloudformation.model.CreateChangeSetRequest;
import software.amazon.awssdk.services.cloudformation.model.CreateChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.DescribeChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.EventType;
import software.amazon.awssdk.services.cloudformation.model.ExecutionStatus;
import software.amazon.awssdk.services.cloudformation.model.OnStackFailure;
import software.amazon.awssdk.services.cloudformation.model.RollbackConfiguration;
import software.amazon.awssdk.services.cloudformation.model.RollbackTrigger;
import software.amazon.awssdk.services.cloudformation.model.Tag;

/** What CloudFormation would do with stacks, as it has computed it: each is kept until it is executed or discarded. Safe for use by several threads. */
public final class ChangeSets {

    /** How long CloudFormation may take to compute one. */
    private static final Duration PROPOSAL_LIMIT = Duration.ofMinutes(5);

    /** What CloudFormation says where a template changes nothing, in the words of either of its checks. */
    private static final List<String> NO_CHANGES = List.of("didn't contain changes", "No updates are to be performed");

    /** What CloudFormation says where another stack has what is to be imported. */
    private static final String OWNED = " already exists in stack ";

    private static final String GIVE_UP =
            "it can belong to one stack only: have that one keep it (DeletionPolicy: Retain) and take it out of its template";

    private static final String WRONG_STATUS = "InvalidChangeSetStatus";

    private final AwsSession session;
    private final CloudFormationClient client;
    private final Polling polling;
    private final Formation stacks;

    ChangeSets(AwsSession session, CloudFormationClient client, Polling polling, Formation stacks) {
        this.session = session;
        this.client = client;
        this.polling = polling;
        this.stacks = stacks;
    }

    /**
     * Has CloudFormation begin to compute what it would do to bring a stack to a template. What it makes for that stays until it is
     * {@linkplain #discard discarded} or {@linkplain #execute executed}.
     *
     * @param request the stack and the template
     * @param caution for a change of a stack that stands
     * @return to be {@linkplain #finish finished}
     * @throws OperationRefusedException if an operation has left the stack so that it cannot be changed
     * @throws AwsException if CloudFormation refuses the template, or does not answer
     */
    public Proposal begin(ChangeRequest request, Caution caution) {
        return make(change(request, caution));
    }

    /**
     * The same as {@link #begin}, but what exists already under a name in the template is to belong to the stack, as it is. It has to be kept
     * when the stack goes, and to belong to no other one. A change set of the type {@code IMPORT} would not do: it takes no tags for a new stack.
     *
     * @param request the stack and the template
     * @return to be {@linkplain #finish finished}
     * @throws OperationRefusedException if an operation has left the stack so that it cannot be changed
     * @throws AwsException if CloudFormation refuses the template, or does not answer
     * @see <a href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/import-resources-automatically.html">Import AWS resources
     *     automatically</a>
     */
    public Proposal beginImport(ChangeRequest request) {
        return make(change(request, Caution.NONE).importExistingResources(true));
    }

    private static CreateChangeSetRequest.Builder change(ChangeRequest request, Caution caution) {
        request.standing().filter(stack -> !stack.isUpdatable()).ifPresent(stack -> {
            throw new OperationRefusedException(request.stack(), WaysOut.of(stack));
        });
        boolean creates = request.standing().isEmpty();
        return CreateChangeSetRequest.builder()
                .stackName(request.stack())
                .changeSetType(creates ? ChangeSetType.CREATE : ChangeSetType.UPDATE)
                .onStackFailure(creates ? OnStackFailure.DELETE : OnStackFailure.ROLLBACK)
                .rollbackConfiguration(creates ? null : rollback(caution))
                .templateBody(request.template().json())
                .capabilities(Capability.CAPABILITY_IAM)
                .tags(tags(request.tags()));
    }

    /**
     * Blocks until a change is computed. One that would do nothing, or that CloudFormation refuses, is discarded.
     *
     * @param request what was begun
     * @param begun the same
     * @return empty if nothing would be done
     * @throws AwsException if CloudFormation refuses the template, or does not answer
     * @throws InterruptedException if the calling thread is interrupted
     */
    public Optional<Proposal> finish(ChangeRequest request, Proposal begun) throws InterruptedException {
        try {
            Optional<Proposal> proposal = read(request.stack(), begun)
                    .map(found -> found.withChanges(new PropertyValues(
                                    () -> stacks.templateIfReadable(found.stackId()),
                                    request.template().json())
                            .in(found.changes())));
            if (proposal.isEmpty()) {
                discard(begun);
            }
            return proposal;
        } catch (AwsException | InterruptedException e) {
            discardAfter(e, begun);
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
            if (Thread.currentThread().isInterrupted()) {
                // The SDK throws away an answer that comes after an interrupt.
                Uninterrupted.run(
                        () -> named(request.stackName(), unique, creates).ifPresent(made -> discardAfter(e, made)));
                throw e;
            }
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
                "CloudFormation refused it: " + AwsWords.of(reason) + findings(id),
                reason.contains(OWNED) ? GIVE_UP : "see what it names in upkeep template",
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
                                            + ": " + AwsWords.of(String.valueOf(event.validationStatusReason())))
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
        if (remove(proposal) && proposal.creates()) {
            Optional<FormedStack> stub = stacks.find(proposal.stackId()).filter(FormedStack::isStub);
            if (stub.isPresent() && !hasOthers(proposal)) {
                stacks.delete(proposal.stackId());
            }
        }
    }

    /**
     * Lets go of a change set after something has failed, which matters more than what goes wrong now.
     *
     * @param failure what went wrong before; gets what goes wrong now as suppressed
     * @param proposal which one
     */
    public void discardAfter(Exception failure, Proposal proposal) {
        try {
            Uninterrupted.run(() -> discard(proposal));
        } catch (AwsException e) {
            failure.addSuppressed(e);
        }
    }

    /** False if it is being executed: then its stack is no stub, even if it looks like one for a moment still. */
    private boolean remove(Proposal proposal) {
        try {
            session.ask(
                    "remove the change set " + proposal.id(),
                    "cloudformation:DeleteChangeSet",
                    () -> client.deleteChangeSet(request -> request.changeSetName(proposal.id())));
            return true;
        } catch (AwsException e) {
            if (e.code().equals(WRONG_STATUS)) {
                return false;
            }
            if (isGone(e)) {
                return true;
            }
            throw e;
        }
    }

    /** The one that was removed may be listed for a moment still. */
    private boolean hasOthers(Proposal removed) {
        return session.ask(
                "list the change sets of " + removed.stackId(),
                "cloudformation:ListChangeSets",
                () -> client.listChangeSets(request -> request.stackName(removed.stackId())).summaries().stream()
                        .filter(each -> removed.stackId().equals(each.stackId()))
                        .anyMatch(each -> !removed.id().equals(each.changeSetId())));
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
}
