package dev.upkeep.infra.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upkeep.infra.failure.StateFolderException;
import dev.upkeep.infra.spec.StackName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeploymentLogTest {

    private static final StackName SHOP = StackName.of("shop");
    private static final Deployment FIRST = new Deployment(
            Instant.parse("2026-01-01T00:00:00Z"),
            "ada@laptop",
            "1.0.6",
            Optional.empty(),
            Optional.of("0123456789ab"),
            Optional.empty());
    private static final Deployment SECOND = new Deployment(
            Instant.parse("2026-01-02T00:00:00Z"),
            "bob@ci",
            "1.0.7",
            Optional.of("1.0.6"),
            Optional.empty(),
            Optional.of("instance i1 failed:\nno such table"));

    @TempDir
    private Path folder;

    @Test
    void theLatestComesFirst() {
        DeploymentLog log = new DeploymentLog(folder, SHOP);
        assertThat(log.list()).isEmpty();

        log.add(FIRST);
        log.add(SECOND);

        assertThat(new DeploymentLog(folder, SHOP).list()).containsExactly(SECOND, FIRST);
        assertThat(FIRST.isDone()).isTrue();
        assertThat(SECOND.isDone()).isFalse();
        assertThat(new DeploymentLog(folder, StackName.of("other")).list()).isEmpty();
    }

    @Test
    void aLineThatWasCutShortTakesNoOtherWithIt() throws IOException {
        DeploymentLog log = new DeploymentLog(folder, SHOP);
        log.add(FIRST);
        Files.writeString(folder.resolve("shop.deployments"), "{\"at\": \"2026-01-0", StandardOpenOption.APPEND);

        log.add(SECOND);

        assertThat(log.list()).containsExactly(SECOND, FIRST);
    }

    @Test
    void aFolderInItsPlaceIsTold() throws IOException {
        Files.createDirectory(folder.resolve("shop.deployments"));

        assertThatThrownBy(() -> new DeploymentLog(folder, SHOP).add(FIRST))
                .isInstanceOf(StateFolderException.class)
                .hasMessageContaining("shop.deployments");
    }
}
