package dev.upkeep.infra.rollout;

import dev.upkeep.infra.failure.ResourceFailedException;
import dev.upkeep.infra.inventory.Application;
import dev.upkeep.infra.inventory.Instance;
import dev.upkeep.infra.inventory.InstanceHealth;
import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.infra.inventory.Release;
import dev.upkeep.infra.inventory.Rotation;
import dev.upkeep.infra.spec.AppHealth;
import dev.upkeep.infra.time.Polling;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Instances that exist in memory only, in a time of their own, and of which any step can be told to fail. */
final class SimulatedFleet implements Fleet {

    static final Release OLD = new Release("1.0.6", Optional.empty(), new Application.Sample(AppHealth.standard()));
    static final Release NEW = OLD.withVersion("1.0.7");

    final Map<InstanceId, Instance> instances = new LinkedHashMap<>();
    final List<String> steps = new ArrayList<>();
    boolean balanced = true;
    Duration startsUp = Duration.ofSeconds(3);
    Set<Integer> failingSteps = Set.of();
    boolean defective;
    int lowestServing = Integer.MAX_VALUE;
    private Instant now = Instant.EPOCH;
    private Instant readyAt = Instant.EPOCH;

    SimulatedFleet(int size) {
        for (int number = 1; number <= size; number++) {
            InstanceId id = InstanceId.of("i" + number);
            InetSocketAddress address = InetSocketAddress.createUnresolved("simulated", 80);
            instances.put(
                    id, new Instance(id, "z", Optional.of(address), OLD, InstanceHealth.HEALTHY, Rotation.IN, ""));
        }
    }

    Polling polling() {
        return new Polling(() -> now, duration -> now = now.plus(duration));
    }

    List<InstanceId> ids() {
        return List.copyOf(instances.keySet());
    }

    SimulatedFleet failingAt(Integer... steps) {
        failingSteps = Set.of(steps);
        return this;
    }

    SimulatedFleet failingFrom(int step) {
        return failingAt(IntStream.range(step, step + 100).boxed().toArray(Integer[]::new));
    }

    void with(String id, Release release, InstanceHealth health, Rotation rotation) {
        Instance old = instances.get(InstanceId.of(id));
        String fault = health == InstanceHealth.HEALTHY ? "" : "broken";
        instances.put(old.id(), new Instance(old.id(), "z", old.address(), release, health, rotation, fault));
    }

    private void step(String step) {
        steps.add(step);
        if (failingSteps.contains(steps.size())) {
            throw defective
                    ? new IllegalStateException("a defect")
                    : new ResourceFailedException(step, "told to fail", "");
        }
    }

    @Override
    public Instance instance(InstanceId id) {
        return instances.get(id);
    }

    @Override
    public boolean isBalanced() {
        return balanced;
    }

    @Override
    public void drain(InstanceId id) {
        step("drain " + id);
        with(id.text(), instance(id).release(), instance(id).health(), Rotation.DRAINED);
        long serving = instances.values().stream().filter(Instance::servesUsers).count();
        lowestServing = Math.min(lowestServing, (int) serving);
    }

    @Override
    public void swap(InstanceId id, Release release) {
        step("swap " + id + " to " + release.version());
        readyAt = now.plus(startsUp);
        with(id.text(), release, InstanceHealth.HEALTHY, instance(id).rotation());
    }

    @Override
    public String missing(InstanceId id, Release release) {
        if (now.isBefore(readyAt)) {
            return "it starts up";
        }
        return instance(id).release().equals(release) ? instance(id).fault() : "it serves another release";
    }

    @Override
    public void rejoin(InstanceId id) {
        step("rejoin " + id);
        with(id.text(), instance(id).release(), instance(id).health(), Rotation.IN);
    }
}
