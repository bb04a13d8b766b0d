package dev.upkeep.infra.local;

import dev.upkeep.infra.failure.OperationRefusedException;
import dev.upkeep.infra.failure.UnknownInstanceException;
import dev.upkeep.infra.inventory.FailedOperation;
import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.infra.inventory.Release;
import dev.upkeep.infra.inventory.Rotation;
import dev.upkeep.infra.local.state.InstanceRecord;
import dev.upkeep.infra.local.state.StackRecord;
import dev.upkeep.infra.progress.Operation;
import dev.upkeep.infra.rollout.RolloutResult;
import dev.upkeep.infra.spec.Shape;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Changes one instance of a stack: drain, rejoin, ship. The caller holds the stack's lock. */
final class InstanceChange {

    private final StackContext context;
    private final InstanceId id;
    private final Operation operation;

    InstanceChange(StackContext context, InstanceId id, Operation operation) {
        this.context = context;
        this.id = id;
        this.operation = operation;
    }

    /** Steps that may fail or be interrupted. */
    private interface Steps {
        void run(Journal journal, Edge edge) throws InterruptedException;
    }

    static InstanceRecord find(StackContext context, Optional<StackRecord> stack, InstanceId id) {
        List<String> known = stack.map(StackRecord::instances).orElse(List.of()).stream()
                .map(each -> each.id().text())
                .toList();
        return stack.flatMap(found -> found.instance(id))
                .orElseThrow(() ->
                        new UnknownInstanceException(context.folder().stack().text(), id.text(), known));
    }

    void drain() throws InterruptedException {
        StackRecord stack = balanced("has no load balancer to drain it from; use the shape highly-available");
        if (find(context, Optional.of(stack), id).rotation() == Rotation.DRAINED) {
            return;
        }
        boolean another =
                stack.instances().stream().anyMatch(each -> !each.id().equals(id) && each.rotation() == Rotation.IN);
        if (!another) {
            throw refused("no other instance is in rotation, so users would reach nobody; rejoin another one first");
        }
        during(stack, (journal, edge) -> edge.drain(id));
    }

    void rejoin() throws InterruptedException {
        StackRecord stack = balanced("has no load balancer to rejoin; use the shape highly-available");
        if (find(context, Optional.of(stack), id).rotation() == Rotation.IN) {
            return;
        }
        during(stack, (journal, edge) -> edge.rejoin(id));
    }

    /** Gives it what comes of what it has now. */
    void ship(UnaryOperator<Release> next) throws InterruptedException {
        StackRecord stack = read();
        InstanceRecord record = find(context, Optional.of(stack), id);
        Release release = next.apply(record.release());
        during(stack, (journal, edge) -> {
            new Images(context).pull(release);
            if (new StackObserver(context).look(record).answers()) {
                roll(journal, edge, release);
            } else {
                new Startup(context, journal, PortChoice.FREE).start(List.of(id), release);
            }
        });
    }

    private void roll(Journal journal, Edge edge, Release release) throws InterruptedException {
        RolloutResult result = new LocalFleet(context, journal, edge).roll(List.of(id), release);
        if (result instanceof RolloutResult.RolledBack rolledBack) {
            throw rolledBack.cause();
        }
        if (result instanceof RolloutResult.RollbackFailed worse) {
            throw worse.cause();
        }
    }

    private StackRecord read() {
        return context.stateFile()
                .read()
                .stack()
                .orElseThrow(() ->
                        new UnknownInstanceException(context.folder().stack().text(), id.text(), List.of()));
    }

    private StackRecord balanced(String otherwise) {
        StackRecord stack = read();
        if (stack.shape() == Shape.SINGLE) {
            throw refused("a single-instance stack " + otherwise);
        }
        return stack;
    }

    private OperationRefusedException refused(String reason) {
        return new OperationRefusedException(context.folder().stack().text(), reason);
    }

    private void during(StackRecord stack, Steps steps) throws InterruptedException {
        Journal journal = new Journal(context.stateFile(), stack);
        journal.write(stack.during(operation));
        try {
            steps.run(journal, new Edge(context, journal));
            StackRecord now = journal.now();
            // An apply that was interrupted before this is still to be gone on with.
            journal.write(stack.operation().map(now::during).orElseGet(now::withoutOperation));
        } catch (RuntimeException failed) {
            Interruptions.throwIfCause(failed);
            new Recovery(context).failed(stack.failure().flatMap(FailedOperation::left), failed);
            throw failed;
        }
    }
}
