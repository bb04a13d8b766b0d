package dev.upkeep.system.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.maven.plugin.surefire.log.api.NullConsoleLogger;
import org.apache.maven.plugins.surefire.report.ReportTestCase;
import org.apache.maven.plugins.surefire.report.ReportTestSuite;
import org.apache.maven.plugins.surefire.report.SurefireReportParser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every output format of a check, of a real fleet in which one instance is down, read by the programs it is made for. */
@Timeout(120)
@TestInstance(Lifecycle.PER_CLASS)
class OutputSystemTest {
    /** The guidelines' form of one value: label, number, unit, and up to four limits. */
    private static final Pattern PERFORMANCE =
            Pattern.compile("('[^'=|]+'|[^'=|\\s]+)=-?\\d+(\\.\\d+)?(s|ms|us|%|B|KB|MB|TB|c)?(;[^;\\s]*){0,4}");

    private final ObjectMapper json = new ObjectMapper();
    private Path home;
    private Stack stack;

    @BeforeAll
    void standUpAndBreakOne(@TempDir Path folder) {
        home = folder;
        stack = Stack.pair(folder, "1.0.6");
        stack.apply();
        Signals.send("TERM", stack.pid("i2/nginx.pid"));
        long limit = System.nanoTime() + 10_000_000_000L;
        while (!stack.processes("nginx", "i2").isEmpty()) {
            assertThat(System.nanoTime() - limit).as("time left").isNegative();
            Signals.rest(java.time.Duration.ofMillis(5));
        }
    }

    @AfterAll
    void destroy() {
        stack.close();
    }

    private Ended check(String format) {
        return stack.upkeep("check", "--output", format).run().with(1);
    }

    @Test
    void peopleSeeWhatIsBrokenAndWhatToDo() {
        assertThat(check("human").out())
                .startsWith("DEGRADED  stack " + stack.name() + ": ")
                .contains("i2     DOWN", "check that the server runs and listens on this port");
    }

    @Test
    void jsonIsAsThePublishedSchemaHasIt() throws IOException {
        String document = check("json").out();

        assertThat(schema().validate(document, InputFormat.JSON)).isEmpty();
        JsonNode report = json.readTree(document);
        assertThat(report.path("status").asText()).isEqualTo("DEGRADED");
        assertThat(report.path("exitCode").asInt()).isEqualTo(1);
        assertThat(report.path("places").findValuesAsText("name")).contains("edge", "i1", "i2");
        assertThat(report.at("/places/2/reason/code").asText()).isEqualTo("CONNECTION_REFUSED");
    }

    @Test
    void theSchemaRefusesWhatIsNotADocumentOfOurs() throws IOException {
        String document = check("json").out();

        assertThat(schema().validate(document.replace("\"DEGRADED\"", "\"SICK\""), InputFormat.JSON))
                .isNotEmpty();
        assertThat(schema().validate(document.replaceFirst("\"summary\"", "\"sumary\""), InputFormat.JSON))
                .isNotEmpty();
        assertThat(schema().validate("{}", InputFormat.JSON)).isNotEmpty();
    }

    @Test
    void everyLineOfJsonLinesIsADocument() {
        Stream.of(
                        check("jsonl"),
                        stack.upkeep("wait", "--output", "jsonl", "--interval", "200ms", "--within", "1s")
                                .run()
                                .with(1))
                .flatMap(ended -> ended.out().lines())
                .forEach(line -> assertThat(schema().validate(line, InputFormat.JSON))
                        .as(line)
                        .isEmpty());
    }

