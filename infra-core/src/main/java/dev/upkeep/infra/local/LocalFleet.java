package dev.upkeep.infra.local;

import dev.upkeep.infra.inventory.Instance;
import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.infra.inventory.Release;
import dev.upkeep.infra.local.state.InstanceRecord;
import dev.upkeep.infra.progress.EventKind;
import dev.upkeep.infra.rollout.Fleet;
import dev.upkeep.infra.rollout.Rollout;
import dev.upkeep.infra.rollout.RolloutResult;
import dev.upkeep.infra.spec.Shape;
import java.util.List;

/** The instances of a stack on this machine, as a rollout needs them. The journal knows of each step before it is made. */
final class LocalFleet implements Fleet {

    private final StackContext context;
    private final Journal journal;
    private final Edge edge;

    LocalFleet(StackContext context, Journal journal, Edge edge) {
        this.context = context;
        this.journal = journal;
        this.edge = edge;
    }

    /** Brings instances of it to a release, one after another. */
    RolloutResult roll(List<InstanceId> ids, Release release) throws InterruptedException {
        RolloutResult result = new Rollout(
                        this, context.machine().polling(), context.limits().start(), context.report())
                .bring(ids, release);
        followAtEdge();
        return result;
    }

    @Override
    public Instance instance(InstanceId id) throws InterruptedException {
        return new StackObserver(context).look(journal.instance(id));
    }

    @Override
    public boolean isBalanced() {
        return journal.now().shape() == Shape.HIGHLY_AVAILABLE;
    }

    @Override
    public void drain(InstanceId id) throws InterruptedException {
        edge.drain(id);
    }

    @Override
    public void swap(InstanceId id, Release release) throws InterruptedException {
        InstanceRecord present = journal.instance(id);
        LocalInstance instance = new LocalInstance(context, id);
        for (int attempt = 1; ; attempt++) {
            int appPort = context.ports().choose(journal.now().ports());
            InstanceRecord next = present.turningTo(release).on(present.port(), appPort);
            journal.write(next);
            try {
                followAtEdge();
                instance.swap(journal.now(), present, next);
                journal.write(next.asSettled());
                return;
            } catch (RuntimeException failed) {
                boolean lost = instance.lostAPort(next);
                journal.write(present);
                if (attempt == PortChoice.ATTEMPTS || !lost) {
                    throw failed;
                }
                String message = "port " + appPort + " was taken before its application had it; another one is chosen";
                context.report().tell("instance " + id, EventKind.NOTICE, message);
            }
        }
    }

    /** HAProxy waits as long for an answer as the slowest of the releases may take. The port of users stays where it is. */
    private void followAtEdge() throws InterruptedException {
        edge.follow(PortChoice.FIXED);
    }

    @Override
    public String missing(InstanceId id, Release release) throws InterruptedException {
        Instance instance = instance(id);
        return instance.release().equals(release) ? instance.fault() : "it was given another release";
    }

    @Override
    public void rejoin(InstanceId id) throws InterruptedException {
        edge.rejoin(id);
    }
}
