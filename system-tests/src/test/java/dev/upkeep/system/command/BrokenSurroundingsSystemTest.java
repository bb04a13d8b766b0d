package dev.upkeep.system.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The machine around the command is full, forbidden, occupied or half dead. */
@Timeout(120)
class BrokenSurroundingsSystemTest {
    private static final String PAIR = "shape: highly-available\n" + Stack.QUICK_APP;

    @TempDir
    private Path home;

    @Test
    @Tag("mount")
    void onAFullDiskApplySaysSoAndGoesOnWhenThereIsRoomAgain() throws IOException {
        Stack stack = Stack.pair(home, "1.0.6");
        try (Disk disk = Disk.mount(Files.createDirectory(home.resolve("state")), 2048)) {
            for (int free : List.of(0, 16)) {
                disk.leave(free);
                Ended full = inside(disk, stack, "apply").with(1);
                assertThat(full.err()).contains("error: Tried to use ", ": No space left on device; make room");
                assertThat(full.err()).doesNotContain("defect in upkeep");
                assertThat(inside(disk, stack, "status").code()).isIn(2, 3);
            }
            disk.empty();
            assertThat(inside(disk, stack, "apply").with(0).out()).contains(": running at ");

            disk.leave(0);
            assertThat(inside(disk, stack, "status").with(0).out()).contains(": running at ");
            assertThat(inside(disk, stack, "check").with(0).out()).startsWith("UP ");
            inside(disk, stack, "destroy", "--yes").with(0);
            assertThat(disk.processes()).isEmpty();
        }
    }

    @Test
    @Tag("mount")
    void inAReadOnlyStateFolderNothingIsChangedAndLookingWorks() throws IOException {
        Stack stack = Stack.pair(home, "1.0.6");
        try (Disk disk = Disk.mount(Files.createDirectory(home.resolve("state")), 2048)) {
            disk.protect();
            assertThat(inside(disk, stack, "apply").with(1).err())
                    .contains("error: Tried to use ", ": Read-only file system;");
            assertThat(disk.processes()).isEmpty();
            disk.unprotect();
            inside(disk, stack, "apply").with(0);
            List<Long> before = disk.processes();

            disk.protect();
            stack.describe(PAIR, "1.0.7");
            assertThat(inside(disk, stack, "status").with(0).out()).contains(": running at ");
            inside(disk, stack, "plan").with(2);
            assertThat(inside(disk, stack, "apply").with(1).err()).contains(": Read-only file system;");
            assertThat(inside(disk, stack, "destroy", "--yes").with(1).err()).contains(": Read-only file system;");
            assertThat(disk.processes()).isEqualTo(before);
            assertThat(inside(disk, stack, "check", "--expect", "1.0.6").with(0).out())
                    .startsWith("UP ");
            disk.unprotect();
            inside(disk, stack, "destroy", "--yes").with(0);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shape: highly-available\n" + Stack.QUICK_APP,
                "shape: single\n",
                "shape: single\nsite: pages\napp: none\ncheck: { ready: [/.well-known/upkeep/ready, /hello.html] }\n"
            })
    void aDollarASpaceAndAColonInTheFoldersDisturbNothing(String yaml) throws IOException {
        Path odd = Files.createDirectories(home.resolve("my $HOME: ${x} it's"));
        Files.writeString(Files.createDirectory(odd.resolve("pages")).resolve("hello.html"), "hello\n");
        try (Stack stack = Stack.of(odd, yaml, "1.0.6")) {
            assertThat(stack.folder().toString()).contains("$", " ", ":");
            assertThat(stack.apply().out()).contains(": running at ");
            assertThat(stack.upkeep("check").run().with(0).out()).startsWith("UP ");
            assertThat(stack.upkeep("status").run().with(0).out()).contains(": running at ");

            stack.describe(yaml, "1.0.7");
            assertThat(stack.apply().out()).contains(": running at ", "1.0.7");
            assertThat(stack.upkeep("check").run().with(0).out())
                    .startsWith("UP ")
                    .contains("1.0.7");
            assertThat(stack.upkeep("plan").run().with(0).out()).contains("nothing to change");

            assertThat(stack.upkeep("destroy", "--yes").run().with(0).out()).contains(": absent");
            assertThat(stack.processes()).isEmpty();
            assertThat(stack.folder()).doesNotExist();
        }
    }

