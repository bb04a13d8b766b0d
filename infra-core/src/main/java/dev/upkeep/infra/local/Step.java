package dev.upkeep.infra.local;

import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.infra.plan.Change;
import java.util.List;

/**
 * One of the things that an apply does, one after another.
 *
 * @param kind what is done
 * @param instances to which instances, in order; empty for the edge
 * @param changes what a plan shows of it
 */
record Step(Kind kind, List<InstanceId> instances, List<Change> changes) {

    /** Copies the lists. */
    Step {
        instances = List.copyOf(instances);
        changes = List.copyOf(changes);
    }

    enum Kind {
        /** The edge gets the spec's shape, port and instances. */
        EDGE,
        /** Instances that serve nobody are started, on the ports that they need now. */
        START,
        /** Instances that serve are brought to the release and into rotation, one after another. */
        ROLL,
        /** Instances that the spec does not have are drained and removed. */
        REMOVE
    }
}
