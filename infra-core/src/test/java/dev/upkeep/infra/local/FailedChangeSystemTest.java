package dev.upkeep.infra.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upkeep.infra.inventory.Instance;
import dev.upkeep.infra.inventory.Rotation;
import dev.upkeep.infra.inventory.StackState;
import dev.upkeep.infra.inventory.StackStatus;
import dev.upkeep.infra.local.process.Programs;
import dev.upkeep.infra.local.sample.SampleApp;
import dev.upkeep.infra.rollout.OutsideCheck;
import dev.upkeep.infra.spec.Shape;
import dev.upkeep.infra.spec.StackSpec;
import dev.upkeep.infra.spec.StackSpecBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A change that fails costs users nothing: they go on with what they had. */
class FailedChangeSystemTest {

    @TempDir
    Path root;

    /** The sample application, which ends at once when it is told to be version 2. */
    private static List<String> onlyOne() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return List.of(
                "sh",
                "-c",
                "if [ $VERSION = 2 ]; then echo no migration for 2; exit 3; fi; exec " + java
                        + " -XX:TieredStopAtLevel=1 -cp " + System.getProperty("java.class.path") + " "
                        + SampleApp.class.getName());
    }

    private static void assertServing(Stand stand, String version) throws InterruptedException {
        StackStatus status = stand.status();
        assertThat(status.problems()).isEmpty();
        assertThat(status.state()).isEqualTo(StackState.ROLLED_BACK);
        assertThat(status.instances()).extracting(Instance::version).containsOnly(version);
        assertThat(status.instances()).extracting(Instance::rotation).containsOnly(Rotation.IN);
        assertThat(stand.edgeSays()).isEqualTo(version);
    }

    @ParameterizedTest
    @EnumSource(Shape.class)
    void aReleaseWhoseApplicationDoesNotStartLeavesTheOneBefore(Shape shape) throws Exception {
        try (Stand stand = new Stand(root)) {
            StackSpec spec = stand.spec("1").shape(shape).command(onlyOne()).build();
            stand.apply(spec);

            assertThatThrownBy(() -> stand.apply(spec.withVersion("2")))
                    .hasMessageContaining("instance i1 failed: its application ended at once")
                    .hasMessageContaining("no migration for 2");

            assertServing(stand, "1");
            assertThat(stand.status().failure().orElseThrow().describe())
                    .startsWith("the last apply, begun at ")
                    .contains("failed: instance i1 failed: its application ended at once")
                    .contains("no migration for 2");
            assertThat(stand.notices()).contains("put back: it serves 1 as before");
            assertThat(stand.platform.plan(spec).isEmpty()).isTrue();
            assertThat(stand.apply(spec).failure()).isEmpty();
        }
    }

    /** Its first application of version 2 starts, every later one ends at once. */
    private StackSpecBuilder onlyOnce(Stand stand, String version) {
        Path marker = root.resolve("started-once");
        String program = onlyOne().get(2).replace("= 2 ]; then", "= 2 ] && ! mkdir " + marker + "; then");
        return stand.spec(version).shape(Shape.HIGHLY_AVAILABLE).command(List.of("sh", "-c", program));
    }

    @Test
    void anInstanceThatWasStartedWithTheReleaseGoesBackWithTheOthers() throws Exception {
        try (Stand stand = new Stand(root)) {
            StackSpec spec = onlyOnce(stand, "1").build();
            stand.apply(spec);
            Stand.signal("KILL", stand.pid("i2/nginx.pid"));
            stand.await(() -> !stand.status().instances().get(1).answers());

            assertThatThrownBy(() -> stand.apply(spec.withVersion("2")))
                    .hasMessageContaining("instance i1 failed: its application ended at once");

            assertServing(stand, "1");
            assertThat(stand.notices()).contains("put back: it was started with 1");
        }
    }

    @Test
    void anInstanceThatIsNewServesWhatTheOthersWentBackTo() throws Exception {
        try (Stand stand = new Stand(root)) {
            stand.apply(onlyOnce(stand, "1").build());

            assertThatThrownBy(
                            () -> stand.apply(onlyOnce(stand, "2").instances(3).build()))
                    .hasMessageContaining("instance i1 failed: its application ended at once");

            assertServing(stand, "1");
            assertThat(stand.status().instances()).hasSize(3);
        }
    }

    @Test
    void anEdgeThatDoesNotServeUsersIsNoSuccess() throws Exception {
        OutsideCheck blind = (edge, version) -> version.equals("2") ? "users are served by somebody else" : "";
        LocalPlatformBuilder settings =
                LocalPlatform.builder().outsideCheck(blind).startTimeout(Duration.ofSeconds(5));
        try (Stand stand = new Stand(root, settings)) {
            stand.apply(stand.pair("1"));

            assertThatThrownBy(() -> stand.apply(stand.pair("2")))
                    .hasMessageMatching(
                            "edge failed: asked http://127.0.0.1:\\d+/ for 2: users are served by somebody else");

            StackStatus status = stand.status();
            assertThat(status.state()).isEqualTo(StackState.ROLLBACK_FAILED);
            assertThat(status.failure().orElseThrow().problem()).contains("users are served by somebody else");
            assertThat(status.deployed().orElseThrow().version()).isEqualTo("1");
        }
    }

    @Test
    void aConfigurationThatNginxRefusesLeavesTheOneBefore() throws Exception {
        Path tools = Files.createDirectory(root.resolve("tools"));
        Path nginx = new Programs(Programs.usualFolders("")).find("nginx").orElseThrow();
        Files.writeString(tools.resolve("nginx"), """
                #!/bin/sh
                case "$*" in *" -t "*) if grep -q 'return 200 "2"' nginx.conf; then echo "[emerg] not this one"; exit 1; fi ;; esac
                exec %s "$@"
                """.formatted(nginx));
        Files.setPosixFilePermissions(tools.resolve("nginx"), PosixFilePermissions.fromString("rwxr-xr-x"));
        List<Path> folders = new ArrayList<>(Programs.usualFolders(""));
        folders.add(0, tools);
        try (Stand stand =
                new Stand(root.resolve("state"), LocalPlatform.builder().programFolders(folders))) {
            stand.apply(stand.pair("1"));
            int processes = stand.processes().size();

            assertThatThrownBy(() -> stand.apply(stand.pair("2")))
                    .hasMessageContaining("nginx refuses its configuration")
                    .hasMessageContaining("not this one");

            assertServing(stand, "1");
            assertThat(stand.processes()).hasSize(processes);
            assertThat(stand.apply(stand.pair("3")).state()).isEqualTo(StackState.RUNNING);
        }
    }
}
