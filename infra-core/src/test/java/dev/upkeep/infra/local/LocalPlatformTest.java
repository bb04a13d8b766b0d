package dev.upkeep.infra.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upkeep.infra.failure.InvalidSpecException;
import dev.upkeep.infra.preflight.Finding;
import dev.upkeep.infra.rollout.OutsideCheck;
import dev.upkeep.infra.spec.AppSpec;
import dev.upkeep.infra.spec.StackSpec;
import dev.upkeep.infra.spec.StackSpecBuilder;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

    private List<String> notes(StackSpecBuilder spec) throws InterruptedException {
        try (LocalPlatform platform =
                LocalPlatform.builder().stateFolder(folder).build()) {
            return platform.preflight(spec.build()).stream()
                    .filter(finding -> finding.grade() == Finding.Grade.NOTE)
                    .map(Finding::text)
                    .toList();
        }
    }

    @Test
    void saysBeforehandThatUsersWillFindNoStartPage() throws Exception {
        Path site = Files.createDirectory(folder.resolve("site"));
        StackSpecBuilder spec = StackSpec.builder("shop", "1").site(site);

        assertThat(notes(spec)).singleElement().asString().contains("no index.html");
        Files.writeString(site.resolve("index.html"), "hello");
        assertThat(notes(spec)).isEmpty();
        Files.delete(site.resolve("index.html"));
        assertThat(notes(spec.app(AppSpec.SAMPLE_IMAGE, AppSpec.DEFAULT_PORT))).isEmpty();
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
