package dev.upkeep.infra.local;

import dev.upkeep.infra.failure.ResourceFailedException;
import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.infra.inventory.Release;
import dev.upkeep.infra.inventory.Rotation;
import dev.upkeep.infra.inventory.StackState;
import dev.upkeep.infra.local.state.InstanceRecord;
import dev.upkeep.infra.local.state.SiteStore;
import dev.upkeep.infra.local.state.StackRecord;
import dev.upkeep.infra.plan.Plan;
import dev.upkeep.infra.progress.EventKind;
import dev.upkeep.infra.progress.Operation;
import dev.upkeep.infra.rollout.RolloutResult;
import dev.upkeep.infra.spec.Shape;
import dev.upkeep.infra.spec.StackSpec;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes the steps of a plan, and no others. Each can be made again, so it does not matter where an earlier run ended. */
final class StepRunner {

    private final StackContext context;
    private final StackSpec spec;
    private final Release release;
    private final PortChoice choice;
    private final List<InstanceRecord> startedOver = new ArrayList<>();

    StepRunner(StackContext context, Plan.Goal goal) {
        this.context = context;
        this.spec = goal.spec();
        this.release = goal.release();
        this.choice = Steps.port(spec) == 0 ? PortChoice.FREE : PortChoice.FIXED;
    }

    void run(List<Step> steps, Optional<StackRecord> previous, Operation operation) throws InterruptedException {
        Journal journal = new Journal(context.stateFile(), begin(previous, operation));
        journal.write(journal.now());
        keepSite();
        new Images(context).pull(release);
        Edge edge = new Edge(context, journal);
        for (Step step : steps) {
            run(step, journal, edge);
        }
        verifyEdge(journal);
        journal.write(journal.now().withDeployed(release).atRest());
        new SiteStore(context.folder()).keepOnly(release.site().stream().collect(Collectors.toSet()));
    }

    private void keepSite() {
        SiteStore store = new SiteStore(context.folder());
        release.site().ifPresent(digest -> store.keep(spec.site().orElseThrow(), digest));
    }

    private void run(Step step, Journal journal, Edge edge) throws InterruptedException {
        switch (step.kind()) {
            case EDGE -> {
                if (spec.shape() == Shape.SINGLE) {
                    edge.remove();
                } else {
                    edge.converge(journal.now().instances(), choice);
                }
            }
            case START -> start(step.instances(), journal);
            case ROLL -> roll(step.instances(), journal, edge);
            case REMOVE -> remove(step.instances(), journal, edge);
        }
    }

    private StackRecord begin(Optional<StackRecord> previous, Operation operation) {
        List<InstanceRecord> standing = previous.map(StackRecord::instances).orElse(List.of());
        int remembered = previous.map(StackRecord::edgePort).orElse(0);
        StackRecord next = new StackRecord(
                spec.shape(),
                remembered,
                standing,
                previous.flatMap(StackRecord::deployed),
                Optional.of(operation),
                Optional.empty());
        int port = Steps.port(spec) != 0 ? Steps.port(spec) : remembered;
        next = next.atEdge(port != 0 ? port : context.ports().choose(next.ports()));
        for (InstanceId id : Steps.wanted(spec)) {
            if (next.instance(id).isEmpty()) {
                next = next.with(created(id, next));
            } else if (spec.shape() == Shape.SINGLE) {
                // Without a load balancer nothing is drained.
                next = next.with(next.instance(id).get().in(Rotation.IN));
            }
        }
        return next;
    }

    private InstanceRecord created(InstanceId id, StackRecord stack) {
        Set<Integer> taken = stack.ports();
        int port = spec.shape() == Shape.SINGLE
                ? stack.edgePort()
                : context.ports().choose(taken);
        int appPort = context.ports()
                .choose(Stream.concat(taken.stream(), Stream.of(port)).collect(Collectors.toSet()));
        return new InstanceRecord(id, port, appPort, release, Rotation.IN, false);
    }

