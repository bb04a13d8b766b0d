package dev.upkeep.system.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stack's life by the commands alone, and every exit code that they promise. */
@Timeout(120)
class CommandSystemTest {
    @TempDir
    private Path home;

    @Test
    void aStackIsAppliedCheckedChangedAndDestroyed() {
        try (Stack stack = Stack.pair(home, "1.0.6")) {
            assertThat(stack.upkeep("plan").run().with(2).out()).contains("3 changes", "instance i1", "does not exist");
            assertThat(stack.upkeep("status").run().with(3).out()).startsWith("stack " + stack.name() + ": absent");

            assertThat(stack.apply().out()).startsWith("stack " + stack.name() + ": running at http://127.0.0.1:");
            assertThat(stack.upkeep("plan").run().with(0).out()).contains("nothing to change");
            assertThat(stack.upkeep("check").run().with(0).out()).startsWith("UP ");
            List<Long> before = stack.processes();
            assertThat(stack.apply().out()).contains(": running at ");
            assertThat(stack.processes()).as("a second apply changes nothing").isEqualTo(before);

            stack.describe("shape: highly-available\n" + Stack.QUICK_APP, "1.0.7");
            assertThat(stack.upkeep("check").run().with(0).out())
                    .as("what was deployed counts, not what the file says")
                    .startsWith("UP ")
                    .contains("  note  the file says 1.0.7; 1.0.6 is deployed");
            assertThat(stack.upkeep("wait", "--rounds", "1").run().with(0).out())
                    .contains("  note  the file says 1.0.7; 1.0.6 is deployed");
            assertThat(stack.upkeep("check", "--expect", "1.0.7").run().with(1).out())
                    .startsWith("STALE ");
            assertThat(stack.upkeep("plan").run().with(2).out()).contains("version 1.0.6 -> 1.0.7");
            stack.apply();
            assertThat(stack.upkeep("check").run().with(0).out())
                    .startsWith("UP ")
                    .contains("1.0.7")
                    .doesNotContain("the file says");

            assertThat(stack.upkeep("destroy", "--yes").run().with(0).out()).contains(": absent");
            assertThat(stack.processes()).isEmpty();
            assertThat(stack.upkeep("destroy", "--yes").run().with(0).out()).contains(": absent");
            assertThat(stack.upkeep("check").run().with(3).err()).contains("does not exist", "upkeep apply");
        }
    }

    @Test
    void waitConvergesOnlyWhenARealRollOfVersionsIsThrough() {
        try (Stack stack = Stack.pair(home, "1.0.6")) {
            stack.apply();
            stack.describe("shape: highly-available\n" + Stack.QUICK_APP, "1.0.7");
            Program wait = stack.upkeep(
                    "wait", "--expect", "1.0.7", "--rounds", "3", "--interval", "200ms", "--within", "60s");
            try (Running waiting = wait.and("--output", "jsonl").start()) {
                waiting.awaitText("\"status\":\"STALE\"");
                stack.apply();
                Ended ended = waiting.end().with(0);

                List<String> rounds = ended.out().lines().toList();
                assertThat(rounds.get(0)).contains("\"type\":\"round\"", "\"goodInARow\":0");
                assertThat(rounds.get(rounds.size() - 1))
                        .contains("\"type\":\"wait\"", "\"converged\":true", "\"goodInARow\":3");
                assertThat(rounds.subList(rounds.size() - 4, rounds.size() - 1))
                        .allMatch(round -> round.contains("\"status\":\"UP\""));
            }
            assertThat(stack.upkeep("wait", "--expect", "2.0.0", "--interval", "200ms", "--within", "1s")
                            .run()
                            .with(1)
                            .out())
                    .startsWith("NOT converged");
        }
    }

