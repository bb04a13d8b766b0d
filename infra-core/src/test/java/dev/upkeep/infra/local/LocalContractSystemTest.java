package dev.upkeep.infra.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.infra.Platform;
import dev.upkeep.infra.RunningPlatformContract;
import dev.upkeep.infra.inventory.StackStatus;
import dev.upkeep.infra.spec.StackSpecBuilder;
import java.util.List;
import java.util.stream.Stream;

/** The local platform does what every platform promises. */
class LocalContractSystemTest extends RunningPlatformContract {

    @Override
    protected Platform open() {
        return LocalPlatform.builder().stateFolder(home.resolve("state")).build();
    }

    @Override
    protected void assertNothingIsLeft() {
        assertThat(home.resolve("state")).doesNotExist();
    }

    @Override
    protected StackSpecBuilder placed(StackSpecBuilder spec) {
        return spec;
    }

    @Override
    protected List<String> resources(StackStatus standing) {
        return Stream.concat(
                        standing.instances().stream().map(instance -> "instance " + instance.id()), Stream.of("edge"))
                .toList();
    }

    /** Servers take long enough to start. */
    @Override
    protected void holdUp() {}

    @Override
    protected void goOn() {}
}
