package dev.upkeep.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigSchemaTest {

    private final String text = resource("/dev/upkeep/cli/upkeep.schema.json");
    private final Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(text, InputFormat.JSON);

    @Test
    void hasExactlyTheKeysThatTheReaderKnows() throws IOException {
        JsonNode root = new ObjectMapper().readTree(text);

        ConfigKeys.SECTIONS.forEach((pointer, keys) -> {
            List<String> documented = new ArrayList<>();
            JsonNode section = root.at(pointer.replace("/", "/properties/"));
            // A section that may also be one word has its keys in one of several forms.
            section.path("properties").fieldNames().forEachRemaining(documented::add);
            section.path("anyOf")
                    .forEach(form -> form.path("properties").fieldNames().forEachRemaining(documented::add));
            assertThat(documented).as("keys of \"%s\"", pointer).containsExactlyInAnyOrderElementsOf(keys);
        });
    }

    @Test
    void acceptsWhatInitWrites() {
        String template = resource("/dev/upkeep/cli/upkeep.yaml.template").replace("STACK", "shop");
        String everything = template.lines()
                .filter(line -> !line.startsWith("# y"))
                .map(line -> line.matches("# +[A-Za-z-]+:.*") ? line.substring(2) : line)
                .reduce("", (all, line) -> all + line + "\n");

        assertThat(schema.validate(template, InputFormat.YAML)).isEmpty();
        assertThat(schema.validate(everything, InputFormat.YAML)).isEmpty();
        assertThat(everything).contains("\ncheck:", "\nwait:", "\napp:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "platform: local\nversion: 1",
                "stack: shop\nplatform: lokal\nversion: 1",
                "stack: Shop\nplatform: local\nversion: 1",
                "stack: shop\nplatform: local\nverison: 1\nversion: 1",
                "stack: shop\nplatform: local\nversion: 1\ninstances: 0",
                "stack: shop\nplatform: local\nversion: 1\ncheck: { timeout: 10 }",
                "stack: shop\nplatform: local\nversion: 1\ncheck: { headers: { A: plain } }",
                "stack: shop\nplatform: local\nversion: 1\napp: { env: { PORT: 1 } }",
                "stack: shop\nplatform: local\nversion: 1\napp: { env: { A-B: 1 } }",
                "stack: shop\nplatform: local\nversion: 1\napp: { env: { A: [1] } }",
                "stack: shop\nplatform: aws\nversion: 1\napp: { secrets: { A: hunter2 } }",
                "stack: shop\nplatform: aws\nversion: 1\napp: { permissions: [{ actions: [s3:Get*] }] }",
                "stack: shop\nplatform: aws\nversion: 1\napp: { permissions: [ReadOnly] }",
            })
    void refusesWhatTheReaderRefuses(String yaml) {
        assertThat(schema.validate(yaml, InputFormat.YAML)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "stack: shop\nplatform: local\nversion: 1.10",
                "stack: ${STACK}\nplatform: ${WHERE:-local}\nversion: ${V}\ninstances: ${N}",
                "stack: shop\nplatform: local\nversion: 1\ncheck: { ready: [] }",
                "stack: shop\nplatform: local\nversion: 1\napp: { env: { LOG_LEVEL: info, N: 1, PORTS: true } }",
                "stack: shop\nplatform: aws\nversion: 1\napp: { permissions: ['arn:aws:iam::aws:policy/A',"
                        + " { actions: ['s3:*'], resources: ['*'] }] }",
                "stack: shop\nplatform: aws\nversion: 1\napp: { secrets: { A: /a/b, B: 'secretsmanager:b' } }",
                "stack: shop\nplatform: local\nversion: 1\ncheck: { ready: [/health, '${MORE}'] }",
                "stack: shop\nplatform: aws\nversion: 1.0.6\ncheck: { timeout: 1m30s, headers: { A: 'x ${B}' } }",
            })
    void acceptsWhatTheReaderAccepts(String yaml) {
        assertThat(schema.validate(yaml, InputFormat.YAML)).isEmpty();
    }

    private static String resource(String name) {
        try (InputStream stream = Objects.requireNonNull(ConfigSchemaTest.class.getResourceAsStream(name))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
