package dev.upkeep.infra.local;

import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.infra.inventory.Release;
import dev.upkeep.infra.inventory.Rotation;
import dev.upkeep.infra.plan.Action;
import dev.upkeep.infra.plan.Change;
import dev.upkeep.infra.plan.FieldChange;
import dev.upkeep.infra.spec.Shape;
import dev.upkeep.infra.spec.StackSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Compares a spec with what stands, resource by resource. Pure: the same arguments give the same changes. */
final class Difference {

    private final StackSpec spec;
    private final Release release;
    private final Deployed deployed;

    Difference(StackSpec spec, Release release, Deployed deployed) {
        this.spec = spec;
        this.release = release;
        this.deployed = deployed;
    }

    List<Change> changes() {
        List<Change> changes = new ArrayList<>();
        List<InstanceId> wanted = IntStream.rangeClosed(1, spec.instances())
                .mapToObj(number -> InstanceId.of("i" + number))
                .toList();
        wanted.forEach(id -> instance(id).ifPresent(changes::add));
        deployed.instances().stream()
                .filter(standing -> !wanted.contains(standing.id()))
                .map(Difference::removed)
                .forEach(changes::add);
        edge().ifPresent(changes::add);
        return changes;
    }

    private Optional<Change> instance(InstanceId id) {
        return deployed.instances().stream()
                .filter(standing -> standing.id().equals(id))
                .findFirst()
                .map(this::kept)
                .orElseGet(() -> Optional.of(created(id)));
    }

    private Change created(InstanceId id) {
        return new Change(
                "instance " + id,
                Action.CREATE,
                List.of(
                        new FieldChange("version", "", release.version()),
                        new FieldChange("site", "", release.site()),
                        new FieldChange("app", "", release.app())),
                "does not exist");
    }

    private static Change removed(DeployedInstance standing) {
        return new Change(
                "instance " + standing.id(),
                Action.DELETE,
                List.of(new FieldChange("version", standing.release().version(), "")),
                "not in the spec");
    }

    private Optional<Change> kept(DeployedInstance standing) {
        List<FieldChange> fields = fields(standing);
        if (moves(standing)) {
            return Optional.of(change(standing, Action.REPLACE, fields, "takes or gives up the edge's port"));
        }
        if (!fields.isEmpty()) {
            return Optional.of(change(standing, Action.UPDATE, fields, reason(fields)));
        }
        return standing.fault().isEmpty()
                ? Optional.empty()
                : Optional.of(change(standing, Action.RESTART, fields, standing.fault()));
    }

    private static Change change(DeployedInstance standing, Action action, List<FieldChange> fields, String reason) {
        return new Change("instance " + standing.id(), action, fields, reason);
    }

    private static String reason(List<FieldChange> fields) {
        return fields.stream().map(FieldChange::field).collect(Collectors.joining(" and "))
                + (fields.size() == 1 ? " differs from the spec" : " differ from the spec");
    }

    private List<FieldChange> fields(DeployedInstance standing) {
        List<FieldChange> fields = new ArrayList<>();
        differ("version", standing.release().version(), release.version()).ifPresent(fields::add);
        differ("site", standing.release().site(), release.site()).ifPresent(fields::add);
        differ("app", standing.release().app(), release.app()).ifPresent(fields::add);
        differ("rotation", word(standing.rotation()), word(Rotation.IN)).ifPresent(fields::add);
        return fields;
    }

    private static String word(Rotation rotation) {
        return rotation == Rotation.IN ? "in" : "drained";
    }

    /** In a single-instance stack the instance listens on the edge's port itself. */
    private boolean moves(DeployedInstance standing) {
        Shape present = deployed.shape().orElse(spec.shape());
        boolean shapeMoves = present != spec.shape();
        boolean portMoves = spec.shape() == Shape.SINGLE && portDiffers();
        return standing.id().text().equals("i1") && (shapeMoves || portMoves);
    }

    private boolean portDiffers() {
        return spec.edgePort() != 0 && spec.edgePort() != deployed.edgePort();
    }

    private Optional<Change> edge() {
        List<FieldChange> fields = edgeFields();
        if (deployed.shape().isEmpty()) {
            return Optional.of(new Change("edge", Action.CREATE, fields, "does not exist"));
        }
        if (deployed.shape().get() != spec.shape()) {
            return Optional.of(new Change("edge", Action.REPLACE, fields, "the shape changes"));
        }
        if (!fields.isEmpty()) {
            return Optional.of(new Change("edge", Action.UPDATE, fields, reason(fields)));
        }
        return deployed.edgeFault().isEmpty()
                ? Optional.empty()
                : Optional.of(new Change("edge", Action.RESTART, fields, deployed.edgeFault()));
    }

    private List<FieldChange> edgeFields() {
        List<FieldChange> fields = new ArrayList<>();
        differ(
                        "shape",
                        deployed.shape().map(Shape::text).orElse(""),
                        spec.shape().text())
                .ifPresent(fields::add);
        String present = deployed.edgePort() == 0 ? "" : Integer.toString(deployed.edgePort());
        String wanted = spec.edgePort() == 0 ? present : Integer.toString(spec.edgePort());
        differ("port", present, wanted.isEmpty() ? "chosen" : wanted).ifPresent(fields::add);
        differ("instances", ids(), Integer.toString(spec.instances())).ifPresent(fields::add);
        return fields;
    }

    private String ids() {
        return deployed.instances().isEmpty()
                ? ""
                : Integer.toString(deployed.instances().size());
    }

    private static Optional<FieldChange> differ(String field, String from, String to) {
        return from.equals(to) ? Optional.empty() : Optional.of(new FieldChange(field, from, to));
    }
}
