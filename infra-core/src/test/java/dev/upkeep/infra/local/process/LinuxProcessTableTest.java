package dev.upkeep.infra.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinuxProcessTableTest {

    @TempDir
    Path root;

    @Test
    void aProcessIsThereUntilItsLastThreadHasEnded() throws IOException {
        Path entry = Files.createDirectories(root.resolve("7"));
        Files.writeString(entry.resolve("stat"), "7 (java) Z 1 7 7 0 0 0 0 0 0 0 0 0 0 0 0 0 2 0 4711");
        Files.createDirectories(entry.resolve("task/7"));
        LinuxProcessTable table = new LinuxProcessTable(root);

        assertThat(table.find(7)).isEmpty();

        Files.createDirectories(entry.resolve("task/8"));
        assertThat(table.find(7)).isPresent();
    }

    @Test
    void aProcessKeepsItsMarkWhileItTurnsIntoAnotherProgram() throws Exception {
        Path turning = Files.writeString(root.resolve("turning"), "#!/bin/sh\nexec \"$0\"\n");
        assertThat(turning.toFile().setExecutable(true)).isTrue();
        ProcessBuilder builder = new ProcessBuilder(turning.toString());
        builder.environment().put(Ownership.MARK, root.toString());
        Process process = builder.start();
        try {
            for (int look = 0; look < 5000; look++) {
                assertThat(ProcessTable.system()
                                .find(process.pid())
                                .orElseThrow()
                                .mark())
                        .as("look %d", look)
                        .isEqualTo(root.toString());
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void inTheLocaleOfCronAFolderWithAnAccentHidesNoProcess() throws Exception {
        // By a shell, because this test too may run in a locale that has no such letter.
        String work = "cd \"$0\" && mkdir \"$(printf 'caf\\303\\251')\" && cd caf* && exec sleep 60";
        Process foreign = new ProcessBuilder("sh", "-c", work, root.toString()).start();
        try {
            ProcessBuilder lister = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            ProcessLister.class.getName())
                    .redirectErrorStream(true)
                    .redirectOutput(root.resolve("out").toFile());
            lister.environment().put("LC_ALL", "C");
            Process process = lister.start();

            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(Files.readAllLines(root.resolve("out"))).anyMatch(line -> line.startsWith(foreign.pid() + " "));
        } finally {
            foreign.destroyForcibly().waitFor();
        }
    }
}
