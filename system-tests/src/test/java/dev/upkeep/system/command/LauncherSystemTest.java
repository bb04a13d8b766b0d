package dev.upkeep.system.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.checker.testing.Behaviour;
import dev.upkeep.checker.testing.ScriptedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code ./upkeep} itself does before Java runs, and when it cannot. */
class LauncherSystemTest {
    private static final String NOBODY = "http://127.0.0.1:1/version.txt";

    @TempDir
    private static Path folder;

    private static Clone clone;

    @TempDir
    private Path home;

    @BeforeAll
    static void build() {
        clone = Clone.in(folder.resolve("clone"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ulimit -v 1000000                                      | memory is limited to 1000000 KiB",
                "export JAVA_TOOL_OPTIONS=-javaagent:/nonexistent.jar   | flags for it are taken from JAVA_TOOL_OPTIONS",
                "export UPKEEP_JAVA_OPTS=-XX:+NoSuchFlag                | Unrecognized VM option 'NoSuchFlag'",
                "export UPKEEP_JAVA_OPTS=-version                       | flags for it are taken from UPKEEP_JAVA_OPTS",
                "mkdir gone && cd gone && rmdir ../gone                 | is gone; change to another one",
            })
    void whereJavaCannotStartAJudgeEndsWithUnknown(String fault, String explanation) {
        for (String judge : List.of("check", "wait", "status", "heal", "--debug check")) {
            Ended ended = clone.upkeep(home, judge.split(" "))
                    .and(NOBODY, "--expect", "1", "-o", "nagios")
                    .through(Clone.prepared(fault))
                    .run()
                    .with(3);

            assertThat(ended.out())
                    .containsPattern("(?m)^UPKEEP UNKNOWN - Java could not start, so nothing was measured");
            assertThat(ended.err()).contains("upkeep: Java could not start", explanation);
        }
        assertThat(clone.upkeep(home, "check", NOBODY, "-o", "json")
                        .through(Clone.prepared(fault))
                        .run()
                        .with(3)
                        .out())
                .doesNotContain("UPKEEP UNKNOWN", "Error occurred");
    }

    @Test
    void aReaderWhoLeavesChangesNothingAboutTheExitCode() {
        Ended ended = clone.upkeep(home, "check", NOBODY)
                .with("UPKEEP_JAVA_OPTS", "-XX:+NoSuchFlag")
                .through(List.of("bash", "-c", "\"$@\" 2>&1 | head -n 1; exit ${PIPESTATUS[0]}", "bash"))
                .run();

        assertThat(ended.code()).isEqualTo(3);
    }

    @Test
    void theVerdictsOfTheProgramPassThrough() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(Behaviour.version("1.0.6"))) {
            String url = server.uri().toString();

            clone.upkeep(home, "check", url, "-e", "1.0.6").run().with(0);
            clone.upkeep(home, "check", url, "-e", "1.0.7").run().with(1);
            clone.upkeep(home, "--debug", "check", url, "-e", "1.0.7").run().with(1);
        }
        clone.upkeep(home, "check", NOBODY).run().with(2);
        clone.upkeep(home, "check", "nobody").run().with(64);
        clone.upkeep(home, "status").run().with(78);
        clone.upkeep(home, "chekc").run().with(64);
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143", "HUP, 129"})
    void aSignalToTheLauncherReachesTheProgram(String signal, int code) {
        // Started by nohup or in the background, the tests ignore some signals, and so would what they start.
        try (Running wait = clone.upkeep(home, "wait", NOBODY, "-e", "1")
                .through(List.of("env", "--default-signal=" + signal))
                .start()) {
            wait.awaitText("round 1").signal(signal);

            assertThat(wait.end().with(code).err()).contains("Interrupted before ");
        }
    }

    @Test
    void ctrlCReachesBothAndIsSaidOnce() {
        try (Running wait = clone.upkeep(home, "wait", NOBODY, "-e", "1")
                .through(List.of("setsid"))
                .start()) {
            wait.awaitText("round 1").signalGroup("INT");

            assertThat(wait.end().with(130).err()).containsOnlyOnce("Interrupted before ");
        }
    }

    @Test
    void aCloneWhosePathHasAColonSaysThatItCannotRunThere() {
        Clone colon = Clone.in(home.resolve("a:b"));

        assertThat(colon.upkeep(home, "version").run().with(1).err()).contains("Move the clone");
        assertThat(colon.upkeep(home, "check", NOBODY, "-o", "nagios")
                        .run()
                        .with(3)
                        .out())
                .startsWith("UPKEEP UNKNOWN - cannot run from " + home.resolve("a:b"));
    }

    @Test
    void aCloneMayHaveAnyOtherPath() {
        Clone odd = Clone.in(home.resolve("with $dollar, 'quote', %25 [x] and blank"));

        assertThat(odd.upkeep(home, "version").run().with(0).out()).startsWith("upkeep ");
    }

    /** Of these only C.UTF-8 is sure to be installed; ssh takes the others along from the client. */
    @ParameterizedTest
    @ValueSource(
            strings = {"LANG=C", "LC_CTYPE=UTF-8", "LANG=fr_FR.UTF-8", "LC_ALL=xx_XX", "LC_ALL=", "LC_ALL=C.UTF-8"})
    void umlautsAreUnderstoodInWhateverLocale(String locale) throws IOException {
        Path work = Files.createDirectory(home.resolve("work"));
        String inside = "mkdir -p \"$(printf 'j\\303\\274rgen')\" && cd j* && export " + locale
                + " 2>/dev/null && printf 'stack: shop\\nplatform: aws\\nversion: 1\\n' > \"$(printf 'l\\303\\244den.yaml')\"";
        String file = "set -- \"$@\" --file \"$(printf 'l\\303\\244den.yaml')\"";

        Ended doctor = clone.upkeep(work, "doctor")
                .through(Clone.prepared(inside + "; " + file))
                .run()
                .with(1);

        assertThat(doctor.out()).contains("j\u00fcrgen/l\u00e4den.yaml: stack shop, version 1");
    }

    @Test
    void aUrlWithAnUmlautIsAskedAsItIsTyped() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(Behaviour.version("1.0.6"))) {
            for (Map.Entry<String, String> locale :
                    Map.of("LANG", "fr_FR.UTF-8", "LC_CTYPE", "UTF-8").entrySet()) {
                Program check = clone.upkeep(home, "check").with(locale.getKey(), locale.getValue());
                check.through(Clone.prepared("set -- \"$@\" \"$(printf '"
                                + server.uri().resolve("/") + "gr\\303\\274\\303\\237e')\""))
                        .run()
                        .with(0);
            }
            assertThat(server.requests())
                    .hasSize(2)
                    .allSatisfy(request -> assertThat(request).startsWith("GET /gr%C3%BC%C3%9Fe HTTP/1.1"));
        }
    }
}
