package dev.upkeep.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.upkeep.checker.gate.Convergence;
import dev.upkeep.checker.gate.Round;
import dev.upkeep.checker.verdict.Reason;
import dev.upkeep.cli.terminal.Palette;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class CheckSchemaTest {

    private final String text = resource();
    private final Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(text, InputFormat.JSON);

    @Test
    void everyKindOfReportFits() {
        for (CheckReport report : Reports.all()) {
            for (OutputFormat format : new OutputFormat[] {OutputFormat.JSON, OutputFormat.JSONL}) {
                String json =
                        printed(out -> CheckOutput.of(format, Palette.PLAIN).write(report, out));
                assertThat(schema.validate(json, InputFormat.JSON)).as(json).isEmpty();
            }
        }
    }

    @Test
    void everyLineOfWaitingFits() {
        for (CheckReport report : Reports.all()) {
            Round<CheckReport> round = new Round<>(4, 0, Duration.ofSeconds(6), report);
            WaitOutput<CheckReport> output = new WaitOutput<>(OutputFormat.JSONL, Palette.PLAIN, Function.identity());
            String line = printed(out -> output.round(round, out));
            String end = printed(out -> output.end(new Convergence.NotConverged<>(round), out));

            assertThat(schema.validate(line, InputFormat.JSON)).as(line).isEmpty();
            assertThat(schema.validate(end, InputFormat.JSON)).as(end).isEmpty();
        }
    }

    @Test
    void knowsEveryReasonThereIs() throws IOException {
        JsonNode codes = new ObjectMapper().readTree(text).at("/$defs/reason/properties/code/enum");

        assertThat(codes)
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Reason.values()).map(Reason::name).toList());
    }

    @Test
    void refusesOtherDocuments() {
        assertThat(schema.validate("{\"type\":\"check\"}", InputFormat.JSON)).isNotEmpty();
        String json =
                printed(out -> CheckOutput.of(OutputFormat.JSON, Palette.PLAIN).write(Reports.down(), out));
        assertThat(schema.validate(json.replace("\"DOWN\"", "\"UP\""), InputFormat.JSON))
                .isNotEmpty();
        assertThat(schema.validate(json.replace("\"summary\"", "\"sumary\""), InputFormat.JSON))
                .isNotEmpty();
    }

    private static String printed(Consumer<PrintStream> writer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
            writer.accept(out);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static String resource() {
        try (InputStream stream = Objects.requireNonNull(
                CheckSchemaTest.class.getResourceAsStream("/dev/upkeep/cli/check-output.schema.json"))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
