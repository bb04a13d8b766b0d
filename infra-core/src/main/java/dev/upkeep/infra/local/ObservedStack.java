package dev.upkeep.infra.local;

import dev.upkeep.infra.inventory.Instance;
import dev.upkeep.infra.plan.Basis;
import dev.upkeep.infra.spec.NginxLimits;
import dev.upkeep.infra.spec.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A stack as it was observed, so far as a plan needs it.
 *
 * @param shape its shape, empty if the stack does not exist
 * @param edgePort the port users reach, 0 if it has none
 * @param edgeFault what is broken about the edge, in one phrase; empty if it is sound
 * @param instances its instances in order
 * @param unreadable whether something runs, or is remembered, that cannot be told
 */
record ObservedStack(
        Optional<Shape> shape, int edgePort, String edgeFault, List<Instance> instances, boolean unreadable) {

    /** Copies the list. */
    ObservedStack {
        instances = List.copyOf(instances);
    }

    static ObservedStack nothing() {
        return new ObservedStack(Optional.empty(), 0, "", List.of(), false);
    }

    static ObservedStack withoutState() {
        return new ObservedStack(Optional.empty(), 0, "", List.of(), true);
    }

    /** The facts that the steps depend on, and no others: a plan must not be stale for a word in a message. */
    Basis basis() {
        Map<String, String> facts = new LinkedHashMap<>();
        if (unreadable) {
            facts.put("state", "cannot be read");
        }
        shape.ifPresent(text -> facts.put(
                "edge", text.text() + " on port " + edgePort + (edgeFault.isEmpty() ? ", sound" : ", broken")));
        instances.forEach(instance -> facts.put("instance " + instance.id(), fact(instance)));
        return Basis.of(facts);
    }

    private static String allowed(NginxLimits limits) {
        return "bodies up to " + limits.maxBodyMegabytes() + " MB, answers within "
                + limits.answerWithin().toSeconds() + " s";
    }

    private static String fact(Instance instance) {
        String condition =
                !instance.answers() ? "not answering" : instance.fault().isEmpty() ? "sound" : "broken";
        return "version " + instance.version() + ", site "
                + instance.release().site().orElse("none") + ", application "
                + instance.release().application().describe() + ", environment "
                + instance.release().environment().fields() + ", "
                + ReleaseDifference.web(instance.release()) + ", "
                + allowed(instance.release().nginx()) + ", on port "
                + instance.address().orElseThrow().getPort() + ", " + Steps.word(instance.rotation()) + ", "
                + condition;
    }
}
