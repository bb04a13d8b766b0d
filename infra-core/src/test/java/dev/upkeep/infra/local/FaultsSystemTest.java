package dev.upkeep.infra.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upkeep.infra.inventory.InstanceHealth;
import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.infra.inventory.Problem;
import dev.upkeep.infra.inventory.Serving;
import dev.upkeep.infra.inventory.StackState;
import dev.upkeep.infra.inventory.StackStatus;
import dev.upkeep.infra.plan.Impact;
import dev.upkeep.infra.progress.EventKind;
import dev.upkeep.infra.progress.Operation;
import dev.upkeep.infra.progress.StackBusyException;
import dev.upkeep.infra.spec.AppHealth;
import dev.upkeep.infra.spec.Shape;
import dev.upkeep.infra.spec.StackSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong on a real machine, done to real processes. */
class FaultsSystemTest {

    @TempDir
    Path root;

    @Test
    void aMasterThatWasKilledLeavesWorkersThatAreCleanedUp() throws Exception {
        try (Stand stand = new Stand(root)) {
            StackSpec spec = stand.pair("1.0.6");
            stand.apply(spec);
            long master = stand.pid("i1/nginx.pid");
            Stand.signal("KILL", master);

            StackStatus status = stand.status();
            assertThat(status.state()).isEqualTo(StackState.DEGRADED);
            assertThat(status.problems())
                    .extracting(Problem::describe)
                    .containsExactly("instance i1: nginx lost its master, workers go on alone");

            assertThat(stand.apply(spec).state()).isEqualTo(StackState.RUNNING);
            assertThat(stand.pid("i1/nginx.pid")).isNotEqualTo(master);
            assertThat(stand.platform.plan(spec).isEmpty()).isTrue();
        }
    }

    /** A release that needs longer to say that it is well must not be found dead by the limit of the one before. */
    @Test
    void theLoadBalancerFollowsTheTimeThatAnApplicationMayTakeToSayThatItIsWell() throws Exception {
        try (Stand stand = new Stand(root)) {
            for (int limit : List.of(500, 1900, 300)) {
                AppHealth health = AppHealth.standard().within(Duration.ofMillis(limit));

                StackStatus status = stand.apply(stand.spec("1.0.6")
                        .shape(Shape.HIGHLY_AVAILABLE)
                        .health(health)
                        .build());

                assertThat(status.state()).isEqualTo(StackState.RUNNING);
                assertThat(stand.folder().resolve("edge/haproxy.cfg"))
                        .content()
                        .contains("timeout check " + (limit + 300) + "ms");
            }
        }
    }

    @Test
    void aStoppedNginxAndAStoppedHaproxyAreReplaced() throws Exception {
        try (Stand stand = new Stand(root)) {
            StackSpec spec = stand.pair("1.0.6");
            stand.apply(spec);
            List<Long> servers = new ArrayList<>(stand.processes("haproxy", "edge"));
            servers.addAll(stand.processes("nginx", "i1"));
            for (long pid : servers) {
                Stand.signal("STOP", pid);
            }

            StackStatus status = stand.status();
            assertThat(status.state()).isEqualTo(StackState.DOWN);
            assertThat(status.instances().get(0).health()).isEqualTo(InstanceHealth.HUNG);
            assertThat(status.problems())
                    .extracting(Problem::describe)
                    .contains("edge: HAProxy runs but does not answer");

            assertThat(stand.apply(spec).state()).isEqualTo(StackState.RUNNING);
        }
    }

    @Test
    void aKilledHaproxyAndAKilledApplicationAreStartedAgain() throws Exception {
        try (Stand stand = new Stand(root)) {
            StackSpec spec = stand.pair("1.0.6");
            stand.apply(spec);
            Stand.signal("KILL", stand.pid("edge/haproxy.pid"));
            Stand.signal("KILL", stand.pid("i2/app.pid"));

            assertThat(stand.status().problems())
                    .extracting(Problem::describe)
                    .containsExactly("instance i2: its application does not run", "edge: HAProxy does not run");
            assertThat(stand.apply(spec).state()).isEqualTo(StackState.RUNNING);
        }
    }

    @Test
    void anInstanceWhoseApplicationIsDeadLeavesTheRotationAndIsSaidToBeNotReady() throws Exception {
        try (Stand stand = new Stand(root)) {
            StackSpec spec = stand.pair("1.0.6");
            stand.apply(spec);
            Stand.signal("KILL", stand.pid("i2/app.pid"));

            StackStatus status = stand.status();
            assertThat(status.instances().get(1).health()).isEqualTo(InstanceHealth.NOT_READY);
            stand.await(() -> stand.servesAll(20));
            assertThat(stand.status().state()).isEqualTo(StackState.DEGRADED);

            Stand.signal("KILL", stand.pid("i1/app.pid"));
            stand.await(() -> stand.status().state() == StackState.DOWN);
            assertThat(stand.apply(spec).state()).isEqualTo(StackState.RUNNING);
        }
    }

