package dev.upkeep.system.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the user sees when a release does not work, and when the machine is full of strangers. */
@Timeout(120)
class FailedChangeSystemTest {
    private static final String PICKY_APP = "shape: highly-available\n"
            + "app: { port: 8080, command: [sh, -c, 'if [ $VERSION = 1.0.7 ]; then echo no migration; exit 3; fi;"
            + " exec /usr/bin/python3 -m http.server --bind 127.0.0.1 $PORT'] }\n";

    @TempDir
    private Path home;

    @Test
    void aReleaseThatDoesNotStartLeavesUsersWithTheOneBefore() {
        try (Stack stack = Stack.of(home, PICKY_APP, "1.0.6")) {
            stack.apply();
            stack.describe(PICKY_APP, "1.0.7");

            assertThat(stack.upkeep("apply").run().with(1).err())
                    .contains("instance i1: put back: it serves 1.0.6 as before")
                    .contains("error: instance i1 failed: its application ended at once")
                    .contains("no migration");
            assertThat(stack.status().out())
                    .contains(": rolled back at ")
                    .doesNotContain("drained")
                    .doesNotContain("1.0.7");
            assertThat(stack.upkeep("check").run().with(0).out())
                    .startsWith("UP ")
                    .contains("the file says 1.0.7; 1.0.6 is deployed");
            assertThat(stack.upkeep("plan").run().with(2).out()).contains("version 1.0.6 -> 1.0.7");
        }
    }

    @Test
    void fromCronAProcessInAFolderWithAnAccentDisturbsNothing() throws IOException, InterruptedException {
        String work = "cd \"$0\" && mkdir \"$(printf 'caf\\303\\251')\" && cd caf* && exec sleep 100";
        Process stranger = new ProcessBuilder("sh", "-c", work, home.toString()).start();
        try (Stack stack = Stack.single(home, "1.0.6")) {
            stack.upkeep("apply").with("LC_ALL", "C").run().with(0);
            assertThat(stack.upkeep("status").with("LC_ALL", "C").run().with(0).out())
                    .contains(": running at ");
        } finally {
            stranger.destroyForcibly().waitFor();
        }
    }
}
