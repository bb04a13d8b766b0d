package dev.upkeep.infra.local;

import dev.upkeep.infra.inventory.Instance;
import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.infra.inventory.Release;
import dev.upkeep.infra.inventory.Rotation;
import dev.upkeep.infra.local.state.InstanceRecord;
import dev.upkeep.infra.local.state.StackRecord;
import dev.upkeep.infra.plan.Action;
import dev.upkeep.infra.plan.Change;
import dev.upkeep.infra.plan.FieldChange;
import dev.upkeep.infra.plan.Impact;
import dev.upkeep.infra.plan.Plan;
import dev.upkeep.infra.plan.Replacement;
import dev.upkeep.infra.spec.LocalSettings;
import dev.upkeep.infra.spec.Shape;
import dev.upkeep.infra.spec.StackSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Computes what an apply has to do. Pure: the same goal and the same observed stack give the same steps. A plan shows the changes of
 * the steps, and an apply makes exactly these steps.
 */
final class Steps {

    private final StackSpec spec;
    private final Release release;
    private final ObservedStack observed;

    Steps(Plan.Goal goal, ObservedStack observed) {
        this.spec = goal.spec();
        this.release = goal.release();
        this.observed = observed;
    }

    static List<InstanceId> wanted(StackSpec spec) {
        return IntStream.rangeClosed(1, spec.instances())
                .mapToObj(number -> InstanceId.of("i" + number))
                .toList();
    }

    static int port(StackSpec spec) {
        return spec.settings() instanceof LocalSettings local ? local.port() : 0;
    }

    /** What a plan shows of removing everything. */
    static List<Change> destroying(StackRecord stack) {
        Impact impact = Impact.downtime("nobody is served any more");
        List<Change> changes = new ArrayList<>();
        changes.add(new Change(
                "edge",
                Action.DELETE,
                List.of(new FieldChange("port", Integer.toString(stack.edgePort()), "")),
                "the stack is removed",
                Replacement.NEVER,
                impact,
                Optional.empty()));
        for (InstanceRecord instance : stack.instances()) {
            changes.add(deleted(instance.id(), instance.release().version(), "the stack is removed", impact));
        }
        return changes;
    }

    private static Change deleted(InstanceId id, String version, String reason, Impact impact) {
        return new Change(
                "instance " + id,
                Action.DELETE,
                List.of(new FieldChange("version", version, "")),
                reason,
                Replacement.NEVER,
                impact,
                Optional.empty());
    }

    /** In the order in which they are made; none if the stack is as wanted. */
    List<Step> all() {
        List<Step> steps = new ArrayList<>();
        start().ifPresent(steps::add);
        // A single instance takes the port of the load balancer, so that one has to go first.
        edge().ifPresent(edge -> steps.add(spec.shape() == Shape.SINGLE ? 0 : steps.size(), edge));
        roll().ifPresent(steps::add);
        remove().ifPresent(steps::add);
        return steps;
    }

    private Optional<Step> start() {
        List<InstanceId> ids = wanted(spec).stream()
                .filter(id -> observed(id).map(this::starts).orElse(true))
                .toList();
        List<Change> changes = ids.stream()
                .map(id -> observed(id).map(this::started).orElseGet(() -> created(id)))
                .toList();
        return ids.isEmpty() ? Optional.empty() : Optional.of(new Step(Step.Kind.START, ids, changes));
    }

    private Optional<Instance> observed(InstanceId id) {
        return observed.instances().stream()
                .filter(each -> each.id().equals(id))
                .findFirst();
    }

    private boolean starts(Instance instance) {
        return moves(instance) || !instance.answers();
    }

    /** In a single-instance stack the instance listens on the edge's port itself. */
    private boolean moves(Instance instance) {
        boolean onEdge = instance.address().orElseThrow().getPort() == observed.edgePort();
        return onEdge != (spec.shape() == Shape.SINGLE) || (onEdge && portDiffers());
    }

    private boolean portDiffers() {
        return port(spec) != 0 && port(spec) != observed.edgePort();
    }

    private Change created(InstanceId id) {
        String present = observed.unreadable() ? Plan.UNKNOWN_VERSION : "";
        return fromNothing(
                "instance " + id, ReleaseDifference.fromNothing(present, release), "nobody was sent to it yet");
    }

    /** Without a state that can be read, nothing that runs can be kept. */
    private Change fromNothing(String resource, List<FieldChange> fields, String why) {
        return observed.unreadable()
                ? change(
                        resource,
                        Action.REPLACE,
                        fields,
                        "the state of the stack cannot be read",
                        Impact.downtime("what runs now is ended before the other can start"))
                : change(resource, Action.CREATE, fields, "does not exist", Impact.none(why));
    }

    private Change started(Instance instance) {
        List<FieldChange> fields = fields(instance);
        String resource = "instance " + instance.id();
        if (moves(instance)) {
            Impact impact = Impact.downtime("it stops, and starts again on another port");
            return change(resource, Action.REPLACE, fields, "takes or gives up the edge's port", impact);
        }
        Impact impact = Impact.none("it serves nobody now");
        return fields.isEmpty()
                ? change(resource, Action.RESTART, fields, instance.fault(), impact)
                : change(resource, Action.UPDATE, fields, differing(fields), impact);
    }

