package dev.upkeep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.checker.testing.Behaviour;
import dev.upkeep.checker.testing.RefusingPort;
import dev.upkeep.checker.testing.ScriptedServer;
import dev.upkeep.cli.output.OutputFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CheckTest {

    private static final String NOT_ASKED = "http://127.0.0.1:1/version.txt";

    @TempDir
    private Path folder;

    @Test
    void exitsWithZeroWhenTheExpectedVersionIsServed() throws IOException {
        try (VersionServer server = VersionServer.serving("1.0.6")) {
            Run run = Run.in(folder, "check", server.uri().toString(), "--expect", "1.0.6");

            assertThat(run.code()).isZero();
            assertThat(run.out())
                    .startsWith("UP  " + server.uri() + " serves 1.0.6\n  expected  1.0.6\n  address   127.0.0.1:");
            assertThat(run.err()).isEmpty();
        }
    }

    @Test
    void exitsWithOneWhenAnotherVersionIsServed() throws IOException {
        try (VersionServer server = VersionServer.serving("1.0.6")) {
            Run run = Run.in(folder, "check", server.uri().toString(), "-e", "1.0.7");

            assertThat(run.code()).isEqualTo(1);
            assertThat(run.out()).startsWith("STALE  " + server.uri() + " serves 1.0.6, expected is 1.0.7\n");
        }
    }

    @Test
    void exitsWithTwoWhenNobodyListensAndShowsEachAttempt() {
        try (RefusingPort port = RefusingPort.open()) {
            Run run = Run.in(folder, "check", port.uri().toString(), "--attempts", "2");

            assertThat(run.code()).isEqualTo(2);
            assertThat(run.out())
                    .startsWith("DOWN  " + port.uri() + " is down: the connection was refused")
                    .contains("attempt 1", "attempt 2")
                    .doesNotContain("attempt 3");
        }
    }

    @Test
    void asksFurtherPathsOfAUrlAndIsDownWhenOneFails() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(Behaviour.version("1.0.6"))) {
            String url = server.uri().toString();
            Run ready = Run.in(folder, "check", url, "-e", "1.0.6", "--also", "/health", "--also", "/more");

            assertThat(ready.code()).isZero();
            assertThat(ready.out()).contains("  ready     /health: status 200", "  ready     /more: status 200");
            assertThat(server.connections()).isEqualTo(3);

            server.next(Behaviour.version("1.0.6"), Behaviour.status(502, ""));
            Run notReady = Run.in(folder, "check", url, "-e", "1.0.6", "--also", "/health");

            assertThat(notReady.code()).isEqualTo(2);
            assertThat(notReady.out())
                    .startsWith("DOWN  " + url)
                    .contains("it is not ready (/health answered with status 502)");
        }
    }

    @Test
    void waitsUntilAUrlIsReady() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(Behaviour.version("1.0.6"))) {
            server.next(Behaviour.version("1.0.6"), Behaviour.status(502, ""));
            String url = server.uri().toString();
            Run run = Run.in(
                    folder, "wait", url, "-e", "1.0.6", "--also", "/health", "--interval", "10ms", "--rounds", "2");

            assertThat(run.code()).isZero();
            assertThat(run.out()).startsWith("converged after 3 rounds").contains("UP  " + url + " serves 1.0.6");
            assertThat(run.err()).contains("DOWN: a version is served, but users get errors: it is not ready");
        }
    }

    @Test
    void saysFromTheFirstRoundThatAVersionLiesInNoRangeAndTakesALaterOneThatDoes() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(Behaviour.version("1.0.6"))) {
            server.next(Behaviour.version("nightly"));
            String url = server.uri().toString();
            Run run = Run.in(folder, "wait", url, "--expect-range", "^1.0.0", "--interval", "10ms", "--rounds", "1");

            assertThat(run.code()).isZero();
            assertThat(run.err())
                    .contains("STALE: serves nightly, expected is in range ^1.0.0: it is no semantic version ");
            assertThat(run.out()).startsWith("converged after 2 rounds");

            server.next(Behaviour.version("nightly"));
            Run check = Run.in(folder, "check", url, "--expect-range", "^1.0.0");

            assertThat(check.code()).isEqualTo(1);
            assertThat(check.out()).contains("what to do  expect this version itself, or a pattern; ");
        }
    }

    @Test
    void refusesAFurtherPathThatIsNone() {
        Run run = Run.in(folder, "check", NOT_ASKED, "--also", "health");

        assertThat(run.code()).isEqualTo(64);
        assertThat(run.err()).contains("not a path that can be asked: \"health\"");
    }

    @ParameterizedTest
    @EnumSource(OutputFormat.class)
    void showsTheNamesInAQueryAndNeverTheirValues(OutputFormat format) throws IOException {
        try (VersionServer server = VersionServer.serving("1.0.6");
                RefusingPort nobody = RefusingPort.open()) {
            for (String url : List.of(server.uri() + "?token=hush&empty=", nobody.uri() + "?token=hush#hush")) {
                Run check = Run.in(
                        folder, "check", url, "--attempts", "1", "--also", "/health?key=hush", "-o", format.word());
                Run wait = Run.in(folder, "--debug", "wait", url, "-e", "1", "--within", "1s", "-o", format.word());

                assertThat(check.out()).contains("?token=***");
                assertThat(check.out() + check.err() + wait.out() + wait.err())
                        .contains("?token=***")
                        .doesNotContain("hush");
            }
        }
    }

    @Test
    void saysWhatIsServedWhenNothingIsExpected() throws IOException {
        try (VersionServer server = VersionServer.serving("7.7")) {
            Run run = Run.in(folder, "check", server.uri().toString());

            assertThat(run.code()).isZero();
            assertThat(run.out()).contains("serves 7.7", "expected  any version");
        }
    }

    @Test
    void takesHeadersFromTheEnvironmentAndFromFilesAndShowsThemNowhere() throws IOException {
        Files.writeString(folder.resolve("token.txt"), "Bearer from-file\n");
        try (VersionServer server = VersionServer.serving("1")) {
            String uri = server.uri().toString();
            Run fromEnvironment = Run.in(
                    folder,
                    Map.of("TOKEN", "hush-hush"),
                    "check",
                    uri,
                    "-H",
                    "Authorization: Bearer ${TOKEN}",
                    "-o",
                    "json");
            Run fromFile = Run.in(folder, "check", uri, "-H", "Authorization: @token.txt");

            assertThat(server.authorizations()).containsExactly("Bearer hush-hush", "Bearer from-file");
            assertThat(fromEnvironment.out() + fromEnvironment.err()).doesNotContain("hush-hush");
            assertThat(fromFile.out() + fromFile.err()).doesNotContain("from-file");
        }
    }

    @Test
    void refusesAHeaderFromAnUnsetVariableWithoutAskingTheServer() {
        Run run = Run.in(folder, "check", NOT_ASKED, "-H", "Authorization: ${TOKEN}");

        assertThat(run.code()).isEqualTo(64);
        assertThat(run.err())
                .isEqualTo(
                        "error: --header: the environment variable TOKEN is not set; set it, or write ${TOKEN:-default}"
                                + System.lineSeparator());
    }

    @Test
    void asksAnotherAddressUnderTheSameName() throws IOException {
        try (VersionServer server = VersionServer.serving("1.0.6")) {
            Run run = Run.in(
                    folder,
                    "check",
                    "http://www.example.org/version.txt",
                    "--connect-to",
                    "127.0.0.1:" + server.uri().getPort(),
                    "-e",
                    "1.0.6");

            assertThat(run.code()).isZero();
            assertThat(run.out()).startsWith("UP  http://www.example.org/version.txt serves 1.0.6");
        }
    }

    @Test
    void answersNagiosInOneLineEvenWhenItCannotBegin() {
        Run usage = Run.in(folder, "check", "--output", "nagios", "--timeout", "soon", NOT_ASKED);
        Run configuration = Run.in(folder, "check", "--output=nagios");

        assertThat(usage.code()).isEqualTo(3);
        assertThat(usage.out()).startsWith("UPKEEP UNKNOWN - --timeout: ").hasLineCount(1);
        assertThat(configuration.code()).isEqualTo(3);
        assertThat(configuration.out())
                .startsWith("UPKEEP UNKNOWN - there is no file upkeep.yaml; write one with upkeep init")
                .hasLineCount(1);
    }

    @Test
    void waitsUntilEnoughRoundsInARowAreGood() throws IOException {
        try (VersionServer server = VersionServer.serving("1.0.7")) {
            Run run = Run.in(
                    folder, "wait", server.uri().toString(), "-e", "1.0.7", "--rounds", "2", "--interval", "1ms");

            assertThat(run.code()).isZero();
            assertThat(run.out()).startsWith("converged after 2 rounds in ");
            assertThat(run.err()).contains(": UP: serves 1.0.7; good in a row: 1 of 2", "good in a row: 2 of 2");
        }
    }

    @Test
    void givesUpWaitingWithTheStatusOfTheLastRound() throws IOException {
        try (VersionServer server = VersionServer.serving("1.0.6")) {
            Run run = Run.in(
                    folder,
                    "wait",
                    server.uri().toString(),
                    "-e",
                    "1.0.7",
                    "--rounds",
                    "1",
                    "--within",
                    "0s",
                    "-o",
                    "jsonl");

            assertThat(run.code()).isEqualTo(1);
            assertThat(run.out().lines())
                    .satisfiesExactly(
                            round -> assertThat(round).startsWith("{\"type\":\"round\",\"round\":1,\"goodInARow\":0,"),
                            end -> assertThat(end).startsWith("{\"type\":\"wait\",\"converged\":false,\"round\":1,"));
        }
    }

    @Test
    void trainsWithoutAWord() {
        Run run = Run.in(folder, "train");

        assertThat(run).isEqualTo(new Run(0, "", ""));
    }
}
