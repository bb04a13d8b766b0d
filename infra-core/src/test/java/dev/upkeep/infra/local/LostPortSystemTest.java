package dev.upkeep.infra.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upkeep.infra.failure.PortTakenException;
import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.infra.inventory.StackState;
import dev.upkeep.infra.local.process.Ports;
import dev.upkeep.infra.local.process.Programs;
import dev.upkeep.infra.local.sample.SampleApp;
import dev.upkeep.infra.local.state.StackFolder;
import dev.upkeep.infra.local.state.StackRecord;
import dev.upkeep.infra.local.state.StateFile;
import dev.upkeep.infra.spec.Shape;
import dev.upkeep.infra.spec.StackSpec;
import dev.upkeep.infra.time.Polling;
import dev.upkeep.infra.time.Sleeper;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Somebody takes a port after it was chosen and before the server that it was chosen for has it. */
class LostPortSystemTest {

    /** Says that it is about to start and waits until it may; the next starts wait no more. */
    private static final String GATE = "touch \"%1$s/asks\"; until [ -e \"%1$s/may\" ]; do sleep 0.02; done; ";

    @TempDir
    Path root;

    private String gate() {
        return GATE.formatted(root);
    }

    /** The sample application, of which one version waits at the gate. */
    private List<String> appThatWaits(String version) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return List.of(
                "sh",
                "-c",
                "if [ $VERSION = " + version + " ]; then " + gate() + "fi; exec " + java
                        + " -XX:TieredStopAtLevel=1 -cp " + System.getProperty("java.class.path") + " "
                        + SampleApp.class.getName());
    }

    /** A program that waits at the gate before it starts to serve, not when it only looks at its configuration. */
    private LocalPlatformBuilder withProgramThatWaits(String name, String serves) throws IOException {
        Path tools = Files.createDirectory(root.resolve("tools"));
        Path program = new Programs(Programs.usualFolders("")).find(name).orElseThrow();
        Files.writeString(
                tools.resolve(name),
                "#!/bin/sh\ncase \" $* \" in " + serves + ") " + gate() + ";; esac\nexec " + program + " \"$@\"\n");
        Files.setPosixFilePermissions(tools.resolve(name), PosixFilePermissions.fromString("rwxr-xr-x"));
        List<Path> folders = new ArrayList<>(Programs.usualFolders(""));
        folders.add(0, tools);
        return LocalPlatform.builder().programFolders(folders);
    }

    private StackRecord record(Stand stand) {
        return new StateFile(StackFolder.in(stand.root, stand.name))
                .read()
                .stack()
                .orElseThrow();
    }

    /** Takes the port while somebody waits at the gate, and holds it until the apply has ended. */
    private int applyWhileTaken(Stand stand, StackSpec spec, ToIntFunction<StackRecord> port) throws Exception {
        try (ServerSocket stranger = new ServerSocket()) {
            Callable<Integer> taking = () -> {
                new Polling(InstantSource.system(), Sleeper.real())
                        .until(Duration.ofSeconds(20), () -> Files.exists(root.resolve("asks")));
                int wanted = port.applyAsInt(record(stand));
                stranger.bind(Ports.address(wanted));
                Files.createFile(root.resolve("may"));
                return wanted;
            };
            FutureTask<Integer> task = new FutureTask<>(taking);
            new Thread(task).start();
            stand.apply(spec);
            return result(task);
        }
    }

    private static int result(FutureTask<Integer> task) throws Exception {
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw new AssertionError("the port was not taken in between", e);
        }
    }

    private static void assertRunsWithout(Stand stand, StackRecord record, int taken) throws InterruptedException {
        assertThat(stand.status().problems()).isEmpty();
        assertThat(stand.status().state()).isEqualTo(StackState.RUNNING);
        assertThat(record.ports()).doesNotContain(taken);
        assertThat(stand.notices()).anyMatch(notice -> notice.startsWith("port " + taken + " was taken "));
        assertThat(stand.servesAll(8)).isTrue();
    }

    private static int appPort(StackRecord record) {
        return record.instance(InstanceId.of("i1")).orElseThrow().appPort();
    }

    private static int nginxPort(StackRecord record) {
        return record.instance(InstanceId.of("i1")).orElseThrow().port();
    }

    @ParameterizedTest
    @EnumSource(Shape.class)
    void anApplicationThatStartsGetsAnotherPort(Shape shape) throws Exception {
        try (Stand stand = new Stand(root.resolve("state"))) {
            StackSpec spec =
                    stand.spec("1").shape(shape).command(appThatWaits("1")).build();

            int taken = applyWhileTaken(stand, spec, LostPortSystemTest::appPort);

            assertRunsWithout(stand, record(stand), taken);
        }
    }

    @ParameterizedTest
    @EnumSource(Shape.class)
    void anApplicationThatIsSwappedGetsAnotherPort(Shape shape) throws Exception {
        try (Stand stand = new Stand(root.resolve("state"))) {
            StackSpec spec =
                    stand.spec("1").shape(shape).command(appThatWaits("2")).build();
            stand.apply(spec);

            int taken = applyWhileTaken(stand, spec.withVersion("2"), LostPortSystemTest::appPort);

            assertRunsWithout(stand, record(stand), taken);
            assertThat(stand.edgeSays()).isEqualTo("2");
        }
    }

    @ParameterizedTest
    @EnumSource(Shape.class)
    void anNginxGetsAnotherPort(Shape shape) throws Exception {
        LocalPlatformBuilder platform = withProgramThatWaits("nginx", "*\" -t \"*|*\" -v \"*) ;; *");
        try (Stand stand = new Stand(root.resolve("state"), platform)) {
            StackSpec spec = stand.spec("1").shape(shape).build();

            int taken = applyWhileTaken(stand, spec, LostPortSystemTest::nginxPort);

            assertRunsWithout(stand, record(stand), taken);
        }
    }

    @Test
    void anApplicationAndItsNginxThatLoseBothPortsGetTwoOthers() throws Exception {
        try (Stand stand = new Stand(root.resolve("state"))) {
            StackSpec spec = stand.pair("1");
            stand.apply(spec);
            StackRecord before = record(stand);
            for (String program : List.of("nginx", "java")) {
                for (long pid : stand.processes(program, "i1")) {
                    Stand.signal("KILL", pid);
                }
            }
            try (ServerSocket first = strangerOn(nginxPort(before));
                    ServerSocket second = strangerOn(appPort(before))) {
                assertThat(stand.apply(spec).state()).isEqualTo(StackState.RUNNING);

                assertThat(Set.of(nginxPort(record(stand)), appPort(record(stand))))
                        .doesNotContain(first.getLocalPort(), second.getLocalPort());
            }
        }
    }

    private static ServerSocket strangerOn(int port) throws IOException, InterruptedException {
        boolean free = new Polling(InstantSource.system(), Sleeper.real())
                .until(Duration.ofSeconds(10), () -> Ports.isFree(port));
        assertThat(free).as("port %d is given back", port).isTrue();
        ServerSocket stranger = new ServerSocket();
        stranger.bind(Ports.address(port));
        return stranger;
    }

    @Test
    void theEdgeGetsAnotherPort() throws Exception {
        LocalPlatformBuilder platform = withProgramThatWaits("haproxy", "*\" -D \"*");
        try (Stand stand = new Stand(root.resolve("state"), platform)) {
            int taken = applyWhileTaken(stand, stand.pair("1"), StackRecord::edgePort);

            assertRunsWithout(stand, record(stand), taken);
        }
    }

    @Test
    void anEdgePortThatTheUserNamedIsNotReplaced() throws Exception {
        LocalPlatformBuilder platform = withProgramThatWaits("haproxy", "*\" -D \"*");
        try (Stand stand = new Stand(root.resolve("state"), platform)) {
            int port = new Ports(stand.name + "named").choose(Set.of());
            StackSpec spec =
                    stand.spec("1").shape(Shape.HIGHLY_AVAILABLE).local(port).build();

            assertThatThrownBy(() -> applyWhileTaken(stand, spec, StackRecord::edgePort))
                    .isInstanceOf(PortTakenException.class)
                    .hasMessageContaining(Integer.toString(port));
        }
    }
}
