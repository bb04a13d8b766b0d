package dev.upkeep.cli.output;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.upkeep.infra.inventory.Instance;
import dev.upkeep.infra.inventory.StackStatus;
import dev.upkeep.infra.plan.Change;
import dev.upkeep.infra.plan.FieldChange;
import dev.upkeep.infra.plan.Plan;
import dev.upkeep.infra.progress.Operation;
import dev.upkeep.infra.progress.ProgressEvent;
import java.io.IOException;
import java.util.Locale;

/** Plans, stacks and progress as JSON. */
public final class StackJsonWriter {

    private StackJsonWriter() {}

    /** What an apply would do. */
    public static void plan(Plan plan, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "plan");
        json.writeStringField("stack", plan.spec().name().text());
        json.writeStringField("basis", plan.basis());
        json.writeArrayFieldStart("changes");
        for (Change change : plan.changes()) {
            change(change, json);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void change(Change change, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("resource", change.resource());
        json.writeStringField("action", lower(change.action()));
        json.writeStringField("reason", change.reason());
        json.writeArrayFieldStart("fields");
        for (FieldChange field : change.fields()) {
            json.writeStartObject();
            json.writeStringField("field", field.field());
            json.writeStringField("from", field.from());
            json.writeStringField("to", field.to());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** How a stack was found. */
    public static void status(StackStatus status, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "status");
        json.writeStringField("stack", status.stack().text());
        json.writeStringField("state", lower(status.state()));
        if (status.edge().isPresent()) {
            json.writeStringField("edge", status.edge().get().toString());
        }
        json.writeArrayFieldStart("instances");
        for (Instance instance : status.instances()) {
            instance(instance, json);
        }
        json.writeEndArray();
        if (status.operation().isPresent()) {
            operation(status.operation().get(), json);
        }
        json.writeArrayFieldStart("problems");
        for (String problem : status.problems()) {
            json.writeString(problem);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void instance(Instance instance, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", instance.id().text());
        json.writeStringField("health", lower(instance.health()));
        json.writeStringField("version", instance.version());
        json.writeStringField("address", SocketAddressText.text(instance.address()));
        json.writeStringField("zone", instance.zone());
        json.writeStringField("rotation", lower(instance.rotation()));
        json.writeEndObject();
    }

    private static void operation(Operation operation, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("operation");
        json.writeStringField("kind", lower(operation.kind()));
        json.writeStringField("by", operation.by());
        json.writeNumberField("pid", operation.pid());
        json.writeStringField("since", operation.since().toString());
        json.writeEndObject();
    }

    /** One step. */
    public static void event(ProgressEvent event, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "progress");
        json.writeStringField("at", event.at().toString());
        json.writeStringField("resource", event.resource());
        json.writeStringField("phase", lower(event.phase()));
        json.writeStringField("message", event.message());
        json.writeEndObject();
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
