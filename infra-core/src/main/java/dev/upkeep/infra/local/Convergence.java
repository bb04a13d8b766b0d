package dev.upkeep.infra.local;

import dev.upkeep.infra.failure.ResourceFailedException;
import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.infra.inventory.Release;
import dev.upkeep.infra.inventory.Rotation;
import dev.upkeep.infra.inventory.ServedPaths;
import dev.upkeep.infra.local.probe.LocalProbe;
import dev.upkeep.infra.local.state.AppCommand;
import dev.upkeep.infra.local.state.InstanceRecord;
import dev.upkeep.infra.local.state.SiteStore;
import dev.upkeep.infra.local.state.StackRecord;
import dev.upkeep.infra.progress.Operation;
import dev.upkeep.infra.progress.Phase;
import dev.upkeep.infra.spec.Shape;
import dev.upkeep.infra.spec.StackSpec;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Brings a stack to its spec from wherever it is. Every step looks at what is there before it acts, so it does not
 * matter where an earlier run ended.
 */
final class Convergence {

    private final Context context;
    private final StackSpec spec;
    private final Release release;
    private final PortChoice choice;

    Convergence(Context context, StackSpec spec, Release release) {
        this.context = context;
        this.spec = spec;
        this.release = release;
        this.choice = spec.edgePort() == 0 ? PortChoice.FREE : PortChoice.FIXED;
    }

    void run(Optional<StackRecord> previous, Operation operation) throws InterruptedException {
        Journal journal = new Journal(context.stateFile(), begin(previous, operation));
        journal.write(journal.now());
        spec.site().ifPresent(site -> new SiteStore(context.folder()).keep(site, release.site()));
        Edge edge = new Edge(context, journal);
        if (spec.shape() == Shape.SINGLE) {
            edge.remove();
        }
        moveWhereNeeded(journal);
        startBroken(journal);
        balance(edge, journal.now().instances());
        for (InstanceId id : wanted()) {
            InstanceView view = new Inspection(context).look(journal.now(), journal.instance(id));
            new Rollout(context, journal, edge).bring(view, release);
        }
        removeSurplus(journal, edge);
        verifyEdge(journal.now().edgePort());
        journal.write(journal.now().atRest());
        new SiteStore(context.folder()).keepOnly(Set.of(release.site()));
    }

    private List<InstanceId> wanted() {
        return IntStream.rangeClosed(1, spec.instances())
                .mapToObj(number -> InstanceId.of("i" + number))
                .toList();
    }

    private StackRecord begin(Optional<StackRecord> previous, Operation operation) {
        List<InstanceRecord> standing = previous.map(StackRecord::instances).orElse(List.of());
        int remembered = previous.map(StackRecord::edgePort).orElse(0);
        StackRecord next = new StackRecord(spec.shape(), remembered, app(spec), standing, Optional.of(operation));
        int port = spec.edgePort() != 0 ? spec.edgePort() : remembered;
        next = next.atEdge(port != 0 ? port : context.ports().choose(next.ports()));
        for (InstanceId id : wanted()) {
            if (next.instance(id).isEmpty()) {
                next = next.with(created(id, next));
            }
        }
        return next;
    }

    static Optional<AppCommand> app(StackSpec spec) {
        return spec.app().map(app -> new AppCommand(app.command(), spec.baseFolder(), app.health()));
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

    /** A single instance listens on the edge's port itself; behind a load balancer it must not. */
    private void moveWhereNeeded(Journal journal) throws InterruptedException {
        for (InstanceId id : wanted()) {
            InstanceRecord record = journal.instance(id);
            int edgePort = journal.now().edgePort();
            boolean onEdge = record.port() == edgePort;
            if (onEdge != (spec.shape() == Shape.SINGLE)) {
                new LocalInstance(context, id).stop();
                int port = onEdge ? context.ports().choose(journal.now().ports()) : edgePort;
                journal.write(record.on(port, record.appPort()));
                context.report().tell("instance " + id, Phase.STEP, "moves to port " + port);
            }
        }
    }

    private void startBroken(Journal journal) throws InterruptedException {
        Inspection inspection = new Inspection(context);
        List<InstanceId> broken = wanted().stream()
                .filter(id ->
                        !inspection.look(journal.now(), journal.instance(id)).serves())
                .toList();
        new Startup(context, journal, choice).start(broken, release);
    }

    private void balance(Edge edge, List<InstanceRecord> members) throws InterruptedException {
        if (spec.shape() == Shape.HIGHLY_AVAILABLE) {
            edge.converge(members, choice);
        }
    }

    private void removeSurplus(Journal journal, Edge edge) throws InterruptedException {
        List<InstanceId> wanted = wanted();
        List<InstanceRecord> surplus = journal.now().instances().stream()
                .filter(record -> !wanted.contains(record.id()))
                .toList();
        if (spec.shape() == Shape.HIGHLY_AVAILABLE) {
            for (InstanceRecord record : surplus) {
                edge.drain(record.id());
            }
        }
        balance(
                edge,
                journal.now().instances().stream()
                        .filter(record -> wanted.contains(record.id()))
                        .toList());
        for (InstanceRecord record : surplus) {
            new LocalInstance(context, record.id()).remove();
            journal.write(journal.now().without(record.id()));
            context.report().tell("instance " + record.id(), Phase.DONE, "removed");
        }
    }

    private void verifyEdge(int port) throws InterruptedException {
        LocalProbe probe = new LocalProbe();
        if (!context.machine()
                .polling()
                .until(
                        context.limits().start(),
                        () -> probe.ask(port, ServedPaths.VERSION).says(release.version())
                                && probe.ask(port, ServedPaths.READINESS).says(release.version()))) {
            String problem = "asked http://127.0.0.1:" + port + ServedPaths.VERSION + " and " + ServedPaths.READINESS
                    + " for " + release.version();
            throw new ResourceFailedException("edge", problem, "");
        }
    }
}
