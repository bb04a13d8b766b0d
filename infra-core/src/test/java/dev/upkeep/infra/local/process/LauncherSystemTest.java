package dev.upkeep.infra.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.infra.time.Polling;
import dev.upkeep.infra.time.Sleeper;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherSystemTest {

    @TempDir
    private Path folder;

    private void print(String line) throws IOException, InterruptedException {
        Launcher launcher = new Launcher(new Programs(Programs.usualFolders("")));
        launcher.spawn(Launch.in(folder, folder.resolve("app.log"), List.of("echo", line)));
        Path log = folder.resolve("app.log");
        assertThat(new Polling(InstantSource.system(), Sleeper.real())
                        .until(Duration.ofSeconds(10), () -> LogTail.of(log).endsWith(line)))
                .isTrue();
    }

    private String content(String file) throws IOException {
        return Files.readString(folder.resolve(file));
    }

    @Test
    void aRestartKeepsWhatTheOneBeforeSaid() throws Exception {
        print("why it crashed");
        print("started again");

        assertThat(content("app.log")).isEqualTo("why it crashed\nstarted again\n");
    }

    @Test
    void anOutputThatHasBecomeLongIsPutAside() throws Exception {
        try (RandomAccessFile log =
                new RandomAccessFile(folder.resolve("app.log").toFile(), "rw")) {
            log.setLength(10_000_001);
        }

        print("started again");

        assertThat(content("app.log")).isEqualTo("started again\n");
        assertThat(folder.resolve("app.log.1")).hasSize(10_000_001);
    }
}
