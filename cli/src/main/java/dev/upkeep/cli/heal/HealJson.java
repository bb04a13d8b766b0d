package dev.upkeep.cli.heal;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.upkeep.cli.output.StackJsonWriter;
import dev.upkeep.remediation.audit.AuditEntry;
import dev.upkeep.remediation.diagnosis.Diagnosis;
import dev.upkeep.remediation.guard.Refusal;
import dev.upkeep.remediation.outcome.Outcome;
import dev.upkeep.remediation.remedy.Remedy;
import dev.upkeep.remediation.shell.CommandLine;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Visits as JSON. */
public final class HealJson {

    private HealJson() {}

    /** All visits of one run. */
    public static void write(String subject, List<Visited> visits, int exitCode, JsonGenerator json)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "heal");
        json.writeStringField("subject", subject);
        json.writeNumberField("exitCode", exitCode);
        json.writeArrayFieldStart("hosts");
        for (Visited visit : visits) {
            host(visit, json);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void host(Visited visit, JsonGenerator json) throws IOException {
        Outcome outcome = visit.outcome();
        json.writeStartObject();
        json.writeStringField("name", visit.name());
        json.writeStringField("outcome", kind(outcome));
        json.writeBooleanField("needsAttention", outcome.needsAttention());
        json.writeStringField("condition", StackJsonWriter.lower(outcome.sight().condition()));
        json.writeStringField("seen", outcome.sight().words());
        if (outcome instanceof Outcome.Healed healed) {
            diagnosis(healed.diagnosis(), json);
            remedies(healed.remedies(), json);
            json.writeNumberField("seconds", healed.took().toMillis() / 1000.0);
        } else if (outcome instanceof Outcome.NotHealed not) {
            diagnosis(not.diagnosis(), json);
            remedies(not.remedies(), json);
            if (!not.problem().isEmpty()) {
                json.writeStringField("problem", not.problem());
            }
        } else if (outcome instanceof Outcome.Refused refused) {
            diagnosis(refused.diagnosis(), json);
            refusal(refused.refusal(), json);
        } else if (outcome instanceof Outcome.OutOfReach lost) {
            json.writeStringField("failure", StackJsonWriter.lower(lost.failure()));
            json.writeStringField("problem", lost.message());
            remedies(lost.remedies(), json);
        } else if (outcome instanceof Outcome.Rehearsed rehearsed) {
            diagnosis(rehearsed.diagnosis(), json);
            remedies(rehearsed.remedy().stream().toList(), json);
            if (rehearsed.refusal().isPresent()) {
                refusal(rehearsed.refusal().get(), json);
            }
        }
        audit(outcome.audit(), json);
        json.writeEndObject();
    }

    private static String kind(Outcome outcome) {
        return outcome.getClass()
                .getSimpleName()
                .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
                .toLowerCase(Locale.ROOT);
    }

    private static void diagnosis(Diagnosis diagnosis, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("diagnosis");
        json.writeStringField("cause", StackJsonWriter.lower(diagnosis.cause()));
        if (diagnosis.service().isPresent()) {
            json.writeStringField("service", diagnosis.service().get().describe());
        }
        json.writeStringField("found", diagnosis.found());
        json.writeStringField("next", diagnosis.next());
        StackJsonWriter.texts("evidence", diagnosis.evidence(), json);
        json.writeEndObject();
    }

    private static void remedies(List<Remedy> remedies, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("remedies");
        for (Remedy remedy : remedies) {
            json.writeStartObject();
            json.writeStringField("kind", StackJsonWriter.lower(remedy.kind()));
            json.writeStringField("service", remedy.service().describe());
            StackJsonWriter.texts(
                    "commands",
                    remedy.commands().stream().map(CommandLine::inShell).toList(),
                    json);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void refusal(Refusal refusal, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("refusal");
        json.writeStringField("kind", StackJsonWriter.lower(refusal.kind()));
        json.writeStringField("found", refusal.found());
        if (refusal.until().isPresent()) {
            json.writeStringField("until", refusal.until().get().toString());
        }
        json.writeEndObject();
    }

    private static void audit(List<AuditEntry> audit, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("audit");
        for (AuditEntry entry : audit) {
            json.writeStartObject();
            json.writeStringField("at", entry.at().toString());
            json.writeStringField("who", entry.who());
            json.writeStringField("host", entry.host());
            json.writeStringField("purpose", entry.purpose());
            StackJsonWriter.texts("argv", entry.command().argv(), json);
            json.writeStringField("result", entry.result());
            json.writeStringField("output", entry.output());
            json.writeNumberField("seconds", entry.took().toMillis() / 1000.0);
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