    @Test
    void prometheusReadsTheMetrics() throws IOException {
        Files.writeString(home.resolve("upkeep.prom"), check("prometheus").out());
        String program = """
                from prometheus_client.parser import text_string_to_metric_families
                with open('upkeep.prom', encoding='utf-8') as file:
                    families = list(text_string_to_metric_families(file.read()))
                assert len({family.name for family in families}) == len(families), 'a family comes twice'
                for family in families:
                    assert family.type == 'gauge' and family.documentation, family
                    for sample in family.samples:
                        labels = ' '.join(f'{key}={value}' for key, value in sorted(sample.labels.items()))
                        print(f'{sample.name} {labels} {sample.value:g}')
                """;

        Ended parsed = Program.of(home, "/usr/bin/python3", "-c", program).run().with(0);

        String subject = "subject=stack " + stack.name();
        assertThat(parsed.out().lines())
                .contains(
                        "upkeep_check_status status=degraded " + subject + " 1",
                        "upkeep_check_status status=up " + subject + " 0",
                        "upkeep_place_status place=i1 role=origin status=up " + subject + " 1",
                        "upkeep_place_status place=i2 role=origin status=down " + subject + " 1",
                        "upkeep_place_reason_info place=i2 reason=CONNECTION_REFUSED role=origin " + subject + " 1",
                        "upkeep_place_http_status place=edge role=edge " + subject + " 200");
    }

    @Test
    void nagiosGetsOneLineOfItsGrammar() {
        String out = check("nagios").out();

        assertThat(out).endsWith("\n").hasLineCount(1);
        String[] halves = out.strip().split("\\|", -1);
        assertThat(halves).hasSize(2);
        assertThat(halves[0]).startsWith("UPKEEP WARNING - DEGRADED: ");
        assertThat(halves[1].strip().split("\\s+"))
                .isNotEmpty()
                .allMatch(value -> PERFORMANCE.matcher(value).matches());
    }

    @Test
    void theMonitoringPluginsTakeItForOneOfTheirs() throws IOException {
        String command =
                String.join(" ", stack.upkeep("check", "--output", "nagios").words());
        Path plugin = home.resolve("check_upkeep");
        // They start plugins with an empty environment and in any folder.
        Files.writeString(
                plugin,
                "#!/bin/sh\ncd " + home + " || exit 3\nXDG_STATE_HOME=" + home.resolve("state") + " exec " + command
                        + "\n");
        Files.setPosixFilePermissions(plugin, PosixFilePermissions.fromString("rwx------"));

        Ended turned = Program.of(home, negate().toString(), "-t", "40", "-w", "CRITICAL", "-s", plugin.toString())
                .run()
                .with(2);

        assertThat(turned.out()).startsWith("UPKEEP CRITICAL - DEGRADED: ").contains(" | time=");
    }

    private static Path negate() {
        return Stream.of("/usr/lib/nagios/plugins", "/usr/lib64/nagios/plugins", "/usr/lib/monitoring-plugins")
                .map(folder -> Path.of(folder, "negate"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("negate of the monitoring plugins is not installed"));
    }

    @Test
    void mavensReaderOfTestReportsSeesTheFailure() throws IOException {
        Path reports = Files.createDirectory(home.resolve("reports"));
        Files.writeString(reports.resolve("TEST-upkeep.xml"), check("junit").out());

        List<ReportTestSuite> suites =
                new SurefireReportParser(List.of(reports.toFile()), new NullConsoleLogger()).parseXMLReportFiles();

        assertThat(suites).singleElement().satisfies(suite -> {
            assertThat(suite.getNumberOfTests()).isEqualTo(3);
            assertThat(suite.getNumberOfFailures()).isEqualTo(1);
            assertThat(suite.getNumberOfErrors()).isZero();
            assertThat(suite.getTestCases()).extracting(ReportTestCase::getName).containsExactly("edge", "i1", "i2");
            assertThat(suite.getTestCases())
                    .filteredOn(ReportTestCase::hasFailure)
                    .singleElement()
                    .satisfies(failed -> {
                        assertThat(failed.getName()).isEqualTo("i2");
                        assertThat(failed.getFailureType()).isEqualTo("CONNECTION_REFUSED");
                    });
        });
    }

    private Schema schema() {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(published(), InputFormat.JSON);
    }

    private String published() {
        return stack.upkeep("schema", "check").run().with(0).out();
    }
}
