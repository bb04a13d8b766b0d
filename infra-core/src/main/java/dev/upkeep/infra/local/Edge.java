package dev.upkeep.infra.local;

import dev.upkeep.infra.failure.PortTakenException;
import dev.upkeep.infra.failure.ResourceFailedException;
import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.infra.inventory.Rotation;
import dev.upkeep.infra.inventory.ServedPaths;
import dev.upkeep.infra.local.haproxy.Haproxy;
import dev.upkeep.infra.local.haproxy.ServerLimits;
import dev.upkeep.infra.local.haproxy.ServerLine;
import dev.upkeep.infra.local.probe.LocalProbe;
import dev.upkeep.infra.local.process.Ownership;
import dev.upkeep.infra.local.process.PortHolders;
import dev.upkeep.infra.local.process.Ports;
import dev.upkeep.infra.local.process.ProcessTable;
import dev.upkeep.infra.local.state.InstanceRecord;
import dev.upkeep.infra.local.state.Trees;
import dev.upkeep.infra.progress.EventKind;
import dev.upkeep.infra.spec.NginxLimits;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/** The load balancer of a highly available stack: brought to what the journal says, never restarted without need. */
final class Edge {

    private static final String NAME = "edge";

    /** How much longer it waits for an answer than nginx, which says 504 to users and why in its log. */
    private static final Duration ANSWER_MARGIN = Duration.ofSeconds(5);

    private final StackContext context;
    private final Journal journal;
    private final Haproxy haproxy;

    Edge(StackContext context, Journal journal) {
        this.context = context;
        this.journal = journal;
        this.haproxy = context.haproxy();
    }

    /**
     * Makes HAProxy serve these instances on the journal's edge port.
     *
     * @param members the instances, drained ones too
     * @param choice whether another port may be chosen if somebody took it
     */
    void converge(List<InstanceRecord> members, PortChoice choice) throws InterruptedException {
        boolean answers = haproxy.answers();
        if (answers && haproxy.isConfigured(configuration(members))) {
            return;
        }
        context.report().tell(NAME, EventKind.STARTED, answers ? "reload HAProxy" : "start HAProxy");
        if (answers) {
            haproxy.startOrReload(configuration(members));
        } else {
            start(members, choice);
        }
        awaitAnswer();
        for (InstanceRecord member : members) {
            if (member.rotation() == Rotation.DRAINED) {
                haproxy.drain(member.id(), Duration.ZERO);
            }
        }
        int port = journal.now().edgePort();
        context.report()
                .tell(NAME, EventKind.DONE, members.size() + " instances behind http://127.0.0.1:" + port + "/");
    }

    /** Leads a HAProxy that runs to where the instances listen now; one that does not is a step of its own. */
    void follow(PortChoice choice) throws InterruptedException {
        if (haproxy.answers()) {
            converge(journal.now().instances(), choice);
        }
    }

    private void start(List<InstanceRecord> members, PortChoice choice) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            haproxy.stop();
            findPort(choice);
            try {
                haproxy.startOrReload(configuration(members));
                return;
            } catch (ResourceFailedException failed) {
                Ownership ours = Ownership.of(context.folder().edge());
                boolean lost = new PortHolders(ProcessTable.system())
                        .lost(journal.now().edgePort(), ours);
                if (attempt == PortChoice.ATTEMPTS || !lost) {
                    throw failed;
                }
            }
        }
    }

    /** The instances as HAProxy is told of them. */
    static List<ServerLine> servers(List<InstanceRecord> members) {
        return members.stream()
                .map(member -> new ServerLine(member.id(), member.port()))
                .toList();
    }

    /** A little more than nginx gives the slowest application to say that it is well. */
    static Duration readinessLimit(List<InstanceRecord> members) {
        return members.stream()
                .map(InstanceRecord::healthLimit)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO)
                .plusMillis(300);
    }

    /** Those of the instances that take longest: while a change is rolled out they differ. */
    static ServerLimits limits(List<InstanceRecord> members) {
        Duration answer = members.stream()
                .map(member -> member.release().nginx().answerWithin())
                .max(Comparator.naturalOrder())
                .orElse(NginxLimits.DEFAULT_ANSWER_WITHIN);
        return new ServerLimits(readinessLimit(members), answer.plus(ANSWER_MARGIN));
    }

    private String configuration(List<InstanceRecord> members) throws InterruptedException {
        return haproxy.configuration(journal.now().edgePort(), servers(members), limits(members));
    }

    private void findPort(PortChoice choice) {
        int port = journal.now().edgePort();
        if (Ports.isFree(port)) {
            return;
        }
        if (choice == PortChoice.FIXED) {
            throw new PortTakenException(port, new PortHolders(ProcessTable.system()).describe(port));
        }
        int other = context.ports().choose(journal.now().ports());
        journal.write(journal.now().atEdge(other));
        context.report()
                .tell(NAME, EventKind.NOTICE, "port " + port + " was taken meanwhile; users now reach " + other);
    }

    private void awaitAnswer() throws InterruptedException {
        LocalProbe probe = new LocalProbe();
        int port = journal.now().edgePort();
        if (!context.machine()
                .polling()
                .until(
                        context.limits().start(),
                        () -> haproxy.answers()
                                && probe.ask(port, ServedPaths.VERSION).arrived())) {
            throw new ResourceFailedException(NAME, "HAProxy does not answer on port " + port, "");
        }
    }

    /** Takes an instance out of rotation; the journal knows first, so that a crash in between is seen. */
    void drain(InstanceId id) throws InterruptedException {
        journal.write(journal.instance(id).in(Rotation.DRAINED));
        context.report().tell("instance " + id, EventKind.STEP, "drain");
        if (!haproxy.drain(id, context.limits().drain())) {
            String limit = context.limits().drain().toSeconds() + " s";
            context.report().tell("instance " + id, EventKind.NOTICE, "still serves requests after " + limit);
        }
    }

    void rejoin(InstanceId id) throws InterruptedException {
        context.report().tell("instance " + id, EventKind.STEP, "rejoin");
        if (!isHealthyAgain(id)) {
            throw new ResourceFailedException(
                    "instance " + id, "HAProxy does not find it healthy after it rejoined; it stays out", "");
        }
        journal.write(journal.instance(id).in(Rotation.IN));
    }

    /** The journal calls it drained until it is healthy, so that is what HAProxy must do if it does not come to that. */
    private boolean isHealthyAgain(InstanceId id) throws InterruptedException {
        boolean healthy = false;
        try {
            healthy = haproxy.rejoin(id, context.limits().start());
        } finally {
            if (!healthy) {
                haproxy.drain(id, Duration.ZERO);
            }
        }
        return healthy;
    }

    void remove() throws InterruptedException {
        haproxy.stop();
        Trees.remove(context.folder().edge());
    }
}
