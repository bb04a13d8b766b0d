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
import dev.upkeep.infra.bake.BakedImage;
import dev.upkeep.infra.bake.Pruning;
import dev.upkeep.infra.drift.Drift;
import dev.upkeep.infra.drift.DriftedResource;
import dev.upkeep.infra.image.reference.Architecture;
import dev.upkeep.infra.inventory.Application;
import dev.upkeep.infra.inventory.FailedOperation;
import dev.upkeep.infra.inventory.Instance;
import dev.upkeep.infra.inventory.InstanceHealth;
import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.infra.inventory.Output;
import dev.upkeep.infra.inventory.Problem;
import dev.upkeep.infra.inventory.Release;
import dev.upkeep.infra.inventory.Rotation;
import dev.upkeep.infra.inventory.Serving;
import dev.upkeep.infra.inventory.StackState;
import dev.upkeep.infra.inventory.StackStatus;
import dev.upkeep.infra.logs.LogLine;
import dev.upkeep.infra.logs.LogSource;
import dev.upkeep.infra.plan.Action;
import dev.upkeep.infra.plan.Basis;
import dev.upkeep.infra.plan.Change;
import dev.upkeep.infra.plan.Estimate;
import dev.upkeep.infra.plan.FieldChange;
import dev.upkeep.infra.plan.Impact;
import dev.upkeep.infra.plan.Money;
import dev.upkeep.infra.plan.Plan;
import dev.upkeep.infra.plan.Replacement;
import dev.upkeep.infra.progress.EventKind;
import dev.upkeep.infra.progress.Operation;
import dev.upkeep.infra.progress.ProgressEvent;
import dev.upkeep.infra.spec.AppHealth;
import dev.upkeep.infra.spec.StackName;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StackSchemaTest {

    private static final StackName SHOP = StackName.of("shop");
    private static final Release RELEASE =
            new Release("1.0.6", Optional.empty(), new Application.Sample(AppHealth.standard()));
    private static final Instant NOW = Instant.parse("2026-11-22T10:15:30.123Z");

    private final String text = Run.in(Path.of(""), "schema", "stack").out();
    private final Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(text, InputFormat.JSON);

    @Test
    void everyPlanFits() {
        fits(json -> StackJsonWriter.plan(plan(List.of()), Optional.empty(), json));
        for (Action action : Action.values()) {
            for (Impact.Level level : Impact.Level.values()) {
                Change change = new Change(
                        "edge",
                        action,
                        List.of(new FieldChange("version", "", "1.0.6")),
                        "it is new",
                        Replacement.MAYBE,
                        new Impact(level, "because"),
                        Optional.of(new Money(new BigDecimal("-3.50"), Currency.getInstance("USD"))));
                fits(json -> StackJsonWriter.plan(plan(List.of(change)), Optional.empty(), json));
            }
        }
    }

    @Test
    void aPlanWithItsCostsAndWhatWasChangedByHandFits() {
        Money money = new Money(new BigDecimal("51.05"), Currency.getInstance("USD"));
        for (DriftedResource.Kind kind : DriftedResource.Kind.values()) {
            Drift drift = new Drift(
                    List.of(new DriftedResource("Vpc", kind, List.of(new FieldChange("Dns", "on", "")), "put it back")),
                    24,
                    List.of("Record (AWS::Route53::RecordSet)"),
                    List.of("not all could be compared"),
                    List.of("it was looked at"));
            fits(json -> StackJsonWriter.plan(
                    plan(List.of()).costing(Optional.of(new Estimate(money, money))), Optional.of(drift), json));
        }
    }

    @Test
    void allAboutMachineImagesFits() {
        for (BakedImage.State state : BakedImage.State.values()) {
            for (Optional<Architecture> processor :
                    List.of(Optional.<Architecture>empty(), Optional.of(Architecture.ARM64))) {
                BakedImage image = new BakedImage(
                        "ami-1",
                        "upkeep-shop-0123456789ab",
                        state,
                        NOW,
                        new BakedImage.Contents("0123456789ab", "ami-0", processor, "1.0.6"),
                        8,
                        processor.map(any -> NOW),
                        List.of("instance i-1"));
                fits(json -> AmiOutput.list("shop", List.of(image), json));
                fits(json -> AmiOutput.image("shop", image, json));
                Pruning pruning = new Pruning(
                        SHOP,
                        List.of(image),
                        List.of(new Pruning.Staying(image, "used by instance i-1")),
                        List.of("snapshot snap-1, whose image is gone"));
                fits(json -> AmiOutput.pruning(pruning, json));
            }
        }
    }

    private static Plan plan(List<Change> changes) {
        Basis basis = Basis.of(Map.of("edge", "single on port 20000, sound"));
        return new Plan(SHOP, "local", Optional.empty(), NOW, NOW.plus(Plan.LIFETIME), basis, changes)
                .noting(List.of("takes a while"));
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
    void whatIsToldLaterFits() {
        Operation operation = new Operation("7", SHOP, Operation.Kind.APPLY, "me", 0, NOW);
        ProgressEvent event = new ProgressEvent(0, NOW, "AWS", EventKind.NOTICE, "asked again");
        fits(json -> StackJsonWriter.events(operation, List.of(event), json));
        fits(json -> StackJsonWriter.outputs(
                SHOP, List.of(new Output("url", "http://127.0.0.1/", "where users reach it")), json));
    }

    @Test
    void everyLineOfALogFits() {
        for (LogSource source : LogSource.values()) {
            LogLine line = new LogLine(Optional.of(NOW), Optional.of(InstanceId.of("i1")), source, "\u001b[31mred");
            fits(json -> LogOutput.line(line, json));
            fits(json -> LogOutput.line(new LogLine(Optional.empty(), Optional.empty(), source, ""), json));
            fits(json -> LogOutput.lines(SHOP, List.of(line), json));
        }
    }

    @Test
    void everyStepFits() {
        for (EventKind kind : EventKind.values()) {
            fits(json ->
                    StackJsonWriter.event(new ProgressEvent(7, NOW, "instance i1", kind, "start with 1.0.6"), json));
        }
    }

    @Test
    void knowsEveryWordThereIs() throws IOException {
        JsonNode words = new ObjectMapper().readTree(text).path("$defs");

        assertThat(words(words, "/change/properties/action")).isEqualTo(written(Action.values()));
        assertThat(words(words, "/change/properties/replacement")).isEqualTo(written(Replacement.values()));
        assertThat(words(words, "/driftedResource/properties/kind")).isEqualTo(written(DriftedResource.Kind.values()));
        assertThat(words(words, "/impact/properties/level")).isEqualTo(written(Impact.Level.values()));
        assertThat(words(words, "/status/properties/serving")).isEqualTo(written(Serving.values()));
        assertThat(words(words, "/status/properties/state")).isEqualTo(written(StackState.values()));
        assertThat(words(words, "/instance/properties/health")).isEqualTo(written(InstanceHealth.values()));
        assertThat(words(words, "/instance/properties/rotation")).isEqualTo(written(Rotation.values()));
        assertThat(words(words, "/operation/properties/kind")).isEqualTo(written(Operation.Kind.values()));
        assertThat(words(words, "/progress/properties/phase")).isEqualTo(written(EventKind.values()));
    }

    @Test
    void refusesOtherDocuments() {
        String down = JsonText.line(
                json -> StackJsonWriter.status(status(StackState.DOWN, InstanceHealth.HUNG, Rotation.IN), json));

        for (String other : List.of(
                "{}",
                "{\"type\":\"plan\"}",
                down.replace("\"hung\"", "\"sick\""),
                down.replace("\"state\":\"down\"", "\"state\":\"absent\""),
                down.replace("\"zone\"", "\"zoen\""))) {
            assertThat(schema.validate(other, InputFormat.JSON)).as(other).isNotEmpty();
        }
    }

    private static StackStatus status(StackState state, InstanceHealth health, Rotation rotation) {
        InetSocketAddress address = InetSocketAddress.createUnresolved("127.0.0.1", 21368);
        Instance instance = new Instance(
                        InstanceId.of("i1"), "local", Optional.of(address), RELEASE, health, rotation, "it is tired")
                .answering(Optional.of(new Instance.Served("1.0.6", false)), health, "it is tired");
        Operation operation = new Operation("1", SHOP, Operation.Kind.APPLY, "root@host", 4711, NOW);
        return new StackStatus(
                SHOP,
                state,
                Serving.DOWN,
                Optional.of(URI.create("http://127.0.0.1:21367/")),
                state == StackState.RUNNING ? Optional.of(RELEASE) : Optional.empty(),
                List.of(instance),
                0,
                state == StackState.IN_PROGRESS ? Optional.of(operation) : Optional.empty(),
                state == StackState.ROLLED_BACK
                        ? Optional.of(new FailedOperation(operation, Optional.of(state), "instance i1 failed"))
                        : Optional.empty(),
                List.of(new Output("url", "http://127.0.0.1:21367/", "where users reach it")),
                state == StackState.DOWN
                        ? List.of(new Problem("edge", "HAProxy does not run", "upkeep apply"))
                        : List.of());
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