    @Test
    void everyEndingHasItsExitCode() throws IOException {
        try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Stack stack = Stack.single(home, "1.0.6")) {
            String deafUrl = "http://127.0.0.1:" + deaf.getLocalPort() + "/version.txt";
            stack.apply();
            String url = stack.url();

            stack.upkeep("check", url, "--expect", "1.0.6").run().with(0);
            stack.upkeep("check", url, "--expect", "9.9.9").run().with(1);
            assertThat(stack.upkeep("check", deafUrl, "--timeout", "500ms")
                            .run()
                            .with(2)
                            .out())
                    .startsWith("DOWN ");
            assertThat(stack.upkeep("check", "--verison").run().with(64).err())
                    .contains("there is no option --verison", "Try upkeep check --help");
            stack.upkeep("aply").run().with(64);
            stack.upkeep("check", url, "--output", "yaml").run().with(64);
            stack.upkeep("apply", "--file", "none.yaml").run().with(78);
        }
    }

    @Test
    void everyMistakeInTheFileIsSaidWithItsPlace() {
        try (Stack stack = Stack.single(home, "1.0.6")) {
            stack.describe("shape: single\nverison: 2\ncheck:\n  tiemout: 10s\n", "${UPKEEP_TEST_UNSET}");

            for (String command : List.of("plan", "apply", "status", "check", "wait", "destroy")) {
                assertThat(stack.upkeep(command).run().with(78).err().lines())
                        .as(command)
                        .satisfiesExactlyInAnyOrder(
                                line -> assertThat(line)
                                        .startsWith("upkeep.yaml:3:10: ")
                                        .contains("UPKEEP_TEST_UNSET"),
                                line -> assertThat(line)
                                        .isEqualTo(
                                                "upkeep.yaml:5:1: unknown key \"verison\"; did you mean \"version\"?"),
                                line -> assertThat(line)
                                        .isEqualTo(
                                                "upkeep.yaml:7:3: unknown key \"tiemout\"; did you mean \"timeout\"?"));
            }
            assertThat(stack.upkeep("check", "--output", "nagios").run().with(3).out())
                    .as("Nagios reads one line from standard output and knows no 78")
                    .startsWith("UPKEEP UNKNOWN - upkeep.yaml:")
                    .hasLineCount(1);
            stack.describe("shape: single\n", "${UPKEEP_TEST_UNSET}");
            assertThat(stack.upkeep("plan")
                            .with("UPKEEP_TEST_UNSET", "1.0.6")
                            .run()
                            .with(2)
                            .out())
                    .contains("version 1.0.6");
            stack.describe("shape: single\n", "${UPKEEP_TEST_UNSET:-1.0.5}");
            assertThat(stack.upkeep("plan").run().with(2).out()).contains("version 1.0.5");
        }
    }

    @Test
    void aMissingFileIsSaidWithWhatToDo() {
        assertThat(Upkeep.in(home, "apply").run().with(78))
                .isEqualTo(
                        new Ended(
                                78,
                                "",
                                "error: there is no file upkeep.yaml; write one with upkeep init, or name another with --file\n"));
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void withoutTheLauncherWordsThatTheLocaleCannotSayAreRefused() {
        for (String words : List.of(
                "doctor --file $(printf 'l\\303\\244den.yaml')", "check http://127.0.0.1:1/$(printf '\\303\\274')")) {
            assertThat(bash("env -u LANG LC_ALL=C HOME=" + home + " "
                                    + String.join(" ", Upkeep.in(home).words()) + " " + words)
                            .with(64)
                            .err())
                    .contains("cannot be used in the locale of this shell; set one with UTF-8: LC_ALL=C.UTF-8");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"$x", "${x}", "a:b", "q\"q", "b\\n", "s p;{y}#"})
    void aStateFolderMayHaveAnyName(String name) throws IOException {
        Stack stack = stackWithASite();
        String state = home.resolve(name).toString();
        String status = stack.upkeep("apply")
                .with("XDG_STATE_HOME", state)
                .run()
                .with(0)
                .out();
        try {
            String edge = status.lines().findFirst().orElseThrow().replaceAll(".* at ", "");
            assertThat(bash("curl -sS " + edge).with(0).out()).isEqualTo("hello");
        } finally {
            stack.upkeep("destroy", "--yes").with("XDG_STATE_HOME", state).run().with(0);
        }
    }

    private Stack stackWithASite() throws IOException {
        Files.createDirectory(home.resolve("site"));
        Stack stack = Stack.of(home, "shape: single\nsite: site\n" + Stack.QUICK_APP, "1.0.6");
        stack.write("site/index.html", "hello");
        return stack;
    }

    @Test
    void aSiteWithANameThatIsNotUtf8IsRefusedWithItsLine() throws IOException {
        Stack stack = stackWithASite();
        bash("cd " + home + "/site && printf x > \"$(printf 'gr\\374n.txt')\"").with(0);

        assertThat(stack.upkeep("apply").run().with(78).err())
                .startsWith("upkeep.yaml:")
                .contains("is not in UTF-8, and cannot be served; rename it");
    }

    @Test
    void initWritesAFileThatCanBeAppliedAsItIs() {
        Upkeep.in(home, "init").run().with(0);
        assertThat(Upkeep.in(home, "plan").run().with(2).out()).contains("3 changes");
        assertThat(Upkeep.in(home, "init").run().with(1).err()).contains("upkeep.yaml");
    }

    @Test
    void whatMachinesReadOfAStackIsAsThePublishedSchemaHasIt() {
        try (Stack stack = Stack.pair(home, "1.0.6")) {
            Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(stack.upkeep("schema", "stack").run().with(0).out(), InputFormat.JSON);
            Ended plan = stack.upkeep("plan", "-o", "json").run().with(2);
            Ended absent = stack.upkeep("status", "-o", "json").run().with(3);
            Ended apply = stack.upkeep("apply", "-o", "jsonl").run().with(0);
            Signals.send("TERM", stack.pid("i2/nginx.pid"));
            Ended repair = stack.upkeep("plan", "-o", "jsonl").run();
            Ended broken = stack.upkeep("status", "-o", "jsonl").run().with(1);
            Ended destroy =
                    stack.upkeep("destroy", "--yes", "-o", "jsonl").run().with(0);

            assertThat(apply.out()).contains("{\"type\":\"progress\"").endsWith("\"problems\":[]}\n");
            assertThat(destroy.out()).contains("{\"type\":\"progress\"", "\"state\":\"absent\"");
            Stream.concat(
                            Stream.of(plan.out(), absent.out()),
                            Stream.of(apply, repair, broken, destroy)
                                    .flatMap(ended -> ended.out().lines()))
                    .forEach(document -> assertThat(schema.validate(document, InputFormat.JSON))
                            .as(document)
                            .isEmpty());
        }
    }

    @Test
    void aReaderThatHasEnoughIsNoErrorAndAFullDeviceIsOne() {
        Upkeep.in(home, "init").run().with(0);
        String upkeep = String.join(" ", Upkeep.in(home).words());

        Ended head =
                bash("set -o pipefail; " + upkeep + " schema check | head -1").with(0);
        assertThat(head.out()).isEqualTo("{\n");
        assertThat(head.err()).isEmpty();
        Ended headOfMuch =
                bash(upkeep + " completion | head -1; echo ${PIPESTATUS[0]}").with(0);
        assertThat(headOfMuch.out().lines()).element(1).isEqualTo("0");
        assertThat(headOfMuch.err()).isEmpty();

        assertThat(bash(upkeep + " schema check > /dev/full").with(1).err())
                .contains("could not be written to standard output", "No space left on device");
        assertThat(bash(upkeep + " plan > /dev/full").code()).isIn(1, 2);
    }

    @Test
    void bashCompletesCommandsAndOptions() throws IOException {
        Files.writeString(
                home.resolve("completion.bash"),
                Upkeep.in(home, "completion").run().with(0).out());

        bash("bash -n completion.bash").with(0);
        assertThat(complete("upkeep ch")).containsExactly("check");
        assertThat(complete("upkeep check --expect-r")).containsExactly("--expect-range");
        assertThat(complete("upkeep schema st")).containsExactly("stack");
        assertThat(complete("upkeep check --output js")).containsExactly("json", "jsonl");
        assertThat(complete("upkeep ")).contains("apply", "check", "destroy", "plan", "status", "wait");
    }

    /** What bash offers behind the cursor, asked as its line editor asks. */
    private List<String> complete(String line) {
        String words = line.endsWith(" ") ? line + "''" : line;
        return bash("source completion.bash; COMP_LINE='" + line + "'; COMP_POINT=${#COMP_LINE}; COMP_WORDS=(" + words
                        + "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); "
                        + "function=$(complete -p upkeep | sed 's/.*-F \\([^ ]*\\).*/\\1/'); $function 2>/dev/null; "
                        + "printf '%s\\n' \"${COMPREPLY[@]}\"")
                .with(0)
                .out()
                .lines()
                .map(String::strip)
                .toList();
    }

    private Ended bash(String script) {
        return Program.of(home, "bash", "-c", script)
                .with("XDG_STATE_HOME", home.resolve("state").toString())
                .run();
    }
}