    private void start(List<InstanceId> ids, Journal journal) throws InterruptedException {
        for (InstanceId id : ids) {
            InstanceRecord found = journal.instance(id);
            // One that is new was given the release of the plan already.
            Release former =
                    found.release().equals(release) ? journal.now().deployed().orElse(release) : found.release();
            if (!former.equals(release)) {
                startedOver.add(found.turningTo(former));
            }
            moveIfNeeded(id, journal);
        }
        new Startup(context, journal, choice).start(ids, release);
    }

    /** A single instance listens on the edge's port itself; behind a load balancer it must not. */
    private void moveIfNeeded(InstanceId id, Journal journal) throws InterruptedException {
        InstanceRecord record = journal.instance(id);
        int edgePort = journal.now().edgePort();
        boolean onEdge = record.port() == edgePort;
        if (onEdge != (spec.shape() == Shape.SINGLE)) {
            new LocalInstance(context, id).stop();
            int port = onEdge ? context.ports().choose(journal.now().ports()) : edgePort;
            journal.write(record.on(port, record.appPort()));
            context.report().tell("instance " + id, EventKind.STEP, "moves to port " + port);
        }
    }

    private void roll(List<InstanceId> ids, Journal journal, Edge edge) throws InterruptedException {
        RolloutResult result = new LocalFleet(context, journal, edge).roll(ids, release);
        if (result instanceof RolloutResult.RolledBack rolledBack) {
            boolean back = putStartedBack(journal, edge, rolledBack.cause());
            throw noted(journal, back ? StackState.ROLLED_BACK : StackState.ROLLBACK_FAILED, rolledBack.cause());
        }
        if (result instanceof RolloutResult.RollbackFailed worse) {
            putStartedBack(journal, edge, worse.cause());
            throw noted(journal, StackState.ROLLBACK_FAILED, worse.cause());
        }
    }

    /** What was started with the new release must not serve it beside those that went back to the one before. */
    private boolean putStartedBack(Journal journal, Edge edge, RuntimeException cause) throws InterruptedException {
        boolean complete = true;
        for (InstanceRecord former : startedOver) {
            try {
                putBack(former, journal, edge);
            } catch (RuntimeException worse) {
                cause.addSuppressed(worse);
                complete = false;
            }
        }
        return complete;
    }

    private void putBack(InstanceRecord former, Journal journal, Edge edge) throws InterruptedException {
        InstanceId id = former.id();
        edge.drain(id);
        new Startup(context, journal, choice).start(List.of(id), former.release());
        if (former.rotation() == Rotation.IN) {
            edge.rejoin(id);
        }
        String version = former.release().version();
        context.report().tell("instance " + id, EventKind.NOTICE, "put back: it was started with " + version);
    }

    private static RuntimeException noted(Journal journal, StackState left, RuntimeException cause) {
        journal.write(journal.now().failed(Optional.of(left), String.valueOf(cause.getMessage())));
        return cause;
    }

    private void remove(List<InstanceId> surplus, Journal journal, Edge edge) throws InterruptedException {
        if (spec.shape() == Shape.HIGHLY_AVAILABLE) {
            for (InstanceId id : surplus) {
                edge.drain(id);
            }
            edge.converge(
                    journal.now().instances().stream()
                            .filter(record -> !surplus.contains(record.id()))
                            .toList(),
                    choice);
        }
        for (InstanceId id : surplus) {
            new LocalInstance(context, id).remove();
            journal.write(journal.now().without(id));
            context.report().tell("instance " + id, EventKind.DONE, "removed");
        }
    }

    private void verifyEdge(Journal journal) throws InterruptedException {
        URI edge = URI.create("http://127.0.0.1:" + journal.now().edgePort() + "/");
        String[] missing = {""};
        if (!context.machine().polling().until(context.limits().start(), () -> {
            missing[0] = context.outside().missing(edge, release.version());
            return missing[0].isEmpty();
        })) {
            String problem = "asked " + edge + " for " + release.version() + ": " + missing[0];
            throw noted(journal, StackState.ROLLBACK_FAILED, new ResourceFailedException("edge", problem, ""));
        }
    }
}
