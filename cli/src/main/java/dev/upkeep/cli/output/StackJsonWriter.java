package dev.upkeep.cli.output;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.upkeep.infra.drift.Drift;
import dev.upkeep.infra.drift.DriftedResource;
import dev.upkeep.infra.inventory.FailedOperation;
import dev.upkeep.infra.inventory.Instance;
import dev.upkeep.infra.inventory.Output;
import dev.upkeep.infra.inventory.Problem;
import dev.upkeep.infra.inventory.StackStatus;
import dev.upkeep.infra.plan.Change;
import dev.upkeep.infra.plan.FieldChange;
import dev.upkeep.infra.plan.Money;
import dev.upkeep.infra.plan.Plan;
import dev.upkeep.infra.progress.Operation;
import dev.upkeep.infra.progress.ProgressEvent;
import dev.upkeep.infra.spec.StackName;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Plans, stacks and progress as JSON. */
public final class StackJsonWriter {

    private StackJsonWriter() {}

    /** What an apply would do, and what somebody has changed by hand, if that was looked for. */
    public static void plan(Plan plan, Optional<Drift> drift, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "plan");
        json.writeStringField("stack", plan.stack().text());
        json.writeStringField("platform", plan.platform());
        json.writeStringField("created", plan.created().toString());
        json.writeStringField("expires", plan.expires().toString());
        json.writeObjectFieldStart("basis");
        for (Map.Entry<String, String> fact : plan.basis().facts().entrySet()) {
            json.writeStringField(fact.getKey(), fact.getValue());
        }
        json.writeEndObject();
        json.writeArrayFieldStart("changes");
        for (Change change : plan.changes()) {
            change(change, json);
        }
        json.writeEndArray();
        if (plan.monthly().isPresent()) {
            json.writeObjectFieldStart("monthly");
            money("before", plan.monthly().get().before(), json);
            money("after", plan.monthly().get().after(), json);
            json.writeEndObject();
        }
        texts("notes", plan.notes(), json);
        if (drift.isPresent()) {
            drift(drift.get(), json);
        }
        json.writeEndObject();
    }

    public static void texts(String name, List<String> texts, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    private static void money(String name, Money money, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("amount", money.amount());
        json.writeStringField("currency", money.currency().getCurrencyCode());
        json.writeEndObject();
    }

    private static void drift(Drift drift, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("drift");
        json.writeArrayFieldStart("resources");
        for (DriftedResource resource : drift.resources()) {
            json.writeStartObject();
            json.writeStringField("resource", resource.resource());
            json.writeStringField("kind", lower(resource.kind()));
            json.writeArrayFieldStart("fields");
            for (FieldChange field : resource.fields()) {
                json.writeStartObject();
                json.writeStringField("field", field.field());
                json.writeStringField("expected", field.from());
                json.writeStringField("found", field.to());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeStringField("next", resource.next());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNumberField("compared", drift.compared());
        texts("unchecked", drift.unchecked(), json);
        texts("failures", drift.failures(), json);
        texts("notes", drift.notes(), json);
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
        json.writeStringField("replacement", lower(change.replacement()));
        json.writeObjectFieldStart("impact");
        json.writeStringField("level", lower(change.impact().level()));
        json.writeStringField("sentence", change.impact().sentence());
        json.writeEndObject();
        if (change.monthly().isPresent()) {
            money("monthly", change.monthly().get(), json);
        }
        json.writeEndObject();
    }

    /** How a stack was found. */
    public static void status(StackStatus status, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "status");
        json.writeStringField("stack", status.stack().text());
        json.writeStringField("state", lower(status.state()));
        json.writeStringField("serving", lower(status.serving()));
        if (status.edge().isPresent()) {
            json.writeStringField("edge", status.edge().get().toString());
        }
        if (status.deployed().isPresent()) {
            json.writeStringField("deployed", status.deployed().get().version());
        }
        json.writeArrayFieldStart("instances");
        for (Instance instance : status.instances()) {
            instance(instance, json);
        }
        json.writeEndArray();
        if (status.operation().isPresent()) {
            json.writeFieldName("operation");
            operation(status.operation().get(), json);
        }
        if (status.failure().isPresent()) {
            failure(status.failure().get(), json);
        }
        json.writeArrayFieldStart("outputs");
        for (Output output : status.outputs()) {
            json.writeStartObject();
            json.writeStringField("name", output.name());
            json.writeStringField("value", output.value());
            json.writeStringField("description", output.description());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("problems");
        for (Problem problem : status.problems()) {
            json.writeStartObject();
            json.writeStringField("resource", problem.resource());
            json.writeStringField("message", problem.message());
            json.writeStringField("next", problem.next());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void instance(Instance instance, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", instance.id().text());
        json.writeStringField("health", lower(instance.health()));
        json.writeStringField("version", instance.version());
        if (instance.address().isPresent()) {
            json.writeStringField(
                    "address", SocketAddressText.text(instance.address().get()));
        }
        json.writeStringField("zone", instance.zone());
        json.writeStringField("rotation", lower(instance.rotation()));
        if (!instance.fault().isEmpty()) {
            json.writeStringField("fault", instance.fault());
        }
        if (instance.served().isPresent()) {
            json.writeObjectFieldStart("served");
            json.writeStringField("version", instance.served().get().version());
            json.writeBooleanField("ready", instance.served().get().isReady());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void failure(FailedOperation failure, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("failure");
        json.writeFieldName("operation");
        operation(failure.operation(), json);
        json.writeStringField("problem", failure.problem());
        json.writeEndObject();
    }

    private static void operation(Operation operation, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", operation.id());
        json.writeStringField("kind", lower(operation.kind()));
        json.writeStringField("by", operation.by());
        json.writeNumberField("pid", operation.pid());
        json.writeStringField("since", operation.since().toString());
        json.writeEndObject();
    }

    /** An operation, with what happened in it. */
    public static void events(Operation operation, List<ProgressEvent> events, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "events");
        json.writeFieldName("operation");
        operation(operation, json);
        json.writeArrayFieldStart("events");
        for (ProgressEvent event : events) {
            event(event, json);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** What whoever uses a stack has to know, by name. */
    public static void outputs(StackName stack, List<Output> outputs, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "outputs");
        json.writeStringField("stack", stack.text());
        json.writeObjectFieldStart("outputs");
        for (Output output : outputs) {
            json.writeStringField(output.name(), output.value());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    /** One step. */
    public static void event(ProgressEvent event, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "progress");
        json.writeNumberField("id", event.id());
        json.writeStringField("at", event.at().toString());
        json.writeStringField("resource", event.resource());
        json.writeStringField("phase", lower(event.kind()));
        json.writeStringField("message", event.message());
        json.writeEndObject();
    }

    /** A constant as all output for machines has it, such as {@code restart-loop}. */
    public static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
