package dev.upkeep.infra.local;

import dev.upkeep.infra.failure.InfraException;
import dev.upkeep.infra.failure.ResourceFailedException;
import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.infra.inventory.Release;
import dev.upkeep.infra.inventory.Rotation;
import dev.upkeep.infra.local.state.InstanceRecord;
import dev.upkeep.infra.progress.Phase;
import dev.upkeep.infra.spec.Shape;

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
        boolean swaps = !view.fault().isEmpty() || !view.record().release().equals(release);
        if (!swaps && view.record().rotation() == Rotation.IN) {
            return;
        }
        String name = "instance " + id;
        context.report().tell(name, Phase.STARTED, swaps ? "bring to " + release.version() : "put back");
        if (swaps) {
            change(view.record(), release);
        }
        if (isBalanced()) {
            edge.rejoin(id);
        } else {
            journal.write(journal.instance(id).in(Rotation.IN));
        }
        context.report().tell(name, Phase.DONE, "serves " + release.version());
    }

    /** Drained and swapped, or back where it was: a release that does not start must not cost users an instance. */
    private void change(InstanceRecord before, Release release) throws InterruptedException {
        if (isBalanced()) {
            edge.drain(before.id());
        }
        try {
            swap(before.id(), release);
        } catch (InfraException failed) {
            goBack(before, failed);
            throw failed;
        }
    }

    private void goBack(InstanceRecord before, InfraException failed) throws InterruptedException {
        String name = "instance " + before.id();
        String version = before.release().version();
        try {
            journal.write(before.in(journal.instance(before.id()).rotation()));
            new LocalInstance(context, before.id()).verify(journal.now(), before);
            if (isBalanced() && before.rotation() == Rotation.IN) {
                edge.rejoin(before.id());
            }
            context.report().tell(name, Phase.NOTICE, "put back: it serves " + version + " as before");
        } catch (InfraException worse) {
            failed.addSuppressed(worse);
            String problem = "could not be put back to " + version + ": " + worse.getMessage();
            context.report().tell(name, Phase.NOTICE, problem + "; the next apply goes on from there");
        }
    }

    private boolean isBalanced() {
        return journal.now().shape() == Shape.HIGHLY_AVAILABLE;
    }

    private void swap(InstanceId id, Release release) throws InterruptedException {
        InstanceRecord present = journal.instance(id);
        LocalInstance instance = new LocalInstance(context, id);
        for (int attempt = 1; ; attempt++) {
            int appPort = context.ports().choose(journal.now().ports());
            InstanceRecord next = present.turningTo(release).on(present.port(), appPort);
            journal.write(next);
            context.report().tell("instance " + id, Phase.STEP, "swap to " + release.version());
            try {
                instance.swap(journal.now(), present, next);
                context.report().tell("instance " + id, Phase.STEP, "verified: it serves " + release.version());
                journal.write(next.asSettled());
                return;
            } catch (ResourceFailedException failed) {
                if (attempt == PortChoice.ATTEMPTS || !instance.lostAPort(next)) {
                    throw failed;
                }
                String message = "port " + appPort + " was taken before its application had it; another one is chosen";
                context.report().tell("instance " + id, Phase.NOTICE, message);
            }
        }
    }
}