    @Test
    void aStalePidFileNeverCostsAForeignProcessItsLife() throws Exception {
        Process foreign = new ProcessBuilder("sleep", "60").start();
        try (Stand stand = new Stand(root)) {
            StackSpec spec = stand.pair("1.0.6");
            stand.apply(spec);
            String number = foreign.pid() + "\n";
            for (String file : List.of("i1/nginx.pid", "i1/app.pid", "edge/haproxy.pid")) {
                Files.writeString(stand.folder().resolve(file), number);
            }

            assertThat(stand.apply(spec).state()).isEqualTo(StackState.RUNNING);
            Files.writeString(stand.folder().resolve("i2/nginx.pid"), number);
            stand.destroy();

            assertThat(foreign.isAlive()).isTrue();
            assertThat(stand.processes()).isEmpty();
        } finally {
            foreign.destroyForcibly().waitFor();
        }
    }

    @Test
    void aDamagedStateFileIsSetAsideAndTheStackBuiltAnew() throws Exception {
        try (Stand stand = new Stand(root)) {
            StackSpec spec = stand.spec("1.0.6").build();
            stand.apply(spec);
            Files.writeString(stand.folder().resolve("stack.json"), "{ half a fi");

            assertThat(stand.status().problems().get(0).message()).contains("cannot be read");
            assertThat(stand.status().serving()).isEqualTo(Serving.UNKNOWN);
            assertThat(stand.platform.plan(spec).changes())
                    .extracting(change -> change.impact().level())
                    .containsOnly(Impact.Level.DOWNTIME);
            assertThat(stand.apply(spec).state()).isEqualTo(StackState.RUNNING);
            assertThat(stand.notices()).anyMatch(notice -> notice.contains("stack.json.damaged"));

            Files.writeString(stand.folder().resolve("stack.json"), "[]");
            stand.destroy();
            assertThat(stand.processes()).isEmpty();
        }
    }

    @Test
    void destroyFindsProcessesWhoseFolderSomebodyRemoved() throws Exception {
        try (Stand stand = new Stand(root)) {
            stand.apply(stand.spec("1").build());
            dev.upkeep.infra.local.state.Trees.remove(stand.folder());
            assertThat(stand.processes()).isNotEmpty();
            assertThat(stand.status().state()).isEqualTo(StackState.UNREADABLE);

            stand.destroy();

            assertThat(stand.processes()).isEmpty();
            assertThat(stand.status().state()).isEqualTo(StackState.ABSENT);
            stand.destroy();
        }
    }

    @Test
    void aSecondOperatorIsRefusedWhileTheFirstIsAtWork() throws Exception {
        try (Stand stand = new Stand(root)) {
            StackSpec spec = stand.spec("1").build();
            stand.apply(spec);
            Operation first = stand.platform.start(stand.platform.plan(spec.withVersion("2")));
            try (LocalPlatform second =
                    LocalPlatform.builder().stateFolder(root).build()) {
                assertThat(second.status(stand.name).state()).isEqualTo(StackState.IN_PROGRESS);
                assertThatThrownBy(() -> second.ship(stand.name, InstanceId.of("i1"), "3", stand.listener))
                        .isInstanceOfSatisfying(
                                StackBusyException.class,
                                busy -> assertThat(busy.holder()).contains(first));
            }
            stand.platform.await(first, stand.listener);
        }
    }

    @Test
    void anInterruptedApplyIsSaidAndGoneOnWith() throws Exception {
        try (Stand stand = new Stand(root)) {
            StackSpec spec = stand.pair("1");
            assertThatThrownBy(() -> stand.platform.apply(stand.platform.plan(spec), event -> {
                        if (event.kind() == EventKind.DONE) {
                            Thread.currentThread().interrupt();
                        }
                    }))
                    .isInstanceOf(InterruptedException.class);

            StackStatus status = stand.status();
            assertThat(status.state()).isEqualTo(StackState.INTERRUPTED);
            assertThat(status.operation().map(Operation::kind)).contains(Operation.Kind.APPLY);
            assertThat(stand.apply(spec).state()).isEqualTo(StackState.RUNNING);
            assertThat(stand.notices()).anyMatch(notice -> notice.startsWith("found an interrupted apply by"));
        }
    }

    @Test
    void anOperatorKilledAtAnyStepLeavesAStackThatTheNextApplyFinishes() throws Exception {
        try (Stand stand = new Stand(root)) {
            StackSpec spec = stand.pair("1");
            for (int step : new int[] {1, 3, 4}) {
                killOperatorAfter(stand, step);
                assertThat(stand.status().state()).as("after %d events", step).isEqualTo(StackState.INTERRUPTED);
            }

            assertThat(stand.apply(spec).state()).isEqualTo(StackState.RUNNING);
            assertThat(stand.edgeSays()).isEqualTo("1");
            assertThat(stand.platform.plan(spec).isEmpty()).isTrue();
        }
    }

    /** A JVM of its own, killed by itself with SIGKILL in the middle of its work. */
    private void killOperatorAfter(Stand stand, int events) throws IOException, InterruptedException {
        Process operator = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SuicidalOperator.class.getName(),
                        root.toString(),
                        stand.name.text(),
                        Integer.toString(events))
                .redirectErrorStream(true)
                .redirectOutput(root.resolve("operator.out").toFile())
                .start();
        assertThat(operator.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(operator.exitValue())
                .as(Files.readString(root.resolve("operator.out")))
                .isEqualTo(137);
    }
}
