package dev.upkeep.infra.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.infra.image.reference.ImageReference;
import dev.upkeep.infra.inventory.Application;
import dev.upkeep.infra.inventory.Instance;
import dev.upkeep.infra.inventory.InstanceHealth;
import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.infra.inventory.Release;
import dev.upkeep.infra.inventory.Rotation;
import dev.upkeep.infra.local.process.Ports;
import dev.upkeep.infra.plan.Action;
import dev.upkeep.infra.plan.Change;
import dev.upkeep.infra.plan.FieldChange;
import dev.upkeep.infra.plan.Impact;
import dev.upkeep.infra.plan.Plan;
import dev.upkeep.infra.plan.Replacement;
import dev.upkeep.infra.spec.AppEnvironment;
import dev.upkeep.infra.spec.AppHealth;
import dev.upkeep.infra.spec.NginxLimits;
import dev.upkeep.infra.spec.Shape;
import dev.upkeep.infra.spec.StackSpec;
import dev.upkeep.infra.spec.StackSpecBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class StepsTest {

    private static final Release NEW = release("1.0.7", "abc");
    private static final Release OLD = release("1.0.6", "abc");

    private static StackSpec spec(Shape shape, int instances, int edgePort) {
        StackSpecBuilder builder =
                StackSpec.builder("shop", "1.0.7").shape(shape).local(edgePort);
        return builder.instances(instances).build();
    }

    private static Release release(String version, String site) {
        return new Release(version, Optional.of(site), new Application.Sample(AppHealth.standard()));
    }

    private static Instance observed(int number, Release release) {
        return instance("i" + number, release, Rotation.IN, "");
    }

    /** On a port of its own, behind a load balancer. */
    private static Instance instance(String id, Release release, Rotation rotation, String fault) {
        InstanceHealth health = fault.isEmpty() ? InstanceHealth.HEALTHY : InstanceHealth.STOPPED;
        return new Instance(
                InstanceId.of(id), "local", Optional.of(Ports.address(21000)), release, health, rotation, fault);
    }

    private static Instance at(int port, Instance instance) {
        return new Instance(
                instance.id(),
                "local",
                Optional.of(Ports.address(port)),
                instance.release(),
                instance.health(),
                instance.rotation(),
                instance.fault());
    }

    private static ObservedStack pair(Release first, Release second) {
        return new ObservedStack(
                Optional.of(Shape.HIGHLY_AVAILABLE),
                20000,
                "",
                List.of(observed(1, first), observed(2, second)),
                false);
    }

    private static Plan between(StackSpec spec, ObservedStack observed) {
        Plan.Goal goal = new Plan.Goal(spec, NEW);
        List<Change> changes = new Steps(goal, observed)
                .all().stream().flatMap(step -> step.changes().stream()).toList();
        Instant now = Instant.EPOCH;
        return new Plan(spec.name(), "local", Optional.of(goal), now, now, observed.basis(), changes);
    }

    @Test
    void ofNothingEverythingIsCreated() {
        Plan plan = between(spec(Shape.HIGHLY_AVAILABLE, 2, 0), ObservedStack.nothing());

        assertThat(plan.changes())
                .extracting(Change::resource, Change::action)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("instance i1", Action.CREATE),
                        org.assertj.core.groups.Tuple.tuple("instance i2", Action.CREATE),
                        org.assertj.core.groups.Tuple.tuple("edge", Action.CREATE));
    }

    @Test
    void whatRunsWithoutAStateIsEndedAndMayBeNewer() {
        Plan plan = between(spec(Shape.HIGHLY_AVAILABLE, 2, 0), ObservedStack.withoutState());

        assertThat(plan.changes())
                .extracting(
                        Change::resource,
                        Change::action,
                        change -> change.impact().level())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("instance i1", Action.REPLACE, Impact.Level.DOWNTIME),
                        org.assertj.core.groups.Tuple.tuple("instance i2", Action.REPLACE, Impact.Level.DOWNTIME),
                        org.assertj.core.groups.Tuple.tuple("edge", Action.REPLACE, Impact.Level.DOWNTIME));
        assertThat(plan.downgrades())
                .containsExactly("instance i1: version not known -> 1.0.7", "instance i2: version not known -> 1.0.7");
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
                        "version differs from the spec",
                        Replacement.NEVER,
                        Impact.none("it is drained first, and the others serve"),
                        Optional.empty()));
    }

    @Test
    void otherLimitsOfNginxChangeEveryInstanceAndCostWhoeverIsAnsweredSlowlyThen() {
        NginxLimits limits = new NginxLimits(20, Duration.ofMinutes(2));
        Release other = new Release(NEW.version(), NEW.site(), NEW.application(), limits);

        assertThat(between(spec(Shape.HIGHLY_AVAILABLE, 2, 0), pair(other, other))
                        .changes())
                .extracting(Change::resource, Change::fields, Change::impact)
                .containsExactly(limitsBack("instance i1"), limitsBack("instance i2"));
    }

    private static org.assertj.core.groups.Tuple limitsBack(String resource) {
        return org.assertj.core.groups.Tuple.tuple(
                resource,
                List.of(new FieldChange("max-body", "20MB", "10MB"), new FieldChange("answer-within", "120s", "60s")),
                Impact.possibleErrors(
                        "the load balancer takes over the new time, and cuts what takes longer than 5 s then; bodies of more"
                                + " than 10MB are refused then, and answers that take more than 60s are given up then"));
    }

    @Test
    void aSingleInstanceIsReloadedUnlessItsReleasesAreImages() {
        assertThat(ReleaseDifference.rolling(Shape.SINGLE, OLD, NEW).level()).isEqualTo(Impact.Level.POSSIBLE_ERRORS);
        assertThat(ReleaseDifference.rolling(Shape.SINGLE, ofImages("1.0.6"), ofImages("1.0.7")))
                .isEqualTo(Impact.none("it is swapped while it serves"));
        assertThat(ReleaseDifference.rolling(Shape.SINGLE, OLD, ofImages("1.0.7"))
                        .level())
                .isEqualTo(Impact.Level.POSSIBLE_ERRORS);
    }

    private static Release ofImages(String version) {
        return new Release(
                version,
                Optional.empty(),
                new Application.None(),
                AppEnvironment.none(),
                NginxLimits.standard(),
                Optional.of(new Release.Containers(
                        ImageReference.parse("r.example.org/web@sha256:" + "1".repeat(64)), "bridge")));
    }

    private static Release with(Release release, Map<String, String> environment) {
        return new Release(
                release.version(),
                release.site(),
                release.application(),
                new AppEnvironment(environment, Map.of()),
                release.nginx(),
                Optional.empty());
    }

    @Test
    void anotherEnvironmentIsAnotherReleaseAndShownNameByName() {
        Release before = with(NEW, Map.of("COLOR", "blue", "GONE", "1", "SAME", "2"));
        Release after = with(NEW, Map.of("COLOR", "red", "NEW", "3", "SAME", "2"));

        assertThat(before).isNotEqualTo(after);
        assertThat(ReleaseDifference.between(before, after))
                .containsExactly(
                        new FieldChange("env COLOR", "blue", "red"),
                        new FieldChange("env NEW", "", "3"),
                        new FieldChange("env GONE", "1", ""));
        assertThat(ReleaseDifference.fromNothing(NEW.version(), after))
                .contains(new FieldChange("env COLOR", "", "red"));
        assertThat(pair(before, before).basis())
                .isNotEqualTo(pair(after, before).basis());
        assertThat(before.withVersion("2").environment()).isEqualTo(before.environment());
    }

    @Test
    void aPlanIsStaleOnceTheLimitsOfNginxDiffer() {
        NginxLimits limits = NginxLimits.standard().bodiesUpTo(20);
        Release other = new Release(NEW.version(), NEW.site(), NEW.application(), limits);

        assertThat(pair(other, NEW).basis()).isNotEqualTo(pair(NEW, NEW).basis());
    }

    @Test
    void aBrokenInstanceIsRestartedForItsFault() {
        Instance broken = instance("i1", NEW, Rotation.IN, "nginx does not run");
        ObservedStack observed = new ObservedStack(
                Optional.of(Shape.HIGHLY_AVAILABLE), 20000, "", List.of(broken, observed(2, NEW)), false);

        assertThat(between(spec(Shape.HIGHLY_AVAILABLE, 2, 0), observed).changes())
                .containsExactly(new Change(
                        "instance i1",
                        Action.RESTART,
                        List.of(),
                        "nginx does not run",
                        Replacement.NEVER,
                        Impact.none("it serves nobody now"),
                        Optional.empty()));
    }

    @Test
    void aDrainedInstanceIsPutBack() {
        Instance drained = instance("i1", NEW, Rotation.DRAINED, "");
        ObservedStack observed = new ObservedStack(
                Optional.of(Shape.HIGHLY_AVAILABLE), 20000, "", List.of(drained, observed(2, NEW)), false);

        assertThat(between(spec(Shape.HIGHLY_AVAILABLE, 2, 0), observed).changes())
                .extracting(Change::fields)
                .containsExactly(List.of(new FieldChange("rotation", "drained", "in")));
    }

    @Test
    void anotherEdgePortMovesTheEdgeAndInASingleStackTheInstance() {
        assertThat(between(spec(Shape.HIGHLY_AVAILABLE, 2, 8080), pair(NEW, NEW))
                        .changes())
                .extracting(Change::resource)
                .containsExactly("edge");

        ObservedStack single =
                new ObservedStack(Optional.of(Shape.SINGLE), 20000, "", List.of(at(20000, observed(1, NEW))), false);
        assertThat(between(spec(Shape.SINGLE, 1, 8080), single).changes())
                .extracting(Change::resource, Change::action)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("edge", Action.UPDATE),
                        org.assertj.core.groups.Tuple.tuple("instance i1", Action.REPLACE));
    }

    @Test
    void applyingAPlanLeavesAnEmptyPlan() {
        Random random = new Random(20261122);
        for (int round = 0; round < 2000; round++) {
            StackSpec spec = anySpec(random);
            ObservedStack observed = anyStack(random);
            Plan plan = between(spec, observed);

            ObservedStack after = applied(plan, observed);

            assertThat(between(spec, after).changes())
                    .as("%s on %s", spec, observed)
                    .isEmpty();
        }
    }

    private static StackSpec anySpec(Random random) {
        int port = random.nextBoolean() ? 0 : 8080 + random.nextInt(2);
        return random.nextBoolean()
                ? spec(Shape.SINGLE, 1, port)
                : spec(Shape.HIGHLY_AVAILABLE, 2 + random.nextInt(4), port);
    }

    private static ObservedStack anyStack(Random random) {
        if (random.nextInt(5) == 0) {
            return ObservedStack.nothing();
        }
        Shape shape = random.nextBoolean() ? Shape.SINGLE : Shape.HIGHLY_AVAILABLE;
        int edgePort = 8080 + random.nextInt(2);
        List<Instance> instances = new ArrayList<>();
        int count = shape == Shape.SINGLE ? 1 : 1 + random.nextInt(5);
        for (int number = 1; number <= count; number++) {
            Release release = release("1.0." + (6 + random.nextInt(2)), random.nextBoolean() ? "abc" : "x");
            Rotation rotation = random.nextInt(4) == 0 ? Rotation.DRAINED : Rotation.IN;
            String fault = random.nextInt(4) == 0 ? "nginx does not run" : "";
            Instance instance = instance("i" + number, release, rotation, fault);
            instances.add(shape == Shape.SINGLE ? at(edgePort, instance) : instance);
        }
        String edgeFault = random.nextInt(4) == 0 ? "HAProxy does not run" : "";
        return new ObservedStack(Optional.of(shape), edgePort, edgeFault, instances, false);
    }

    /** Believes only what the plan says: a setting that it does not name stays as it was. */
    private static ObservedStack applied(Plan plan, ObservedStack before) {
        ObservedStack after = before;
        for (Change change : plan.changes()) {
            after = change.resource().equals("edge") ? edge(change, after) : instance(change, after);
        }
        return onPorts(after, plan);
    }

    /** What a replaced or created instance listens on follows from the shape. */
    private static ObservedStack onPorts(ObservedStack after, Plan plan) {
        Set<String> moved = plan.changes().stream()
                .filter(change -> change.action() == Action.REPLACE || change.action() == Action.CREATE)
                .map(Change::resource)
                .collect(Collectors.toSet());
        int port = after.shape().equals(Optional.of(Shape.SINGLE)) ? after.edgePort() : 21000;
        List<Instance> instances = after.instances().stream()
                .map(instance -> moved.contains("instance " + instance.id()) ? at(port, instance) : instance)
                .toList();
        return new ObservedStack(after.shape(), after.edgePort(), after.edgeFault(), instances, false);
    }

    private static ObservedStack edge(Change change, ObservedStack before) {
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
        return new ObservedStack(shape, port, "", before.instances(), false);
    }

    private static ObservedStack instance(Change change, ObservedStack before) {
        InstanceId id = InstanceId.of(change.resource().substring("instance ".length()));
        List<Instance> instances = new ArrayList<>(before.instances());
        Optional<Instance> observed =
                instances.stream().filter(each -> each.id().equals(id)).findFirst();
        observed.ifPresent(instances::remove);
        if (change.action() != Action.DELETE) {
            instances.add(changed(change, observed.orElse(instance(id.text(), OLD, Rotation.IN, ""))));
        }
        return new ObservedStack(before.shape(), before.edgePort(), before.edgeFault(), instances, false);
    }

    private static Instance changed(Change change, Instance observed) {
        Release release = observed.release();
        Rotation rotation = observed.rotation();
        for (FieldChange field : change.fields()) {
            switch (field.field()) {
                case "version" -> release = release.withVersion(field.to());
                case "site" -> release = release(release.version(), field.to());
                default -> rotation = Rotation.IN;
            }
        }
        return at(
                observed.address().orElseThrow().getPort(),
                instance(observed.id().text(), release, rotation, ""));
    }
}
