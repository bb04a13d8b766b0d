package dev.upkeep.infra.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upkeep.infra.failure.StateFolderException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeploymentLogTest {

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
        DeploymentLog log = new DeploymentLog(folder);
        assertThat(log.list()).isEmpty();

        log.add(FIRST);
        log.add(SECOND);

        assertThat(new DeploymentLog(folder).list()).containsExactly(SECOND, FIRST);
        assertThat(FIRST.isDone()).isTrue();
        assertThat(SECOND.isDone()).isFalse();
    }

    @Test
    void aLineThatWasCutShortTakesNoOtherWithIt() throws IOException {
        DeploymentLog log = new DeploymentLog(folder);
        log.add(FIRST);
        Files.writeString(folder.resolve("deployments.jsonl"), "{\"at\": \"2026-01-0", StandardOpenOption.APPEND);

        log.add(SECOND);

        assertThat(log.list()).containsExactly(SECOND, FIRST);
    }

    @Test
    void aFolderInItsPlaceIsTold() throws IOException {
        Files.createDirectory(folder.resolve("deployments.jsonl"));

        assertThatThrownBy(() -> new DeploymentLog(folder).add(FIRST))
                .isInstanceOf(StateFolderException.class)
                .hasMessageContaining("deployments.jsonl");
    }
}
