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
import java.util.List;

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
        for (InstanceId id : ids) {
            context.report().tell("instance " + id, EventKind.STARTED, "start with " + release.version());
            begin(id, release);
        }
        for (InstanceId id : ids) {
            finish(id, release);
            journal.write(journal.instance(id).asSettled());
            int port = journal.instance(id).port();
            context.report().tell("instance " + id, EventKind.DONE, "serves " + release.version() + " on port " + port);
        }
        if (journal.now().shape() == Shape.HIGHLY_AVAILABLE) {
            new Edge(context, journal).follow(choice);
        }
    }

    private void begin(InstanceId id, Release release) throws InterruptedException {
        new LocalInstance(context, id).stop();
        journal.write(withFreePorts(id).turningTo(release));
        new LocalInstance(context, id).startApp(journal.instance(id));
    }

    private void finish(InstanceId id, Release release) throws InterruptedException {
        LocalInstance instance = new LocalInstance(context, id);
        for (int attempt = 1; ; attempt++) {
            try {
                instance.startNginx(journal.now(), journal.instance(id));
                instance.verify(journal.instance(id));
                return;
            } catch (ResourceFailedException failed) {
                if (attempt == PortChoice.ATTEMPTS || !instance.lostAPort(journal.instance(id))) {
                    throw failed;
                }
                begin(id, release);
            }
        }
    }

    private InstanceRecord withFreePorts(InstanceId id) {
        InstanceRecord record = journal.instance(id);
        if (!Ports.isFree(record.port())) {
            record = record.on(otherPort(record), record.appPort());
            // Or the next choice would be the same port.
            journal.write(record);
        }
        return Ports.isFree(record.appPort()) ? record : record.on(record.port(), otherAppPort(record));
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
