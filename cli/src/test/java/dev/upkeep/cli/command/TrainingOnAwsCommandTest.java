package dev.upkeep.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.cli.Run;
import dev.upkeep.cli.terminal.Terminal;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingOnAwsCommandTest {

    @TempDir
    private Path folder;

    /** What ends before it asks for anything teaches little. */
    @Test
    void makesPlansToTheirEnd() {
        List<Run> runs = new ArrayList<>();
        Terminal nobody =
                Terminal.of(OutputStream.nullOutputStream(), OutputStream.nullOutputStream(), Map.of(), folder);

        int code = new TrainingOnAwsCommand(nobody, (silent, words) -> runs.add(Run.in(folder, words))).call();

        assertThat(code).isZero();
        assertThat(runs).extracting(Run::code).containsExactly(2, 2, 3);
        assertThat(runs.get(0).out()).contains("stack training: 3 changes", "Vpc ", "release ");
        assertThat(System.getProperty("aws.endpointUrl")).isNull();
    }
}
