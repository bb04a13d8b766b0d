package dev.upkeep.system.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.upkeep.system.command.Ended;
import dev.upkeep.system.command.Program;
import dev.upkeep.system.command.Stack;
import dev.upkeep.system.command.Upkeep;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.maven.plugin.surefire.log.api.NullConsoleLogger;
import org.apache.maven.plugins.surefire.report.SurefireReportParser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each recipe is run as its reader's machine would run it, but for the names and folders that he would change too. */
@Timeout(120)
@TestInstance(Lifecycle.PER_CLASS)
class RecipesSystemTest {
    private static final Path EXAMPLES = Path.of("../examples").toAbsolutePath().normalize();
    private static final String SITE = "https://www.example.org/version.txt";
    private static final String SHIPPED = "1.0.6";
    private static final Pattern VARIABLE = Pattern.compile("([A-Z_]+)=(.*)");

    /** Minute, hour, day, month, weekday, user and command, as crontab(5) has it for /etc/cron.d. */
    private static final Pattern CRON_LINE =
            Pattern.compile("([-0-9*,/]+ ){3}([-0-9a-z*,/]+ ){2}(?<user>[a-z_][a-z0-9_-]*) (?<command>.+)");

    private Stack server;
    private String url;

    @BeforeAll
    void serve(@TempDir Path folder) {
        server = Stack.single(folder, SHIPPED);
        server.apply();
        url = server.url();
    }

