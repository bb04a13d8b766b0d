package dev.upkeep.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.upkeep.cli.Run;
import dev.upkeep.cli.output.JsonText.Body;
import dev.upkeep.infra.inventory.Instance;
import dev.upkeep.infra.inventory.InstanceHealth;
import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.infra.inventory.Release;
import dev.upkeep.infra.inventory.Rotation;
import dev.upkeep.infra.inventory.StackState;
import dev.upkeep.infra.inventory.StackStatus;
import dev.upkeep.infra.plan.Action;
import dev.upkeep.infra.plan.Change;
import dev.upkeep.infra.plan.FieldChange;
import dev.upkeep.infra.plan.Plan;
import dev.upkeep.infra.progress.Operation;
import dev.upkeep.infra.progress.Phase;
import dev.upkeep.infra.progress.ProgressEvent;
import dev.upkeep.infra.spec.StackName;
import dev.upkeep.infra.spec.StackSpec;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StackSchemaTest {

    private static final StackName SHOP = StackName.of("shop");
    private static final Release RELEASE = new Release("1.0.6", Release.NONE, "sample");
    private static final Instant NOW = Instant.parse("2026-11-22T10:15:30.123Z");

    private final String text = Run.in(Path.of(""), "schema", "stack").out();
    private final Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(text, InputFormat.JSON);

    @Test
    void everyPlanFits() {
        StackSpec spec = StackSpec.builder("shop", "1.0.6").build();
        fits(json -> StackJsonWriter.plan(new Plan(spec, List.of(), "nothing"), json));
        for (Action action : Action.values()) {
            Change change = new Change("edge", action, List.of(new FieldChange("version", "", "1.0.6")), "it is new");
            fits(json -> StackJsonWriter.plan(new Plan(spec, List.of(change), "4711"), json));
        }
    }

    @Test
    void everyStatusFits() {
        fits(json -> StackJsonWriter.status(StackStatus.absent(SHOP), json));
        for (StackState state : List.of(StackState.RUNNING, StackState.IN_PROGRESS, StackState.DOWN)) {
            for (InstanceHealth health : InstanceHealth.values()) {
                for (Rotation rotation : Rotation.values()) {
                    fits(json -> StackJsonWriter.status(status(state, health, rotation), json));
                }
            }
        }
    }

    @Test
    void everyStepFits() {
        for (Phase phase : Phase.values()) {
            fits(json -> StackJsonWriter.event(new ProgressEvent(NOW, "instance i1", phase, "start with 1.0.6"), json));
        }
    }

    @Test
    void knowsEveryWordThereIs() throws IOException {
        JsonNode words = new ObjectMapper().readTree(text).path("$defs");

        assertThat(words(words, "/change/properties/action")).isEqualTo(written(Action.values()));
        assertThat(words(words, "/status/properties/state")).isEqualTo(written(StackState.values()));
        assertThat(words(words, "/instance/properties/health")).isEqualTo(written(InstanceHealth.values()));
        assertThat(words(words, "/instance/properties/rotation")).isEqualTo(written(Rotation.values()));
        assertThat(words(words, "/operation/properties/kind")).isEqualTo(written(Operation.Kind.values()));
        assertThat(words(words, "/progress/properties/phase")).isEqualTo(written(Phase.values()));
    }

    @Test
    void refusesOtherDocuments() {
        String down = JsonText.line(
                json -> StackJsonWriter.status(status(StackState.DOWN, InstanceHealth.HUNG, Rotation.IN), json));

        for (String other : List.of(
                "{}",
                "{\"type\":\"plan\"}",
                down.replace("\"hung\"", "\"sick\""),
                down.replace("\"down\"", "\"absent\""),
                down.replace("\"zone\"", "\"zoen\""))) {
            assertThat(schema.validate(other, InputFormat.JSON)).as(other).isNotEmpty();
        }
    }

    private static StackStatus status(StackState state, InstanceHealth health, Rotation rotation) {
        InetSocketAddress address = InetSocketAddress.createUnresolved("127.0.0.1", 21368);
        Instance instance = new Instance(InstanceId.of("i1"), "local", address, RELEASE, health, rotation);
        Operation operation = new Operation(Operation.Kind.APPLY, "root@host", 4711, NOW);
        return new StackStatus(
                SHOP,
                state,
                Optional.of(URI.create("http://127.0.0.1:21367/")),
                List.of(instance),
                state == StackState.IN_PROGRESS ? Optional.of(operation) : Optional.empty(),
                state == StackState.DOWN ? List.of("edge: HAProxy does not run") : List.of());
    }

    private void fits(Body body) {
        String json = JsonText.document(body);
        assertThat(schema.validate(json, InputFormat.JSON)).as(json).isEmpty();
    }

    private static List<String> words(JsonNode definitions, String property) {
        List<String> words = new ArrayList<>();
        definitions.at(property + "/enum").forEach(word -> words.add(word.asText()));
        return words;
    }

    private static List<String> written(Enum<?>... constants) {
        return Arrays.stream(constants)
                .map(constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
    }
}
