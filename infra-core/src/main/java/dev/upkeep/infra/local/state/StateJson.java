package dev.upkeep.infra.local.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.upkeep.infra.inventory.FailedOperation;
import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.infra.inventory.Rotation;
import dev.upkeep.infra.inventory.StackState;
import dev.upkeep.infra.json.ReleaseJson;
import dev.upkeep.infra.progress.Operation;
import dev.upkeep.infra.spec.Shape;
import dev.upkeep.infra.spec.StackName;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The state file's form, field by field, so that renaming a class never changes what lies on a disk. */
final class StateJson {

    /** Raised when an older program could not read the file. */
    private static final int FORMAT = 2;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private StateJson() {}

    static String write(StackRecord stack) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("format", FORMAT);
        root.put("shape", stack.shape().name());
        root.put("edgePort", stack.edgePort());
        ArrayNode instances = root.putArray("instances");
        stack.instances().forEach(instance -> instances.add(instance(instance)));
        stack.deployed().ifPresent(release -> ReleaseJson.write(release, root.putObject("deployed")));
        stack.operation().ifPresent(operation -> root.set("operation", operation(operation)));
        stack.failure().ifPresent(failure -> root.set("failed", failed(failure)));
        return root.toPrettyString() + "\n";
    }

    private static ObjectNode instance(InstanceRecord instance) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("id", instance.id().text());
        node.put("port", instance.port());
        node.put("appPort", instance.appPort());
        node.put("rotation", instance.rotation().name());
        node.put("settled", instance.settled());
        ReleaseJson.write(instance.release(), node.putObject("release"));
        return node;
    }

    private static ObjectNode failed(FailedOperation failure) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.set("operation", operation(failure.operation()));
        failure.left().ifPresent(state -> node.put("left", state.name()));
        return node.put("problem", failure.problem());
    }

    static ObjectNode operation(Operation operation) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", operation.id())
                .put("stack", operation.stack().text())
                .put("kind", operation.kind().name())
                .put("by", operation.by())
                .put("pid", operation.pid())
                .put("since", operation.since().toString());
    }

    /** Not damage: whoever wrote it knows what it means. */
    static boolean isNewer(String text) {
        try {
            return MAPPER.readTree(text).path("format").asInt() > FORMAT;
        } catch (IOException damaged) {
            return false;
        }
    }

    /** Throws an IOException or a RuntimeException for anything that {@link #write} would not have written. */
    static StackRecord read(String text) throws IOException {
        JsonNode root = MAPPER.readTree(text);
        if (root.required("format").asInt() != FORMAT) {
            throw new IOException("its format is " + root.get("format") + ", this program knows " + FORMAT);
        }
        List<InstanceRecord> instances = new ArrayList<>();
        root.required("instances").forEach(node -> instances.add(instance(node)));
        return new StackRecord(
                Shape.valueOf(root.required("shape").asText()),
                root.required("edgePort").asInt(),
                instances,
                Optional.ofNullable(root.get("deployed")).map(ReleaseJson::read),
                Optional.ofNullable(root.get("operation")).map(StateJson::operation),
                Optional.ofNullable(root.get("failed")).map(StateJson::failed));
    }

    private static FailedOperation failed(JsonNode node) {
        return new FailedOperation(
                operation(node.required("operation")),
                Optional.ofNullable(node.get("left")).map(JsonNode::asText).map(StackState::valueOf),
                node.required("problem").asText());
    }

    private static InstanceRecord instance(JsonNode node) {
        return new InstanceRecord(
                InstanceId.of(node.required("id").asText()),
                node.required("port").asInt(),
                node.required("appPort").asInt(),
                ReleaseJson.read(node.required("release")),
                Rotation.valueOf(node.required("rotation").asText()),
                node.required("settled").asBoolean());
    }

    static Operation operation(JsonNode node) {
        return new Operation(
                node.required("id").asText(),
                StackName.of(node.required("stack").asText()),
                Operation.Kind.valueOf(node.required("kind").asText()),
                node.required("by").asText(),
                node.required("pid").asLong(),
                Instant.parse(node.required("since").asText()));
    }

    static JsonNode tree(String text) throws IOException {
        return MAPPER.readTree(text);
    }
}