    private static Change change(
            String resource, Action action, List<FieldChange> fields, String reason, Impact impact) {
        Replacement replacement = action == Action.REPLACE ? Replacement.ALWAYS : Replacement.NEVER;
        return new Change(resource, action, fields, reason, replacement, impact, Optional.empty());
    }

    private static String differing(List<FieldChange> fields) {
        return fields.stream().map(FieldChange::field).collect(Collectors.joining(" and "))
                + (fields.size() == 1 ? " differs from the spec" : " differ from the spec");
    }

    private List<FieldChange> fields(Instance instance) {
        List<FieldChange> fields = new ArrayList<>(ReleaseDifference.between(instance.release(), release));
        ReleaseDifference.differ("rotation", word(instance.rotation()), word(Rotation.IN))
                .ifPresent(fields::add);
        return fields;
    }

    static String word(Rotation rotation) {
        return rotation == Rotation.IN ? "in" : "drained";
    }

    private Optional<Step> roll() {
        List<InstanceId> ids = new ArrayList<>();
        List<Change> changes = new ArrayList<>();
        for (InstanceId id : wanted(spec)) {
            Optional<Instance> found = observed(id);
            if (found.isEmpty()) {
                continue;
            }
            Instance instance = found.get();
            boolean starts = starts(instance);
            if (!starts && isToBeChanged(instance)) {
                ids.add(id);
                changes.add(rolled(instance));
            } else if (starts && instance.rotation() == Rotation.DRAINED && spec.shape() == Shape.HIGHLY_AVAILABLE) {
                ids.add(id);
            }
        }
        return ids.isEmpty() ? Optional.empty() : Optional.of(new Step(Step.Kind.ROLL, ids, changes));
    }

    private boolean isToBeChanged(Instance instance) {
        return !instance.release().equals(release)
                || !instance.fault().isEmpty()
                || instance.rotation() == Rotation.DRAINED;
    }

    private Change rolled(Instance instance) {
        List<FieldChange> fields = fields(instance);
        Impact impact = ReleaseDifference.rolling(spec.shape(), instance.release(), release);
        return fields.isEmpty()
                ? change("instance " + instance.id(), Action.RESTART, fields, instance.fault(), impact)
                : change("instance " + instance.id(), Action.UPDATE, fields, differing(fields), impact);
    }

    private Optional<Step> edge() {
        return edgeChange().map(change -> new Step(Step.Kind.EDGE, List.of(), List.of(change)));
    }

    private Optional<Change> edgeChange() {
        List<FieldChange> fields = edgeFields();
        if (observed.shape().isEmpty()) {
            return Optional.of(fromNothing("edge", fields, "nobody could reach it before"));
        }
        if (observed.shape().get() != spec.shape()) {
            Impact impact = Impact.downtime("what listens on its port is stopped before the other can start");
            return Optional.of(change("edge", Action.REPLACE, fields, "the shape changes", impact));
        }
        if (!fields.isEmpty()) {
            Impact impact = portDiffers()
                    ? Impact.possibleErrors("whoever still uses the old port is refused")
                    : Impact.none("the next process takes over the connections");
            return Optional.of(change("edge", Action.UPDATE, fields, differing(fields), impact));
        }
        return observed.edgeFault().isEmpty()
                ? Optional.empty()
                : Optional.of(change(
                        "edge",
                        Action.RESTART,
                        fields,
                        observed.edgeFault(),
                        Impact.none("it is started or reloaded, and stops no instance")));
    }

    private List<FieldChange> edgeFields() {
        List<FieldChange> fields = new ArrayList<>();
        String shape = observed.shape().map(Shape::text).orElse("");
        ReleaseDifference.differ("shape", shape, spec.shape().text()).ifPresent(fields::add);
        String present = observed.edgePort() == 0 ? "" : Integer.toString(observed.edgePort());
        String wanted = port(spec) == 0 ? present : Integer.toString(port(spec));
        ReleaseDifference.differ("port", present, wanted.isEmpty() ? "chosen" : wanted)
                .ifPresent(fields::add);
        int count = observed.instances().size();
        ReleaseDifference.differ(
                        "instances", count == 0 ? "" : Integer.toString(count), Integer.toString(spec.instances()))
                .ifPresent(fields::add);
        return fields;
    }

    private Optional<Step> remove() {
        List<Instance> surplus = observed.instances().stream()
                .filter(instance -> !wanted(spec).contains(instance.id()))
                .toList();
        Impact impact = Impact.none(
                spec.shape() == Shape.SINGLE
                        ? "nobody is sent to it any more"
                        : "it is drained first, and the others serve");
        return surplus.isEmpty()
                ? Optional.empty()
                : Optional.of(new Step(
                        Step.Kind.REMOVE,
                        surplus.stream().map(Instance::id).toList(),
                        surplus.stream()
                                .map(instance -> deleted(instance.id(), instance.version(), "not in the spec", impact))
                                .toList()));
    }
}