    @AfterAll
    void close() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"check,nobody,STALE  ", "heal,root,' was not touched, since no restart mends that: STALE'"})
    void cronMailsNothingWhileAllIsWellAndTheReportOtherwise(String what, String user, String told, @TempDir Path home)
            throws IOException {
        Map<String, String> variables = new LinkedHashMap<>();
        List<String> commands = new java.util.ArrayList<>();
        for (String line : Files.readAllLines(EXAMPLES.resolve("cron/upkeep-" + what))) {
            Matcher variable = VARIABLE.matcher(line);
            if (variable.matches()) {
                variables.put(variable.group(1), variable.group(2));
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                Matcher job = CRON_LINE.matcher(line);
                assertThat(job.matches()).as(line).isTrue();
                assertThat(job.group("user")).isEqualTo(user);
                assertThat(job.group("command"))
                        .as("cron takes a percent sign for a line break")
                        .doesNotContain("%");
                commands.add(job.group("command"));
            }
        }
        assertThat(commands).singleElement().asString().contains("/opt/upkeep/" + what + "-quietly", SITE, SHIPPED);
        String command = commands.get(0)
                .replace(
                        "/opt/upkeep/" + what + "-quietly",
                        EXAMPLES.resolve("cron/" + what + "-quietly").toString())
                .replace(SITE, url);
        Program job = Program.of(home, variables.get("SHELL"), "-c", command)
                .with("PATH", withJava(variables.get("PATH")))
                .with("UPKEEP_JAR", Upkeep.JAR.toString());

        assertThat(job.run()).isEqualTo(new Ended(0, "", ""));

        Program stale = Program.of(home, "/bin/sh", "-c", command.replace(SHIPPED, "1.0.7"))
                .with("PATH", withJava(variables.get("PATH")))
                .with("UPKEEP_JAR", Upkeep.JAR.toString());
        assertThat(stale.run().with(1).out()).contains(told, url, "serves 1.0.6");
        assertThat(job.with("UPKEEP_JAR", "/nonexistent/upkeep.jar")
                        .run()
                        .with(1)
                        .out())
                .contains("/nonexistent/upkeep.jar");
    }

    /** The files in /etc/cron.d that cron reads at all: see cron(8), DEBIAN SPECIFIC. */
    @ParameterizedTest
    @ValueSource(strings = {"check", "heal"})
    void cronReadsTheFile(String what) throws IOException {
        Path file = EXAMPLES.resolve("cron/upkeep-" + what);

        assertThat(file.getFileName().toString()).matches("[A-Za-z0-9_-]+");
        assertThat(Files.readString(file)).endsWith("\n");
        assertThat(Files.isExecutable(EXAMPLES.resolve("cron/" + what + "-quietly")))
                .isTrue();
        Program.of(EXAMPLES, "/bin/sh", "-n", "cron/" + what + "-quietly").run().with(0);
    }

    @Test
    void systemdFindsNoFaultInTheUnits(@TempDir Path units) throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES.resolve("systemd"))) {
            for (Path file :
                    files.filter(each -> !each.toString().endsWith(".env")).toList()) {
                // It looks whether programs are there, and Java may be elsewhere on this machine.
                String unit = Files.readString(file).replace("/usr/bin/java ", Upkeep.JAVA + " ");
                Files.writeString(units.resolve(file.getFileName()), unit);
            }
        }
        Program verify = Program.of(units, "systemd-analyze", "verify", "--man=no", "--recursive-errors=no")
                .with("SYSTEMD_UNIT_PATH", units + ":");

        Ended verified = verify.and(
                        "upkeep-check@.service",
                        "upkeep-check@.timer",
                        "upkeep-heal@.service",
                        "upkeep-heal@.timer",
                        "upkeep-alert@.service")
                .run();

        assertThat(verified).isEqualTo(new Ended(0, "", ""));
        Path service = units.resolve("upkeep-check@.service");
        Files.writeString(service, Files.readString(service).replace("DynamicUser", "DynamicUsr"));
        assertThat(verify.and("upkeep-check@.service").run().err())
                .as("so that it is known to look")
                .contains("'DynamicUsr'");
    }

    @Test
    void systemdRunsTheCommandWithTheVariablesOfTheSite(@TempDir Path home) throws IOException {
        Map<String, String> variables = new LinkedHashMap<>();
        for (String line : Files.readAllLines(EXAMPLES.resolve("systemd/shop.env"))) {
            Matcher variable = VARIABLE.matcher(line);
            if (variable.matches()) {
                variables.put(variable.group(1), variable.group(2));
            }
        }
        assertThat(variables).containsExactly(Map.entry("URL", SITE), Map.entry("VERSION", SHIPPED));
        variables.put("URL", url);

        assertThat(start("check", home, variables).run().with(0).out()).startsWith("UP  ");
        assertThat(start("heal", home, variables).run().with(0).out()).contains(" needs no repair: UP 1.0.6");
        variables.put("VERSION", "1.0.7");
        assertThat(start("check", home, variables).run().with(1).out()).startsWith("STALE  ");
        assertThat(Files.readString(EXAMPLES.resolve("systemd/upkeep-check@.service")))
                .as("Java, too, ends with 1 where it cannot start")
                .doesNotContainPattern("(?m)^SuccessExitStatus");
    }

    /** What ExecStart says, split and filled in as systemd.service(5) has it: variables in braces are whole words. */
    private static Program start(String what, Path home, Map<String, String> variables) throws IOException {
        List<String> words = Stream.of(setting(what, "ExecStart").split(" "))
                .map(word -> word.equals("/usr/bin/java") ? Upkeep.JAVA.toString() : word)
                .map(word -> word.equals("/opt/upkeep/upkeep.jar") ? Upkeep.JAR.toString() : word)
                .map(word -> word.startsWith("${") ? variables.get(word.substring(2, word.length() - 1)) : word)
                .toList();
        return Program.of(home, words.toArray(String[]::new));
    }

    private static String setting(String what, String name) throws IOException {
        return Files.readAllLines(EXAMPLES.resolve("systemd/upkeep-" + what + "@.service")).stream()
                .filter(line -> line.startsWith(name + "="))
                .map(line -> line.substring(name.length() + 1))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theStepOfGithubActionsPassesOnlyWithTheVersionThatWasShipped(@TempDir Path checkout) throws IOException {
        JsonNode step = step();
        assertThat(step.at("/env/URL").asText()).isEqualTo(SITE);
        assertThat(step.at("/env/VERSION").asText()).isEqualTo("${{ inputs.version }}");
        String script = step.path("run").asText();
        assertThat(script).contains("--interval 2s", "--within 10m", "> upkeep.xml");
        // Nobody wants to wait for ten minutes until it gives up.
        Files.writeString(
                checkout.resolve("step.sh"),
                script.replace("--interval 2s", "--interval 200ms").replace("10m", "3s"));
        Files.copy(Upkeep.JAR, checkout.resolve("upkeep.jar"));
        // How a step without "shell" is run: bash -e.
        Program run = Program.of(checkout, "bash", "-e", "step.sh")
                .with("PATH", withJava(System.getenv("PATH")))
                .with("URL", url);

        run.with("VERSION", SHIPPED).run().with(0);
        assertThat(failures(checkout)).isZero();

        run.with("VERSION", "1.0.7").run().with(1);
        assertThat(failures(checkout)).isEqualTo(1);
    }

    private static JsonNode step() throws IOException {
        JsonNode workflow = new YAMLMapper().readTree(Files.readString(EXAMPLES.resolve("github-actions/release.yml")));
        assertThat(workflow.at("/on/workflow_dispatch/inputs/version/required").asBoolean())
                .isTrue();
        ArrayNode steps = (ArrayNode) workflow.at("/jobs/converged/steps");
        return StreamSupport.stream(steps.spliterator(), false)
                .filter(each -> each.has("run"))
                .findFirst()
                .orElseThrow();
    }

    /** As a CI server counts them. */
    private static int failures(Path checkout) throws IOException {
        Path reports = Files.createTempDirectory(checkout, "reports");
        Files.copy(checkout.resolve("upkeep.xml"), reports.resolve("TEST-upkeep.xml"));
        return new SurefireReportParser(List.of(reports.toFile()), new NullConsoleLogger())
                .parseXMLReportFiles().stream()
                        .mapToInt(suite -> {
                            assertThat(suite.getNumberOfTests()).isPositive();
                            return suite.getNumberOfFailures();
                        })
                        .sum();
    }

    private static String withJava(String path) {
        return Upkeep.JAVA.getParent() + File.pathSeparator + path;
    }
}
