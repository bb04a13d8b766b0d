package dev.upkeep.infra.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.infra.inventory.Release;
import dev.upkeep.infra.inventory.Rotation;
import dev.upkeep.infra.plan.Action;
import dev.upkeep.infra.plan.Change;
import dev.upkeep.infra.plan.FieldChange;
import dev.upkeep.infra.plan.Plan;
import dev.upkeep.infra.spec.Shape;
import dev.upkeep.infra.spec.StackSpec;
import dev.upkeep.infra.spec.StackSpecBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DifferenceTest {

    private static final Release NEW = new Release("1.0.7", "abc", "sample");
    private static final Release OLD = new Release("1.0.6", "abc", "sample");

    private static StackSpec spec(Shape shape, int instances, int edgePort) {
        StackSpecBuilder builder =
                StackSpec.builder("shop", "1.0.7").shape(shape).edgePort(edgePort);
        return builder.instances(instances).build();
    }

    private static DeployedInstance standing(int number, Release release) {
        return new DeployedInstance(InstanceId.of("i" + number), release, Rotation.IN, "");
    }

    private static Deployed pair(Release first, Release second) {
        return new Deployed(
                Optional.of(Shape.HIGHLY_AVAILABLE), 20000, "", List.of(standing(1, first), standing(2, second)));
    }

    private static Plan between(StackSpec spec, Deployed deployed) {
        return new Plan(spec, new Difference(spec, NEW, deployed).changes(), "basis");
    }

    @Test
    void nothingStandingMeansEverythingIsCreated() {
        Plan plan = between(spec(Shape.HIGHLY_AVAILABLE, 2, 0), Deployed.nothing());

        assertThat(plan.changes())
                .extracting(Change::resource, Change::action)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("instance i1", Action.CREATE),
                        org.assertj.core.groups.Tuple.tuple("instance i2", Action.CREATE),
                        org.assertj.core.groups.Tuple.tuple("edge", Action.CREATE));
    }

    @Test
    void aStackAsWantedNeedsNothing() {
        assertThat(between(spec(Shape.HIGHLY_AVAILABLE, 2, 0), pair(NEW, NEW)).isEmpty())
                .isTrue();
    }

    @Test
    void anotherVersionIsShownFromOldToNew() {
        Plan plan = between(spec(Shape.HIGHLY_AVAILABLE, 2, 0), pair(OLD, NEW));

        assertThat(plan.changes())
                .containsExactly(new Change(
                        "instance i1",
                        Action.UPDATE,
                        List.of(new FieldChange("version", "1.0.6", "1.0.7")),
                        "version differs from the spec"));
    }

    @Test
    void aBrokenInstanceIsRestartedForItsFault() {
        DeployedInstance broken = new DeployedInstance(InstanceId.of("i1"), NEW, Rotation.IN, "nginx does not run");
        Deployed deployed =
                new Deployed(Optional.of(Shape.HIGHLY_AVAILABLE), 20000, "", List.of(broken, standing(2, NEW)));

        assertThat(between(spec(Shape.HIGHLY_AVAILABLE, 2, 0), deployed).changes())
                .containsExactly(new Change("instance i1", Action.RESTART, List.of(), "nginx does not run"));
    }

    @Test
    void aDrainedInstanceIsPutBack() {
        DeployedInstance drained = new DeployedInstance(InstanceId.of("i1"), NEW, Rotation.DRAINED, "");
        Deployed deployed =
                new Deployed(Optional.of(Shape.HIGHLY_AVAILABLE), 20000, "", List.of(drained, standing(2, NEW)));

        assertThat(between(spec(Shape.HIGHLY_AVAILABLE, 2, 0), deployed).changes())
                .extracting(Change::fields)
                .containsExactly(List.of(new FieldChange("rotation", "drained", "in")));
    }

    @Test
    void anotherEdgePortMovesTheEdgeAndInASingleStackTheInstance() {
        assertThat(between(spec(Shape.HIGHLY_AVAILABLE, 2, 8080), pair(NEW, NEW))
                        .changes())
                .extracting(Change::resource)
                .containsExactly("edge");

        Deployed single = new Deployed(Optional.of(Shape.SINGLE), 20000, "", List.of(standing(1, NEW)));
        assertThat(between(spec(Shape.SINGLE, 1, 8080), single).changes())
                .extracting(Change::resource, Change::action)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("instance i1", Action.REPLACE),
                        org.assertj.core.groups.Tuple.tuple("edge", Action.UPDATE));
    }

    @Test
    void applyingAPlanLeavesAnEmptyPlan() {
        Random random = new Random(20261122);
        for (int round = 0; round < 2000; round++) {
            StackSpec spec = anySpec(random);
            Deployed deployed = anyDeployed(random);
            Plan plan = between(spec, deployed);

            Deployed after = applied(plan, deployed);

            assertThat(between(spec, after).changes())
                    .as("%s on %s", spec, deployed)
                    .isEmpty();
        }
    }

    private static StackSpec anySpec(Random random) {
        int port = random.nextBoolean() ? 0 : 8080 + random.nextInt(2);
        return random.nextBoolean()
                ? spec(Shape.SINGLE, 1, port)
                : spec(Shape.HIGHLY_AVAILABLE, 2 + random.nextInt(4), port);
    }

    private static Deployed anyDeployed(Random random) {
        if (random.nextInt(5) == 0) {
            return Deployed.nothing();
        }
        Shape shape = random.nextBoolean() ? Shape.SINGLE : Shape.HIGHLY_AVAILABLE;
        List<DeployedInstance> instances = new ArrayList<>();
        int count = shape == Shape.SINGLE ? 1 : 1 + random.nextInt(5);
        for (int number = 1; number <= count; number++) {
            Release release =
                    new Release("1.0." + (6 + random.nextInt(2)), random.nextBoolean() ? "abc" : "x", "sample");
            Rotation rotation = random.nextInt(4) == 0 ? Rotation.DRAINED : Rotation.IN;
            String fault = random.nextInt(4) == 0 ? "nginx does not run" : "";
            instances.add(new DeployedInstance(InstanceId.of("i" + number), release, rotation, fault));
        }
        String edgeFault = random.nextInt(4) == 0 ? "HAProxy does not run" : "";
        return new Deployed(Optional.of(shape), 8080 + random.nextInt(2), edgeFault, instances);
    }

    /** Believes only what the plan says: a setting that it does not name stays as it was. */
    private static Deployed applied(Plan plan, Deployed before) {
        Deployed after = before;
        for (Change change : plan.changes()) {
            after = change.resource().equals("edge") ? edge(change, after) : instance(change, after);
        }
        return after;
    }

    private static Deployed edge(Change change, Deployed before) {
        Optional<Shape> shape = before.shape();
        int port = before.edgePort();
        for (FieldChange field : change.fields()) {
            if (field.field().equals("shape")) {
                shape = Optional.of(field.to().equals("single") ? Shape.SINGLE : Shape.HIGHLY_AVAILABLE);
            }
            if (field.field().equals("port")) {
                port = field.to().equals("chosen") ? 20000 : Integer.parseInt(field.to());
            }
        }
        return new Deployed(shape, port, "", before.instances());
    }

    private static Deployed instance(Change change, Deployed before) {
        InstanceId id = InstanceId.of(change.resource().substring("instance ".length()));
        List<DeployedInstance> instances = new ArrayList<>(before.instances());
        Optional<DeployedInstance> standing =
                instances.stream().filter(each -> each.id().equals(id)).findFirst();
        standing.ifPresent(instances::remove);
        if (change.action() != Action.DELETE) {
            instances.add(changed(change, standing.orElse(new DeployedInstance(id, OLD, Rotation.IN, ""))));
        }
        return new Deployed(before.shape(), before.edgePort(), before.edgeFault(), instances);
    }

    private static DeployedInstance changed(Change change, DeployedInstance standing) {
        Release release = standing.release();
        Rotation rotation = standing.rotation();
        for (FieldChange field : change.fields()) {
            switch (field.field()) {
                case "version" -> release = release.withVersion(field.to());
                case "site" -> release = new Release(release.version(), field.to(), release.app());
                case "app" -> release = new Release(release.version(), release.site(), field.to());
                default -> rotation = Rotation.IN;
            }
        }
        return new DeployedInstance(standing.id(), release, rotation, "");
    }
}
