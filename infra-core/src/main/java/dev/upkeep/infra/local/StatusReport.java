package dev.upkeep.infra.local;

import dev.upkeep.infra.inventory.StackState;
import dev.upkeep.infra.inventory.StackStatus;
import dev.upkeep.infra.local.state.Memory;
import dev.upkeep.infra.local.state.StackLock;
import dev.upkeep.infra.local.state.StackRecord;
import dev.upkeep.infra.progress.Operation;
import dev.upkeep.infra.spec.StackName;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Says how a stack was found. Changes nothing. */
final class StatusReport {

    private final Context context;
    private final Inspection inspection;

    StatusReport(Context context) {
        this.context = context;
        this.inspection = new Inspection(context);
    }

    StackStatus make() {
        Memory memory = context.stateFile().read();
        Optional<Operation> running = inProgress();
        return memory.stack().map(stack -> known(stack, running)).orElseGet(() -> unknown(memory, running));
    }

    /** The name of a dead holder may lie there still; and a number may have been given to a younger process. */
    private Optional<Operation> inProgress() {
        return StackLock.holder(context.folder())
                .filter(holder -> context.machine().processes().isOlder(holder.pid(), holder.since()));
    }

    private StackStatus known(StackRecord stack, Optional<Operation> running) {
        List<InstanceView> views = inspection.instances(stack);
        List<String> problems = inspection.problems(stack, views);
        return new StackStatus(
                name(),
                state(stack, running.isPresent(), problems),
                Optional.of(URI.create("http://127.0.0.1:" + stack.edgePort() + "/")),
                views.stream().map(InstanceView::inventory).toList(),
                running.or(stack::operation),
                problems);
    }

    private StackState state(StackRecord stack, boolean inProgress, List<String> problems) {
        if (inProgress) {
            return StackState.IN_PROGRESS;
        }
        if (stack.operation().isPresent()) {
            return StackState.INTERRUPTED;
        }
        if (problems.isEmpty()) {
            return StackState.RUNNING;
        }
        return inspection.edgeServes(stack) ? StackState.DEGRADED : StackState.DOWN;
    }

    private StackStatus unknown(Memory memory, Optional<Operation> running) {
        boolean processes =
                !context.machine().processes().within(context.folder().path()).isEmpty();
        if (running.isEmpty() && !memory.damaged() && !processes) {
            return StackStatus.absent(name());
        }
        String what = memory.damaged()
                ? "its state file " + context.folder().stateFile() + " cannot be read: " + memory.problem()
                : "processes run in " + context.folder().path() + " but there is no state file";
        List<String> problems =
                running.isPresent() ? List.of() : List.of(what + "; apply builds it anew, destroy removes it");
        return new StackStatus(
                name(),
                running.isPresent() ? StackState.IN_PROGRESS : StackState.DOWN,
                Optional.empty(),
                List.of(),
                running,
                problems);
    }

    private StackName name() {
        return context.folder().stack();
    }
}
