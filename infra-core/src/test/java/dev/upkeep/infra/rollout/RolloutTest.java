package dev.upkeep.infra.rollout;

import static dev.upkeep.infra.rollout.SimulatedFleet.NEW;
import static dev.upkeep.infra.rollout.SimulatedFleet.OLD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.infra.inventory.Instance;
import dev.upkeep.infra.inventory.InstanceHealth;
import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.infra.inventory.Release;
import dev.upkeep.infra.inventory.Rotation;
import dev.upkeep.infra.progress.Reporter;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RolloutTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private static RolloutResult run(SimulatedFleet fleet, Release release) throws InterruptedException {
        return new Rollout(fleet, fleet.polling(), LIMIT, Reporter.none()).bring(fleet.ids(), release);
    }

    @Test
    void drainsSwapsAndRejoinsOneAfterAnother() throws Exception {
        SimulatedFleet fleet = new SimulatedFleet(2);

        assertThat(run(fleet, NEW)).isInstanceOf(RolloutResult.Completed.class);

        assertThat(fleet.steps)
                .containsExactly(
                        "drain i1", "swap i1 to 1.0.7", "rejoin i1", "drain i2", "swap i2 to 1.0.7", "rejoin i2");
        assertThat(fleet.lowestServing).isEqualTo(1);
    }

    @Test
    void aFaultAtAnyStepLeavesOneReleaseAndNothingDrained() throws Exception {
        for (int step = 1; step <= 9; step++) {
            SimulatedFleet fleet = new SimulatedFleet(3).failingAt(step);

            assertThat(run(fleet, NEW)).as("step %d", step).isInstanceOf(RolloutResult.RolledBack.class);

            assertThat(fleet.instances.values())
                    .as("step %d", step)
                    .extracting(Instance::release)
                    .containsOnly(OLD);
            assertThat(fleet.instances.values())
                    .as("step %d", step)
                    .extracting(Instance::rotation)
                    .containsOnly(Rotation.IN);
            assertThat(fleet.lowestServing).as("step %d", step).isGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void aDefectLeavesNothingDrainedEither() throws Exception {
        SimulatedFleet fleet = new SimulatedFleet(2).failingAt(2);
        fleet.defective = true;

        assertThat(run(fleet, NEW))
                .isInstanceOfSatisfying(
                        RolloutResult.RolledBack.class,
                        result -> assertThat(result.cause()).hasMessageContaining("a defect"));

        assertThat(fleet.instances.values()).extracting(Instance::release).containsOnly(OLD);
        assertThat(fleet.instances.values()).extracting(Instance::rotation).containsOnly(Rotation.IN);
    }

    @Test
    void theLastOneThatWasChangedIsPutBackFirst() throws Exception {
        SimulatedFleet fleet = new SimulatedFleet(2).failingAt(5);

        run(fleet, NEW);

        assertThat(fleet.steps.subList(5, fleet.steps.size()))
                .containsExactly("rejoin i2", "drain i1", "swap i1 to 1.0.6", "rejoin i1");
    }

    @Test
    void whatCannotBePutBackIsSaidAndDoesNotKeepTheOthersFromIt() throws Exception {
        SimulatedFleet fleet = new SimulatedFleet(2).failingFrom(5);

        RolloutResult result = run(fleet, NEW);

        assertThat(result)
                .isInstanceOfSatisfying(
                        RolloutResult.RollbackFailed.class,
                        failed -> assertThat(failed.cause().getSuppressed()).hasSize(2));
    }

    @Test
    void anInstanceThatIsNotReadyInTimeIsPutBack() throws Exception {
        SimulatedFleet fleet = new SimulatedFleet(2);
        fleet.startsUp = LIMIT.plusSeconds(2);

        assertThat(run(fleet, NEW))
                .isInstanceOfSatisfying(
                        RolloutResult.RollbackFailed.class,
                        failed -> assertThat(failed.cause())
                                .hasMessageContaining("it does not serve 1.0.7 within 10 s: it starts up"));
    }

    @ParameterizedTest
    @CsvSource({"NOT_READY, IN", "HEALTHY, DRAINED"})
    void thoseThatServeNobodyComeFirstSoThatUsersAlwaysHaveSomebody(InstanceHealth health, Rotation rotation)
            throws Exception {
        SimulatedFleet fleet = new SimulatedFleet(2);
        fleet.with("i2", OLD, health, rotation);

        run(fleet, NEW);

        assertThat(fleet.steps.get(0)).isEqualTo("drain i2");
        assertThat(fleet.lowestServing).isEqualTo(1);
    }

    @Test
    void aDrainedInstanceThatServesTheReleaseOnlyRejoins() throws Exception {
        SimulatedFleet fleet = new SimulatedFleet(1);
        fleet.with("i1", NEW, InstanceHealth.HEALTHY, Rotation.DRAINED);

        run(fleet, NEW);

        assertThat(fleet.steps).containsExactly("rejoin i1");
    }

    @Test
    void oneThatWasDrainedBeforeIsDrainedAgain() throws Exception {
        SimulatedFleet fleet = new SimulatedFleet(2).failingAt(5);
        fleet.with("i1", OLD, InstanceHealth.HEALTHY, Rotation.DRAINED);

        assertThat(run(fleet, NEW)).isInstanceOf(RolloutResult.RolledBack.class);

        assertThat(fleet.instance(InstanceId.of("i1")).rotation()).isEqualTo(Rotation.DRAINED);
        assertThat(fleet.instance(InstanceId.of("i2")).rotation()).isEqualTo(Rotation.IN);
    }

    @Test
    void oneThatHadTheReleaseAndWasDrainedBeforeIsDrainedAgain() throws Exception {
        SimulatedFleet fleet = new SimulatedFleet(2).failingAt(3);
        fleet.with("i1", NEW, InstanceHealth.HEALTHY, Rotation.DRAINED);

        assertThat(run(fleet, NEW)).isInstanceOf(RolloutResult.RolledBack.class);

        assertThat(fleet.instance(InstanceId.of("i1")).rotation()).isEqualTo(Rotation.DRAINED);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void oneThatWasBrokenBeforeNeedNotBeSoundToBeBack(boolean balanced) throws Exception {
        SimulatedFleet fleet = new SimulatedFleet(1).failingAt(balanced ? 2 : 1);
        fleet.balanced = balanced;
        fleet.with("i1", OLD, InstanceHealth.NOT_READY, Rotation.IN);

        assertThat(run(fleet, NEW)).isInstanceOf(RolloutResult.RolledBack.class);

        assertThat(fleet.steps)
                .containsExactly(
                        balanced ? new String[] {"drain i1", "swap i1 to 1.0.7"} : new String[] {"swap i1 to 1.0.7"});
    }

    @Test
    void oneThatServedNobodyAndCannotBePutBackStaysOut() throws Exception {
        SimulatedFleet fleet = new SimulatedFleet(2);
        fleet.failingAt(5, 8);
        fleet.with("i1", OLD, InstanceHealth.NOT_READY, Rotation.IN);

        assertThat(run(fleet, NEW)).isInstanceOf(RolloutResult.RolledBack.class);

        assertThat(fleet.steps).endsWith("drain i1", "swap i1 to 1.0.6");
        assertThat(fleet.instance(InstanceId.of("i1")).rotation()).isEqualTo(Rotation.DRAINED);
    }

    @Test
    void withoutALoadBalancerAnInstanceIsSwappedWhileItServes() throws Exception {
        SimulatedFleet fleet = new SimulatedFleet(1);
        fleet.balanced = false;

        run(fleet, NEW);

        assertThat(fleet.steps).containsExactly("swap i1 to 1.0.7");
    }
}
