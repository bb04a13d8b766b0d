package dev.upkeep.infra.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upkeep.infra.failure.InvalidSpecException;
import dev.upkeep.infra.rollout.OutsideCheck;
import dev.upkeep.infra.spec.AppSpec;
import dev.upkeep.infra.spec.StackSpec;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalPlatformTest {

    @TempDir
    private Path folder;

    @Test
    void refusesAnImageThatItWouldNotRun() {
        try (LocalPlatform platform =
                LocalPlatform.builder().stateFolder(folder).build()) {
            assertThatThrownBy(() -> platform.plan(StackSpec.builder("shop", "1")
                            .app("./shop", AppSpec.DEFAULT_PORT)
                            .build()))
                    .isInstanceOf(InvalidSpecException.class)
                    .hasMessageContaining("does not run the image ./shop");
        }
    }

    @Test
    void closesTheCheckFromOutsideThatItWasGiven() {
        AtomicInteger closed = new AtomicInteger();
        OutsideCheck check = new OutsideCheck() {
            @Override
            public String missing(URI edge, String version) {
                return "";
            }

            @Override
            public void close() {
                closed.incrementAndGet();
            }
        };
        LocalPlatform platform =
                LocalPlatform.builder().stateFolder(folder).outsideCheck(check).build();
        assertThat(closed).hasValue(0);

        platform.close();

        assertThat(closed).hasValue(1);
    }
}
