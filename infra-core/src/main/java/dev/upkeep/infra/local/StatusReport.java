package dev.upkeep.infra.local;

import dev.upkeep.infra.inventory.FailedOperation;
import dev.upkeep.infra.inventory.Instance;
import dev.upkeep.infra.inventory.InstanceHealth;
import dev.upkeep.infra.inventory.Output;
import dev.upkeep.infra.inventory.Problem;
import dev.upkeep.infra.inventory.Rotation;
import dev.upkeep.infra.inventory.Serving;
import dev.upkeep.infra.inventory.StackState;
import dev.upkeep.infra.inventory.StackStatus;
import dev.upkeep.infra.local.state.FoundState;
import dev.upkeep.infra.local.state.InstanceRecord;
import dev.upkeep.infra.local.state.StackRecord;
import dev.upkeep.infra.progress.Operation;
import dev.upkeep.infra.spec.StackName;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says how a stack was found. Changes nothing. */
final class StatusReport {

    private static final String REPAIR = "upkeep apply repairs it";

    private final StackContext context;
    private final StackObserver observer;
    private final Optional<Operation> running;

    StatusReport(StackContext context, Optional<Operation> running) {
        this.context = context;
        this.observer = new StackObserver(context);
        this.running = running;
    }

    StackStatus make() throws InterruptedException {
        FoundState found = context.stateFile().read();
        return found.stack().isPresent() ? known(found.stack().get()) : unknown(found);
    }

    private StackStatus known(StackRecord stack) throws InterruptedException {
        ObservedStack observed = observer.observe(stack);
        List<Problem> problems = problems(observed);
        Serving serving = serving(stack, problems);
        URI edge = URI.create("http://127.0.0.1:" + stack.edgePort() + "/");
        return new StackStatus(
                name(),
                state(stack, problems, serving),
                serving,
                Optional.of(edge),
                stack.deployed(),
                observed.instances().stream()
                        .map(instance -> asStarting(instance, stack))
                        .toList(),
                0,
                running.or(stack::operation),
                stack.failure(),
                List.of(
                        new Output("url", edge.toString(), "where users reach the stack"),
                        new Output(
                                "folder", context.folder().path().toString(), "where its configuration and logs lie")),
                problems);
    }

    private Instance asStarting(Instance found, StackRecord stack) {
        boolean starts = running.isPresent()
                && found.health() != InstanceHealth.HEALTHY
                && stack.instance(found.id()).filter(InstanceRecord::settled).isEmpty();
        return starts
                ? new Instance(
                        found.id(),
                        found.zone(),
                        found.address(),
                        found.release(),
                        InstanceHealth.STARTING,
                        found.rotation(),
                        found.fault())
                : found;
    }

    private static List<Problem> problems(ObservedStack observed) {
        List<Problem> problems = new ArrayList<>();
        for (Instance instance : observed.instances()) {
            String name = "instance " + instance.id();
            if (!instance.fault().isEmpty()) {
                problems.add(new Problem(name, instance.fault(), REPAIR));
            }
            if (instance.rotation() == Rotation.DRAINED) {
                problems.add(new Problem(name, "drained, gets no new requests", "upkeep apply puts it back"));
            }
        }
        if (!observed.edgeFault().isEmpty()) {
            problems.add(new Problem("edge", observed.edgeFault(), REPAIR));
        }
        return problems;
    }

    private Serving serving(StackRecord stack, List<Problem> problems) {
        if (!observer.edgeServes(stack)) {
            return Serving.DOWN;
        }
        return problems.isEmpty() ? Serving.UP : Serving.DEGRADED;
    }

    private StackState state(StackRecord stack, List<Problem> problems, Serving serving) {
        if (running.isPresent()) {
            return StackState.IN_PROGRESS;
        }
        if (stack.operation().isPresent()) {
            return StackState.INTERRUPTED;
        }
        Optional<StackState> failure = stack.failure().flatMap(FailedOperation::left);
        if (problems.isEmpty()) {
            return failure.orElse(StackState.RUNNING);
        }
        StackState broken = serving == Serving.DOWN ? StackState.DOWN : StackState.DEGRADED;
        return failure.filter(how -> how != StackState.ROLLED_BACK).orElse(broken);
    }

    private StackStatus unknown(FoundState found) {
        if (running.isEmpty() && !observer.isUnreadable(found)) {
            return StackStatus.absent(name());
        }
        String what = found.damaged()
                ? "its state file " + context.folder().stateFile() + " cannot be read: " + found.problem()
                : "processes run in " + context.folder().path() + " but there is no state file";
        Problem problem = new Problem(
                "stack " + name(),
                what + "; whether it serves users is not known",
                "upkeep apply ends what runs and builds it anew, upkeep destroy removes it");
        return new StackStatus(
                name(),
                running.isPresent() ? StackState.IN_PROGRESS : StackState.UNREADABLE,
                Serving.UNKNOWN,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                0,
                running,
                Optional.empty(),
                List.of(),
                running.isPresent() ? List.of() : List.of(problem));
    }

    private StackName name() {
        return context.folder().stack();
    }
}
