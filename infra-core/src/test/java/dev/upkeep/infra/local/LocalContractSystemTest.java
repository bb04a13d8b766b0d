package dev.upkeep.infra.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.infra.Platform;
import dev.upkeep.infra.PlatformContract;

/** The local platform does what every platform promises. */
class LocalContractSystemTest extends PlatformContract {

    @Override
    protected Platform open() {
        return LocalPlatform.builder().stateFolder(home.resolve("state")).build();
    }

    @Override
    protected void assertNothingIsLeft() {
        assertThat(home.resolve("state")).doesNotExist();
    }
}
