package dev.upkeep.infra.aws;

import dev.upkeep.infra.aws.formation.FormedStack;
import dev.upkeep.infra.aws.formation.StackEvent;
import dev.upkeep.infra.aws.formation.StackHistory;
import dev.upkeep.infra.aws.formation.WaysOut;
import dev.upkeep.infra.failure.ResourceFailedException;
import dev.upkeep.infra.progress.Operation;
import dev.upkeep.infra.progress.Outcome;
import java.util.Optional;

/** How an operation of CloudFormation ended: what failed first, and what to do next. */
final class Endings {

    private Endings() {}

    static Outcome of(Operation operation, FormedStack left, StackHistory happened) {
        boolean removed = operation.kind() == Operation.Kind.DESTROY && left.isDeleted();
        boolean formed = operation.kind() == Operation.Kind.APPLY
                && (left.status().equals("CREATE_COMPLETE") || left.status().equals("UPDATE_COMPLETE"));
        return removed || formed ? Outcome.succeeded() : Outcome.failed(failure(left, happened));
    }

    static ResourceFailedException failure(FormedStack left, StackHistory happened) {
        Optional<StackEvent> first = happened.firstFailure();
        String said = first.map(event -> event.reason().isEmpty() ? event.status() : event.reason())
                .orElse((left.status() + " " + left.reason()).strip());
        return new ResourceFailedException(
                first.map(StackEvent::resource).orElse("stack " + left.name()), said + "; " + next(left), "");
    }

    private static String next(FormedStack left) {
        if (left.isDeleted()) {
            return "everything that had been made is gone again; mend it, then run upkeep apply";
        }
        return left.isUpdatable() ? "the stack is as it was before; mend it, then run upkeep apply" : WaysOut.of(left);
    }
}