    private static Ended inside(Disk disk, Stack stack, String... words) {
        return stack.upkeep(words).through(disk.inside()).run();
    }

    @Test
    void aFolderThatMayNotBeWrittenIsSaid() throws IOException {
        try (Stack stack = Stack.single(home, "1.0.6")) {
            Path state = Files.createDirectory(
                    home.resolve("state"),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-x------")));
            Program apply = stack.upkeep("apply");
            // Root may write everywhere, unless it has given that up.
            Program powerless = "root".equals(System.getProperty("user.name"))
                    ? apply.through(List.of("setpriv", "--bounding-set=-all", "--inh-caps=-all"))
                    : apply;
            assertThat(powerless.run().with(1).err())
                    .contains("error: Tried to use " + state, ", found: permission denied;");
            Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwx------"));
            assertThat(state).isEmptyDirectory();
        }
    }

    @Test
    void aFileInThePlaceOfTheStateFolderIsSaid() throws IOException {
        Stack stack = Stack.single(home, "1.0.6");
        stack.write("state", "");

        assertThat(stack.upkeep("apply").run().with(1).err())
                .contains("error: Tried to use " + home.resolve("state"), "found: Not a directory;");
        assertThat(stack.upkeep("doctor").run().with(1).out()).contains("problem  state folder ");
        Files.delete(home.resolve("state"));
    }

    @Test
    void aPortThatBelongsToSomebodyElseIsRefusedBeforeAnythingIsDone() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Stack stack = Stack.pair(home, "1.0.6")) {
            stack.describe(PAIR + "local: { port: " + other.getLocalPort() + " }\n", "1.0.6");

            assertThat(stack.upkeep("apply").run().with(1).err())
                    .contains("error: Tried to listen on 127.0.0.1:" + other.getLocalPort()
                            + ", found it taken by java (pid "
                            + ProcessHandle.current().pid() + ")");
            assertThat(stack.processes()).isEmpty();
            assertThat(stack.upkeep("status").run().with(3).out()).contains(": absent");

            stack.describe(PAIR, "1.0.6");
            stack.apply();
            List<Long> before = stack.processes();
            stack.describe(PAIR + "local: { port: " + other.getLocalPort() + " }\n", "1.0.6");
            stack.upkeep("apply").run().with(1);
            assertThat(stack.processes()).isEqualTo(before);
            assertThat(stack.upkeep("check").run().with(0).out()).startsWith("UP ");
        }
    }

    @Test
    void killedAndHungServersAreToldApartAndApplyRepairsThem() {
        try (Stack stack = Stack.pair(home, "1.0.6")) {
            stack.apply();
            repairs(
                    stack,
                    Map.of(
                            "KILL i1/nginx.pid", "instance i1: nginx lost its master",
                            "KILL i2/app.pid", "instance i2: its application does not run",
                            "STOP edge/haproxy.pid", "edge: HAProxy runs but does not answer"));
            repairs(
                    stack,
                    Map.of(
                            "STOP i1/nginx.pid", "instance i1: nginx is stopped (SIGSTOP)",
                            "KILL edge/haproxy.pid", "edge: HAProxy does not run"));
        }
    }

    private static void repairs(Stack stack, Map<String, String> problems) {
        problems.keySet().stream()
                .map(fault -> fault.split(" "))
                .forEach(fault -> Signals.send(fault[0], stack.pid(fault[1])));

        String status = stack.status().out();
        assertThat(problems.values()).allSatisfy(problem -> assertThat(status).contains("problem  " + problem));
        assertThat(stack.upkeep("plan").run().with(2).out())
                .contains(": " + problems.size() + " changes")
                .contains(" restart ");
        assertThat(stack.apply().out()).contains(": running at ");
        assertThat(stack.upkeep("plan").run().with(0).out()).contains("nothing to change");
    }

    @Test
    void usersSeeAHungInstanceOnlyWhereItIsAskedAndAKilledLoadBalancerAtOnce() {
        try (Stack stack = Stack.pair(home, "1.0.6")) {
            stack.apply();
            stack.processes("nginx", "i1").forEach(pid -> Signals.send("STOP", pid));
            assertThat(onceItIsOut(stack).out()).contains("\"status\" : \"DEGRADED\"", "\"FIRST_BYTE_TIMEOUT\"");

            Signals.send("KILL", stack.pid("edge/haproxy.pid"));
            Ended down = stack.upkeep("check", "--timeout", "2s").run().with(2);
            assertThat(down.out()).startsWith("DOWN ").contains("edge   DOWN", "i2     UP");
            stack.apply();
            assertThat(stack.upkeep("check").run().with(0).out()).startsWith("UP ");
        }
    }

    /** Until the load balancer has found out by itself, the edge may still lead to the hung instance. */
    private static Ended onceItIsOut(Stack stack) {
        Ended check =
                stack.upkeep("check", "--timeout", "2s", "--output", "json").run();
        for (int i = 0; i < 5 && check.code() == 2; i++) {
            check = stack.upkeep("check", "--timeout", "2s", "--output", "json").run();
        }
        return check.with(1);
    }

    @Test
    void oneDeadApplicationIsDegradedAndAllOfThemAreDownAlthoughEveryNginxServesTheVersion() {
        try (Stack stack = Stack.pair(home, "1.0.6")) {
            stack.apply();
            Signals.send("KILL", stack.pid("i2/app.pid"));
            // The load balancer needs a moment to see it; until then users get errors, and the edge is down.
            Ended degraded = stack.upkeep("check").run();
            for (int i = 0; i < 20 && degraded.code() == 2; i++) {
                degraded = stack.upkeep("check").run();
            }
            assertThat(degraded.with(1).out())
                    .contains("DEGRADED  stack " + stack.name() + ": serves users, but i2 is not ready")
                    .contains(
                            "edge   UP ", "i2     DOWN    1.0.6", "/.well-known/upkeep/ready answered with status 503");

            Signals.send("KILL", stack.pid("i1/app.pid"));
            assertThat(stack.upkeep("check", "--output", "json").run().with(2).out())
                    .contains("\"status\" : \"DOWN\"", "\"code\" : \"NOT_READY\"");

            stack.apply();
            assertThat(stack.upkeep("check").run().with(0).out()).startsWith("UP ");
        }
    }

    @Test
    void aStalePidFileCostsNobodyElseHisLife() throws IOException {
        try (Running bystander = Program.of(home, "sleep", "300").start();
                Stack stack = Stack.pair(home, "1.0.6")) {
            stack.apply();
            for (String file : List.of("i1/nginx.pid", "i2/app.pid", "edge/haproxy.pid")) {
                Files.writeString(stack.folder().resolve(file), bystander.pid() + "\n");
            }
            stack.status();
            stack.apply();
            assertThat(stack.upkeep("check").run().with(0).out()).startsWith("UP ");
            assertThat(Remains.isAlive(bystander.pid())).isTrue();

            Files.writeString(stack.folder().resolve("i2/nginx.pid"), bystander.pid() + "\n");
            stack.upkeep("destroy", "--yes").run().with(0);
            assertThat(Remains.isAlive(bystander.pid())).isTrue();
            assertThat(stack.processes()).isEmpty();
        }
    }

    @Test
    void ofTwoAppliesAtOnceTheSecondFollowsTheFirstAndFindsNothingLeftToDo() {
        try (Stack stack = Stack.pair(home, "1.0.6");
                Running first = stack.upkeep("apply").start()) {
            first.awaitText("instance i1: start with");
            // Held there, or a fast machine would be through before the second one looks.
            first.signal("STOP");

            try (Running second = stack.upkeep("apply").start()) {
                second.awaitText("; following it");
                assertThat(stack.status().out()).contains(": in progress", "(pid " + first.pid() + ")");
                first.signal("CONT").end().with(0);

                assertThat(second.end().with(0).err())
                        .contains(
                                "is being changed: apply by ",
                                "(pid " + first.pid() + ")",
                                "instance i1: start with 1.0.6",
                                "nothing to change");
            }
            assertThat(stack.upkeep("check").run().with(0).out()).startsWith("UP ");
        }
    }

    @Test
    void whoeverFollowsAnApplyThatIsKilledGoesOnWithIt() {
        try (Stack stack = Stack.pair(home, "1.0.6");
                Running first = stack.upkeep("apply").start()) {
            first.awaitText("instance i1: start with");
            first.signal("STOP");
            try (Running second = stack.upkeep("apply").start()) {
                second.awaitText("; following it");
                first.signal("KILL").end().with(137);

                assertThat(second.end().with(0).err()).contains("found an interrupted apply by ");
            }
            assertThat(stack.upkeep("check").run().with(0).out()).startsWith("UP ");
        }
    }

    @Test
    void twoAppliesThatStartTogetherBothSucceedAndLeaveOneWholeStack() {
        try (Stack stack = Stack.pair(home, "1.0.6");
                Running one = stack.upkeep("apply").start();
                Running other = stack.upkeep("apply").start()) {
            List<Ended> both = List.of(one.end(), other.end());

            assertThat(both).extracting(Ended::code).containsOnly(0);
            assertThat(stack.upkeep("check").run().with(0).out()).startsWith("UP ");
            assertThat(stack.processes("haproxy", "edge")).hasSize(1);
        }
    }

    @Test
    @Tag("mount")
    void aProgramThatIsNotInstalledIsSaidWithTheCommandThatInstallsIt() throws IOException {
        Stack stack = Stack.pair(home, "1.0.6");
        try (Disk disk = Disk.mount(Files.createDirectory(home.resolve("disk")), 64)) {
            disk.hide("nginx", "haproxy");
            Ended missing = inside(disk, stack, "apply").with(1);

            assertThat(missing.err())
                    .containsPattern(
                            "error: Looked for nginx and haproxy on the PATH and in the usual folders, found nothing; "
                                    + "run: (sudo )?[a-z-]+ install (-y )?nginx haproxy\n");
            assertThat(home.resolve("state")).doesNotExist();
            inside(disk, stack, "status").with(3);
            assertThat(inside(disk, stack, "doctor").with(1).out())
                    .contains("problem  no nginx on this machine", "problem  no haproxy on this machine");
        }
    }

    @Test
    void aDamagedStateFileIsSaidKeptAndTheStackBuiltAnew() throws IOException {
        try (Stack stack = Stack.pair(home, "1.0.6")) {
            stack.apply();
            Path file = stack.folder().resolve("stack.json");
            Files.writeString(file, Files.readString(file).substring(0, 40));

            assertThat(stack.status().out())
                    .contains(
                            ": unreadable",
                            "cannot be read",
                            "whether it serves users is not known",
                            "upkeep apply ends what runs and builds it anew, upkeep destroy removes it");
            stack.upkeep("status").run().with(3);
            assertThat(stack.upkeep("check").run().with(3).err())
                    .contains("nobody knows where stack " + stack.name() + " is reached", "cannot be read");
            assertThat(stack.upkeep("apply").run().with(1).err())
                    .contains("instance i1: version not known -> 1.0.6", "--allow-downgrade");
            assertThat(stack.upkeep("apply", "--allow-downgrade").run().with(0).err())
                    .contains("stack.json.damaged; the stack is built anew");
            assertThat(stack.upkeep("check").run().with(0).out()).startsWith("UP ");
            assertThat(stack.processes("haproxy", "edge")).hasSize(1);
            Files.writeString(file, "\u0000\u0001 no JSON");
        }
    }

    @Test
    void aFolderThatSomebodyRemovedIsPutRight() {
        try (Stack stack = Stack.single(home, "1.0.6")) {
            stack.apply();
            Program.of(home, "rm", "-r", stack.folder().toString()).run().with(0);

            assertThat(stack.status().out()).contains(": unreadable", "there is no state file");
            stack.upkeep("apply", "--allow-downgrade").run().with(0);
            assertThat(stack.upkeep("check").run().with(0).out()).startsWith("UP ");
            assertThat(stack.processes("nginx", "i1")).hasSize(2);
        }
    }
}
