package dev.upkeep.infra.aws;

import dev.upkeep.infra.aws.formation.FormedStack;
import dev.upkeep.infra.aws.formation.StackEvent;
import dev.upkeep.infra.aws.formation.StackHistory;
import dev.upkeep.infra.aws.formation.WaysOut;
import dev.upkeep.infra.failure.ResourceFailedException;
import dev.upkeep.infra.progress.Operation;
import dev.upkeep.infra.progress.Outcome;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** How an operation of CloudFormation ended: what failed first, the evidence of it, and what to do next. */
final class Endings {

    /** CloudFormation's reason where somebody has cancelled a change. */
    private static final String CANCELLED = "User Initiated";

    private final Evidence evidence;
    private final Function<FormedStack, String> next;

    /** What else AWS knows of a failure. */
    @FunctionalInterface
    interface Evidence {

        Found of(FormedStack left, StackHistory happened);

        /** One phrase of AWS, and the last lines of a log; each may be empty. */
        record Found(String cause, String logTail) {
            static final Found NOTHING = new Found("", "");
        }
    }

    Endings(AwsAccess aws) {
        this(new GroupEvidence(aws));
    }

    Endings(Evidence evidence) {
        this(evidence, Endings::nextForStack);
    }

    /**
     * Of an operation that says itself what to do next.
     *
     * @param next what to do about a stack that was left so
     */
    Endings(Evidence evidence, Function<FormedStack, String> next) {
        this.evidence = evidence;
        this.next = next;
    }

    Outcome of(Operation operation, FormedStack left, StackHistory happened) {
        boolean removed = operation.kind() == Operation.Kind.DESTROY && left.isDeleted();
        boolean formed = operation.kind() != Operation.Kind.DESTROY
                && Set.of("CREATE_COMPLETE", "UPDATE_COMPLETE", "IMPORT_COMPLETE")
                        .contains(left.status());
        return removed || formed ? Outcome.succeeded() : Outcome.failed(failure(left, happened));
    }

    ResourceFailedException failure(FormedStack left, StackHistory happened) {
        Optional<StackEvent> first = happened.firstFailure();
        if (first.isEmpty()) {
            return new ResourceFailedException(
                    "stack " + left.name(), ended(left, happened) + "; " + next.apply(left), "");
        }
        Evidence.Found found = evidence.of(left, happened);
        String cause = found.cause().isEmpty() ? "" : " (" + found.cause() + ")";
        return new ResourceFailedException(
                first.get().resource(), said(first.get()) + cause + "; " + next.apply(left), found.logTail());
    }

    private static String said(StackEvent event) {
        return event.reason().isEmpty() ? event.status() : event.reason();
    }

    private static String ended(FormedStack left, StackHistory happened) {
        boolean cancelled = left.isDeleted()
                || happened.events().stream()
                        .filter(event -> event.ofStack() && !event.beginsOperation())
                        .anyMatch(event -> event.reason().contains(CANCELLED));
        return cancelled ? "it was cancelled" : (left.status() + " " + left.reason()).strip();
    }

    private static String nextForStack(FormedStack left) {
        if (left.isDeleted()) {
            return "everything that had been made is gone again; mend it, then run upkeep apply";
        }
        return left.isUpdatable() ? "the stack is as it was before; mend it, then run upkeep apply" : WaysOut.of(left);
    }
}
