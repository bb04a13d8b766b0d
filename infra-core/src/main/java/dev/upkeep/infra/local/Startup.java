package dev.upkeep.infra.local;

import dev.upkeep.infra.failure.PortTakenException;
import dev.upkeep.infra.failure.ResourceFailedException;
import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.infra.inventory.Release;
import dev.upkeep.infra.local.process.PortHolders;
import dev.upkeep.infra.local.process.Ports;
import dev.upkeep.infra.local.process.ProcessTable;
import dev.upkeep.infra.local.state.InstanceRecord;
import dev.upkeep.infra.progress.EventKind;
import dev.upkeep.infra.spec.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Starts instances that serve nobody. All applications start together, because each takes a while and none needs
 * another.
 */
final class Startup {

    private final StackContext context;
    private final Journal journal;
    private final PortChoice choice;

    Startup(StackContext context, Journal journal, PortChoice choice) {
        this.context = context;
        this.journal = journal;
        this.choice = choice;
    }

    void start(List<InstanceId> ids, Release release) throws InterruptedException {
        Map<InstanceId, Backend.Part> begun = new LinkedHashMap<>();
        for (InstanceId id : ids) {
            context.report().tell("instance " + id, EventKind.STARTED, "start with " + release.version());
            begun.put(id, begin(id, release));
        }
        for (Map.Entry<InstanceId, Backend.Part> each : begun.entrySet()) {
            InstanceId id = each.getKey();
            finish(id, release, each.getValue());
            journal.write(journal.instance(id).asSettled());
            int port = journal.instance(id).port();
            context.report().tell("instance " + id, EventKind.DONE, "serves " + release.version() + " on port " + port);
        }
        if (journal.now().shape() == Shape.HIGHLY_AVAILABLE) {
            new Edge(context, journal).follow(choice);
        }
    }

    private Backend.Part begin(InstanceId id, Release release) throws InterruptedException {
        LocalInstance instance = new LocalInstance(context, id);
        instance.stop();
        journal.write(withFreePorts(id, release).turningTo(release));
        return instance.begin(journal.instance(id));
    }

    private void finish(InstanceId id, Release release, Backend.Part first) throws InterruptedException {
        LocalInstance instance = new LocalInstance(context, id);
        Backend.Part begun = first;
        for (int attempt = 1; ; attempt++) {
            try {
                instance.finish(journal.now(), journal.instance(id), begun);
                return;
            } catch (ResourceFailedException failed) {
                if (attempt == PortChoice.ATTEMPTS || !instance.lostAPort(journal.instance(id))) {
                    throw failed;
                }
                begun = begin(id, release);
            }
        }
    }

    private InstanceRecord withFreePorts(InstanceId id, Release release) {
        InstanceRecord record = journal.instance(id);
        if (!Ports.isFree(record.port())) {
            record = record.on(otherPort(record), record.appPort());
            // Or the next choice would be the same port.
            journal.write(record);
        }
        return release.containers().isPresent() || Ports.isFree(record.appPort())
                ? record
                : record.on(record.port(), otherAppPort(record));
    }

    private int otherAppPort(InstanceRecord record) {
        int other = context.ports().choose(journal.now().ports());
        String message = "port " + record.appPort() + " was taken meanwhile; its application now listens on " + other;
        context.report().tell("instance " + record.id(), EventKind.NOTICE, message);
        return other;
    }

    private int otherPort(InstanceRecord record) {
        boolean isEdge = journal.now().shape() == Shape.SINGLE;
        if (isEdge && choice == PortChoice.FIXED) {
            throw new PortTakenException(record.port(), new PortHolders(ProcessTable.system()).describe(record.port()));
        }
        int other = context.ports().choose(journal.now().ports());
        if (isEdge) {
            journal.write(journal.now().atEdge(other));
        }
        String message = "port " + record.port() + " was taken meanwhile; it now listens on " + other;
        context.report().tell("instance " + record.id(), EventKind.NOTICE, message);
        return other;
    }
}
