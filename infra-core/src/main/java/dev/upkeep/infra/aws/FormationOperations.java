package dev.upkeep.infra.aws;

import dev.upkeep.infra.aws.formation.DeletedStack;
import dev.upkeep.infra.aws.formation.FormedStack;
import dev.upkeep.infra.aws.formation.StackEvent;
import dev.upkeep.infra.aws.formation.StackHistory;
import dev.upkeep.infra.failure.OperationRefusedException;
import dev.upkeep.infra.progress.Operation;
import dev.upkeep.infra.progress.Outcome;
import dev.upkeep.infra.progress.ProgressEvent;
import dev.upkeep.infra.progress.ProgressListener;
import dev.upkeep.infra.spec.StackName;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What CloudFormation does with the two stacks, or did last, whoever began it. Each such operation names its stack and the event with which it began. */
final class FormationOperations {

    private static final String BY = "CloudFormation";

    /** Each costs a call, and those of plans are in the way of what was destroyed before them. */
    private static final int MOST_LOOKED_AT = 12;

    private final AwsAccess aws;
    private final InstantSource clock;

    FormationOperations(AwsAccess aws, InstantSource clock) {
        this.aws = aws;
        this.clock = clock;
    }

    /** A stack, and its operation of now or the last one: CloudFormation may not tell of its beginning yet, or not any more. */
    private record Begun(FormedStack stack, StackHistory happened) {

        Instant at() {
            return happened.beginning().map(StackEvent::at).orElseGet(stack::since);
        }

        Operation operation(StackName name) {
            String status = happened.beginning().map(StackEvent::status).orElseGet(stack::status);
            String id = happened.beginning().map(StackEvent::id).orElse("");
            return new Operation(stack.id() + " " + id, name, kind(status, happened), BY, 0, at());
        }
    }

    /** What Upkeep calls what CloudFormation did. */
    static Operation.Kind kind(String status, StackHistory happened) {
        if (status.startsWith("DELETE")) {
            return Operation.Kind.DESTROY;
        }
        return happened.isAdoption() ? Operation.Kind.ADOPT : Operation.Kind.APPLY;
    }

    /** Whether an operation is one of CloudFormation, and not of a process. */
    static boolean isOne(Operation operation) {
        return operation.by().equals(BY);
    }

    Optional<Operation> current(StackName stack) {
        return newest(
                stack,
                aws.standing(stack).all().stream()
                        .filter(FormedStack::isInProgress)
                        .map(this::begun));
    }

    /** Where the servers are gone, what happened to them last is still known; where nothing is left, also to what they stood on. */
    Optional<Operation> latest(StackName stack) {
        StandingStacks standing = aws.standing(stack);
        Stream<Begun> deleted = standing.servers().isPresent()
                ? Stream.empty()
                : deleted(stack, standing.base().isPresent()).stream();
        return newest(stack, Stream.concat(standing.all().stream().map(this::begun), deleted));
    }

    private Optional<Begun> deleted(StackName stack, boolean baseStands) {
        String servers = stack.text();
        Set<String> names = baseStands ? Set.of(servers) : Set.of(servers, AwsAccess.baseName(stack));
        List<DeletedStack> all =
                aws.formation().deleted(names).stream().limit(MOST_LOOKED_AT).toList();
        for (DeletedStack last : all) {
            Optional<Begun> found = removed(last, stack);
            if (found.isPresent()) {
                // Of a destroy of both, that of the servers tells more.
                return all.stream()
                        .filter(each ->
                                each.name().equals(servers) && !last.name().equals(servers))
                        .filter(each -> !each.deletedAt().isBefore(last.createdAt()))
                        .flatMap(each -> removed(each, stack).stream())
                        .findFirst()
                        .or(() -> found);
            }
        }
        return Optional.empty();
    }

    /** That of a plan was never a stack, and somebody else's may have had the same name. */
    private Optional<Begun> removed(DeletedStack deleted, StackName stack) {
        StackHistory happened = aws.formation().latestOperation(deleted.id());
        return happened.isOfResources()
                ? aws.formation()
                        .find(deleted.id())
                        .filter(gone -> AwsAccess.isOf(stack, gone))
                        .map(gone -> new Begun(gone, happened))
                : Optional.empty();
    }

    private Begun begun(FormedStack stack) {
        return new Begun(stack, aws.formation().latestOperation(stack.id()));
    }

    private static Optional<Operation> newest(StackName name, Stream<Begun> all) {
        return all.max(Comparator.comparing(Begun::at)).map(begun -> begun.operation(name));
    }

    List<ProgressEvent> events(Operation operation) {
        List<ProgressEvent> events = new ArrayList<>();
        Follower.tell(happened(operation).events(), new Numbering(0, clock, events::add));
        return List.copyOf(events);
    }

    private StackHistory happened(Operation operation) {
        String[] names = names(operation);
        return names.length < 2 || names[1].isEmpty()
                ? new StackHistory(List.of())
                : aws.formation().operation(names[0], names[1]);
    }

    private static String[] names(Operation operation) {
        return operation.id().split(" ", 2);
    }

    Outcome follow(Operation operation, long cursor, ProgressListener progress) throws InterruptedException {
        String[] names = names(operation);
        if (names.length < 2 || names[1].isEmpty()) {
            return Outcome.unknown();
        }
        Follower.Followed followed =
                aws.follower(new Numbering(cursor, clock, progress)).follow(names[0], names[1], (int) cursor);
        return new Endings(aws).of(operation, followed.stack(), followed.happened());
    }

    /** Has what CloudFormation is doing with a stack of that name taken back. */
    void cancel(StackName stack) {
        FormedStack changing = aws.standing(stack).all().stream()
                .filter(FormedStack::isInProgress)
                .findFirst()
                .orElseThrow(
                        () -> new OperationRefusedException(stack.text(), "CloudFormation does nothing with it now"));
        aws.formation().cancel(changing);
    }
}
