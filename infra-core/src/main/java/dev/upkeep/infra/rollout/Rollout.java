package dev.upkeep.infra.rollout;

import dev.upkeep.infra.failure.ResourceFailedException;
import dev.upkeep.infra.inventory.Instance;
import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.infra.inventory.Release;
import dev.upkeep.infra.inventory.Rotation;
import dev.upkeep.infra.progress.EventKind;
import dev.upkeep.infra.progress.Reporter;
import dev.upkeep.infra.time.Polling;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Brings instances to a release, one after another: drain, swap, verify, rejoin. Those that serve nobody, because they are
 * not ready or not in rotation, come first, so that one that serves is drained only when the others serve. When one fails, it and those that were changed before it are
 * put back, the last one first.
 */
public final class Rollout {

    private final Fleet fleet;
    private final Polling polling;
    private final Duration readyLimit;
    private final Reporter report;
    private final Deque<Instance> changed = new ArrayDeque<>();

    /**
     * A rollout over a fleet, to be run once.
     *
     * @param fleet the instances
     * @param polling how to wait for an instance to be ready
     * @param readyLimit how long that may take
     * @param report is told of each step
     */
    public Rollout(Fleet fleet, Polling polling, Duration readyLimit, Reporter report) {
        this.fleet = fleet;
        this.polling = polling;
        this.readyLimit = readyLimit;
        this.report = report;
    }

    /**
     * Brings instances to a release.
     *
     * @param ids which ones
     * @param release what they are to serve
     * @return how it ended
     * @throws InterruptedException if the calling thread is interrupted; nothing is put back then, the next run goes on
     */
    public RolloutResult bring(List<InstanceId> ids, Release release) throws InterruptedException {
        try {
            for (Instance instance : idleFirst(ids)) {
                bring(instance, release);
            }
            return new RolloutResult.Completed();
        } catch (RuntimeException cause) {
            return putAllBack(cause) ? new RolloutResult.RolledBack(cause) : new RolloutResult.RollbackFailed(cause);
        }
    }

    private List<Instance> idleFirst(List<InstanceId> ids) throws InterruptedException {
        List<Instance> idle = new ArrayList<>();
        List<Instance> serving = new ArrayList<>();
        for (InstanceId id : ids) {
            Instance instance = fleet.instance(id);
            boolean serves = instance.rotation() == Rotation.IN
                    && fleet.missing(id, instance.release()).isEmpty();
            (serves ? serving : idle).add(instance);
        }
        idle.addAll(serving);
        return idle;
    }

    private void bring(Instance instance, Release release) throws InterruptedException {
        InstanceId id = instance.id();
        boolean swaps = !instance.release().equals(release)
                || !fleet.missing(id, release).isEmpty();
        report.tell(name(id), EventKind.STARTED, swaps ? "bring to " + release.version() : "put back");
        changed.push(instance);
        if (swaps) {
            if (fleet.isBalanced()) {
                fleet.drain(id);
            }
            swap(id, release);
        }
        rejoin(id);
        report.tell(name(id), EventKind.DONE, "serves " + release.version());
    }

    private void swap(InstanceId id, Release release) throws InterruptedException {
        report.tell(name(id), EventKind.STEP, "swap to " + release.version());
        fleet.swap(id, release);
        verify(id, release);
        report.tell(name(id), EventKind.STEP, "verified: it serves " + release.version());
    }

    private void verify(InstanceId id, Release release) throws InterruptedException {
        String[] missing = {""};
        if (!polling.until(readyLimit, () -> {
            missing[0] = fleet.missing(id, release);
            return missing[0].isEmpty();
        })) {
            String problem = "it does not serve " + release.version() + " within " + readyLimit.toSeconds() + " s: ";
            throw new ResourceFailedException(name(id), problem + missing[0], "");
        }
    }

    private void rejoin(InstanceId id) throws InterruptedException {
        if (fleet.isBalanced()) {
            fleet.rejoin(id);
        }
    }

    private boolean putAllBack(RuntimeException failed) throws InterruptedException {
        boolean complete = true;
        while (!changed.isEmpty()) {
            complete &= putBack(changed.pop(), failed);
        }
        return complete;
    }

    private boolean putBack(Instance before, RuntimeException failed) throws InterruptedException {
        InstanceId id = before.id();
        String version = before.release().version();
        try {
            if (isAsBrokenAsBefore(before)) {
                String problem = "has " + version + " as before, and serves nobody as before: " + before.fault();
                report.tell(name(id), EventKind.NOTICE, problem);
            } else {
                restore(before);
                report.tell(name(id), EventKind.NOTICE, "put back: it serves " + version + " as before");
            }
            return true;
        } catch (RuntimeException worse) {
            failed.addSuppressed(worse);
            String problem = "could not be put back to " + version + ": " + worse.getMessage();
            report.tell(name(id), EventKind.NOTICE, problem + "; the next apply goes on from there");
            // What served nobody before still serves nobody: it is out of rotation, or is not ready.
            return fleet.isBalanced() && !before.servesUsers();
        }
    }

    private void restore(Instance before) throws InterruptedException {
        InstanceId id = before.id();
        if (!isAsBefore(before)) {
            if (fleet.isBalanced()) {
                fleet.drain(id);
            }
            fleet.swap(id, before.release());
            verify(id, before.release());
        }
        if (before.rotation() == Rotation.IN) {
            rejoin(id);
        } else if (fleet.isBalanced()) {
            fleet.drain(id);
        }
    }

    private boolean isAsBrokenAsBefore(Instance before) throws InterruptedException {
        return !before.fault().isEmpty()
                && fleet.instance(before.id()).release().equals(before.release())
                && !fleet.missing(before.id(), before.release()).isEmpty();
    }

    private boolean isAsBefore(Instance before) throws InterruptedException {
        return fleet.instance(before.id()).release().equals(before.release())
                && fleet.missing(before.id(), before.release()).isEmpty();
    }

    private static String name(InstanceId id) {
        return "instance " + id;
    }
}
