package dev.upkeep.infra.aws.formation;

import dev.upkeep.infra.aws.client.AwsAdvice;
import dev.upkeep.infra.aws.client.AwsSession;
import dev.upkeep.infra.aws.client.AwsWords;
import dev.upkeep.infra.aws.template.DeployedTemplate;
import dev.upkeep.infra.failure.AwsException;
import dev.upkeep.infra.failure.OperationRefusedException;
import dev.upkeep.infra.time.Polling;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;
import software.amazon.awssdk.services.cloudformation.model.StackSummary;
import software.amazon.awssdk.services.cloudformation.model.TemplateStage;

/** CloudFormation in one region. Safe for use by several threads. */
public final class Formation implements AutoCloseable {

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
                if (NO_STACK.equals(AwsAdvice.code(e))
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
                Optional.ofNullable(stack.stackStatusReason()).map(AwsWords::of).orElse(""),
                since,
                outputs,
                tags,
                Boolean.TRUE.equals(stack.enableTerminationProtection()));
    }

    /**
     * The template that a stack was brought to last.
     *
     * @param id the ARN of the stack
     * @return the template
     * @throws AwsException if it cannot be read
     */
    public DeployedTemplate template(String id) {
        return DeployedTemplate.of(templateText(id));
    }

    /** Missing if it cannot be read: then less can be said of what changes. */
    DeployedTemplate templateIfReadable(String id) {
        try {
            return template(id);
        } catch (AwsException unreadable) {
            return DeployedTemplate.of("");
        }
    }

    /**
     * How its stacks are compared with what is really there.
     *
     * @return asked with the same client
     */
    public DriftDetection drift() {
        return new DriftDetection(session, client, polling);
    }

    /**
     * The template that a stack was made of.
     *
     * @param id its ARN
     * @return as it was sent
     * @throws AwsException if it cannot be read
     */
    public String templateText(String id) {
        return session.ask(
                "read the template of the stack " + id,
                "cloudformation:GetTemplate",
                () -> client.getTemplate(request -> request.stackName(id).templateStage(TemplateStage.ORIGINAL))
                        .templateBody());
    }

    /**
     * What is planned with its stacks.
     *
     * @return change sets of this region, asked with the same client
     */
    public ChangeSets changeSets() {
        return new ChangeSets(session, client, polling, this);
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
     * Looks for stacks that had one of some names and are deleted: also stubs, of which each plan of a stack that did not stand has left one.
     *
     * @param names of the stacks
     * @return beginning with the one that was deleted last; none if there was none in the 90 days for which CloudFormation remembers
     * @throws AwsException if it cannot be said
     */
    public List<DeletedStack> deleted(Set<String> names) {
        return session.ask(
                "find the deleted stack " + String.join(" or ", new TreeSet<>(names)),
                "cloudformation:ListStacks",
                () -> client
                        .listStacksPaginator(request -> request.stackStatusFilters(StackStatus.DELETE_COMPLETE))
                        .stackSummaries()
                        .stream()
                        .filter(stack -> names.contains(stack.stackName()))
                        .map(Formation::deleted)
                        .sorted(Comparator.comparing(DeletedStack::deletedAt).reversed())
                        .toList());
    }

    private static DeletedStack deleted(StackSummary stack) {
        Instant deletedAt = Optional.ofNullable(stack.deletionTime()).orElse(stack.creationTime());
        return new DeletedStack(stack.stackId(), stack.stackName(), stack.creationTime(), deletedAt);
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
                Optional.ofNullable(event.resourceStatusReason())
                        .map(AwsWords::of)
                        .orElse(""),
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
