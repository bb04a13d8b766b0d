package dev.upkeep.system.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.system.StrictClients;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Another version for a stack that stands, forth and back, with users at work. */
@Timeout(180)
class DeploySystemTest {
    private static final String SAMPLE = "shape: highly-available\n";
    private static final String PICKY = "shape: highly-available\n"
            + "app: { port: 8080, command: [sh, -c, 'if [ $VERSION = 1.0.7 ]; then echo no migration; exit 3; fi;"
            + " exec /usr/bin/python3 -m http.server --bind 127.0.0.1 $PORT'] }\n";

    @TempDir
    private Path home;

    @Test
    void anotherVersionComesAndGoesWithoutALostRequest() {
        try (Stack stack = Stack.of(home, SAMPLE, "1.0.6")) {
            stack.apply();
            try (StrictClients clients =
                    new StrictClients(URI.create(stack.url()).getPort(), 2)) {
                assertThat(stack.upkeep("deploy", "1.0.7").run().with(0).out())
                        .contains(": running at ")
                        .contains("1.0.7");
                assertThat(stack.upkeep("check").run().with(0).out())
                        .startsWith("UP ")
                        .contains("the file says 1.0.6; 1.0.7 is deployed");
                assertThat(stack.upkeep("plan").run().with(2).out())
                        .contains("version 1.0.7 -> 1.0.6")
                        .containsPattern("1\\.0\\.7 was deployed at .*Z by ");
                assertThat(stack.upkeep("apply").run().with(1).err()).contains("--allow-downgrade");
                assertThat(stack.upkeep("deploy", "1.0.7").run().with(0).err()).contains("nothing to change");
                assertThat(stack.upkeep("deploy", "1.0.6").run().with(1).err())
                        .contains("refused, because it would go back to an older version")
                        .contains("upkeep rollback");

                stack.upkeep("rollback").run().with(0);

                clients.stop();
                assertThat(clients.failures()).isEmpty();
                assertThat(clients.versions()).containsExactlyInAnyOrder("1.0.6", "1.0.7");
                assertThat(clients.answered()).isGreaterThan(100);
            }
            assertThat(stack.upkeep("check").run().with(0).out())
                    .startsWith("UP ")
                    .doesNotContain("the file says");
            assertThat(stack.upkeep("release", "history").run().with(0).out().lines())
                    .satisfiesExactly(
                            line -> assertThat(line).startsWith("1.0.6 ").endsWith("in the place of 1.0.7"),
                            line -> assertThat(line).startsWith("1.0.7 ").endsWith("in the place of 1.0.6"),
                            line -> assertThat(line).startsWith("1.0.6 ").endsWith("the first"));
        }
    }

    @Test
    void aVersionThatDoesNotStartGoesBackByItself() {
        try (Stack stack = Stack.of(home, PICKY, "1.0.6")) {
            stack.apply();

            assertThat(stack.upkeep("deploy", "1.0.7").run().with(1).err())
                    .contains("instance i1: put back: it serves 1.0.6 as before")
                    .contains("no migration");
            assertThat(stack.upkeep("check").run().with(0).out())
                    .startsWith("UP ")
                    .contains("1.0.6");
            assertThat(stack.upkeep("release", "history").run().with(0).out())
                    .containsPattern("1\\.0\\.7 .* failed: instance i1 failed: its application ended at once");
            assertThat(stack.upkeep("rollback", "1.0.7").run().with(1).err()).contains("never served 1.0.7");
            stack.upkeep("deploy", "1.0.8").run().with(0);
        }
    }

    @Test
    void whatIsNoReleaseOfAStackThatStandsIsRefused() {
        try (Stack stack = Stack.of(home, "shape: highly-available\n" + Stack.QUICK_APP, "1.0.6")) {
            assertThat(stack.upkeep("deploy", "1.0.7").run().with(1).err())
                    .contains("does not exist; upkeep apply stands it up");
            assertThat(stack.upkeep("deploy", "1.0 7").run().with(64).err())
                    .contains("VERSION: \"1.0 7\" cannot be a version");
            stack.apply();
            assertThat(stack.upkeep("rollback").run().with(1).err()).contains("had no other version before");
            stack.describe("shape: highly-available\ninstances: 3\n" + Stack.QUICK_APP, "1.0.6");

            assertThat(stack.upkeep("deploy", "1.0.7").run().with(1).err())
                    .contains("refused: the file changes more of the stack than its release (instance i3, edge)")
                    .contains("Nothing was changed");
            assertThat(stack.upkeep("check").run().with(0).out()).contains("1.0.6");
        }
    }

    @Test
    void oneThatIsKilledHalfWayIsUndoneOrGoneOnWith() {
        try (Stack stack = Stack.of(home, SAMPLE, "1.0.6")) {
            stack.apply();
            killHalfWay(stack);

            assertThat(stack.status().out()).contains(": interrupted at ").contains("1.0.7");
            assertThat(stack.upkeep("apply").run().with(1).err()).contains("--allow-downgrade");
            stack.upkeep("rollback").run().with(0);
            assertThat(stack.upkeep("check").run().with(0).out())
                    .startsWith("UP ")
                    .contains("1.0.6")
                    .doesNotContain("1.0.7");

            killHalfWay(stack);
            stack.upkeep("deploy", "1.0.7").run().with(0);
            assertThat(stack.upkeep("check").run().with(0).out())
                    .startsWith("UP ")
                    .contains("the file says 1.0.6; 1.0.7 is deployed");
        }
    }

    private static void killHalfWay(Stack stack) {
        try (Running deploy = stack.upkeep("deploy", "1.0.7").start()) {
            deploy.awaitText("instance i1: serves 1.0.7").signal("KILL").end();
        }
    }

    @Test
    void aSecondOneAtOnceIsRefused() {
        try (Stack stack = Stack.of(home, SAMPLE, "1.0.6")) {
            stack.apply();
            try (Running deploy = stack.upkeep("deploy", "1.0.7").start()) {
                deploy.awaitText("instance i1: bring to 1.0.7");
                assertThat(stack.upkeep("deploy", "1.0.8").run().with(1).err())
                        .contains("is being changed: apply by ", "Nothing was changed");
                deploy.end().with(0);
            }
        }
    }

    @Test
    void aSingleInstanceThatMayLoseRequestsAsks() {
        try (Stack stack = Stack.single(home, "1.0.6")) {
            stack.apply();

            assertThat(stack.upkeep("deploy", "1.0.7").run().with(1).err())
                    .contains("Requests may be lost: it is swapped by a reload of nginx")
                    .contains("nothing was changed: nobody can be asked");
            stack.upkeep("deploy", "1.0.7", "--yes").run().with(0);
            assertThat(stack.upkeep("check").run().with(0).out()).contains("1.0.7");
        }
    }

    @Test
    void aSiteThatIsAnotherNowIsNotTakenForTheOneOfThen() throws IOException {
        Files.createDirectories(home.resolve("site"));
        Files.writeString(home.resolve("site/index.html"), "old");
        try (Stack stack = Stack.of(home, "shape: highly-available\nsite: ./site\napp: none\n", "1.0.6")) {
            stack.apply();
            Files.writeString(home.resolve("site/index.html"), "new");
            stack.upkeep("deploy", "1.0.7").run().with(0);

            assertThat(stack.upkeep("rollback").run().with(1).err())
                    .contains("refused: the files of the site are not those of 1.0.6");

            Files.writeString(home.resolve("site/index.html"), "old");
            stack.upkeep("rollback").run().with(0);
            assertThat(stack.upkeep("check").run().with(0).out()).contains("1.0.6");
        }
    }
}
