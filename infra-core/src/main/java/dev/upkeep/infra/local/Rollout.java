package dev.upkeep.infra.local;

import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.infra.inventory.Rotation;
import dev.upkeep.infra.plan.Release;
import dev.upkeep.infra.progress.Phase;
import dev.upkeep.infra.spec.Shape;
import dev.upkeep.infra.state.InstanceRecord;
import dev.upkeep.infra.state.StackRecord;

/** Changes one serving instance: drain, swap, verify, rejoin; in place where there is no load balancer. */
final class Rollout {

    private final Context context;
    private final Journal journal;
    private final Edge edge;

    Rollout(Context context, Journal journal, Edge edge) {
        this.context = context;
        this.journal = journal;
        this.edge = edge;
    }

    void bring(InstanceView view, Release release) throws InterruptedException {
        InstanceId id = view.record().id();
        boolean balanced = journal.now().shape() == Shape.HIGHLY_AVAILABLE;
        boolean swaps = !view.fault().isEmpty() || !view.record().release().equals(release);
        if (!swaps && view.record().rotation() == Rotation.IN) {
            return;
        }
        String name = "instance " + id;
        context.report().tell(name, Phase.STARTED, swaps ? "bring to " + release.version() : "put back");
        if (balanced && swaps) {
            edge.drain(id);
        }
        if (swaps) {
            swap(id, release);
        }
        if (balanced) {
            edge.rejoin(id);
        } else {
            journal.write(journal.instance(id).in(Rotation.IN));
        }
        context.report().tell(name, Phase.DONE, "serves " + release.version());
    }

    private void swap(InstanceId id, Release release) throws InterruptedException {
        InstanceRecord present = journal.instance(id);
        int appPort = context.ports().choose(journal.now().ports());
        InstanceRecord next = present.turningTo(release).on(present.port(), appPort);
        journal.write(next);
        context.report().tell("instance " + id, Phase.STEP, "swap to " + release.version());
        StackRecord stack = journal.now();
        new LocalInstance(context, id).swap(stack, next);
        context.report().tell("instance " + id, Phase.STEP, "verified: it serves " + release.version());
        journal.write(next.asSettled());
    }
}
