package dev.upkeep.infra.local;

import dev.upkeep.infra.spec.Shape;
import java.util.List;
import java.util.Optional;

/**
 * A stack as a plan sees it.
 *
 * @param shape its shape, empty if the stack does not exist
 * @param edgePort the port users reach, 0 if it has none
 * @param edgeFault what is broken about the edge, in one phrase; empty if it is sound
 * @param instances its instances in order
 */
record Deployed(Optional<Shape> shape, int edgePort, String edgeFault, List<DeployedInstance> instances) {

    /** Copies the list. */
    Deployed {
        instances = List.copyOf(instances);
    }

    static Deployed nothing() {
        return new Deployed(Optional.empty(), 0, "", List.of());
    }
}
