package dev.upkeep.cli.output;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.infra.logs.LogLine;
import dev.upkeep.infra.spec.StackName;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Lines of logs, for people and as JSON. */
public final class LogOutput {

    private static final String NO_TIME = " ".repeat("2026-11-27T10:00:00Z".length());

    private LogOutput() {}

    /** When, where, and the line. What would move the cursor of a terminal or colour it is made visible. */
    public static String text(LogLine line) {
        String at = line.at()
                .map(time -> time.truncatedTo(ChronoUnit.SECONDS).toString())
                .orElse(NO_TIME);
        String where =
                line.instance().map(id -> id + "/").orElse("") + line.source().word();
        return at + "  " + where + "  " + visible(line.text());
    }

    private static String visible(String text) {
        if (text.chars().noneMatch(LogOutput::isControl)) {
            return text;
        }
        StringBuilder shown = new StringBuilder();
        text.chars().forEach(c -> shown.append(isControl(c) ? "\\x" + hex(c) : String.valueOf((char) c)));
        return shown.toString();
    }

    private static boolean isControl(int c) {
        return c != '\t' && Character.isISOControl(c);
    }

    private static String hex(int c) {
        return (c < 16 ? "0" : "") + Integer.toHexString(c);
    }

    /** All lines of an answer. */
    public static void lines(StackName stack, List<LogLine> lines, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "logs");
        json.writeStringField("stack", stack.text());
        json.writeArrayFieldStart("lines");
        for (LogLine line : lines) {
            line(line, json);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** One line. */
    public static void line(LogLine line, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "log");
        if (line.at().isPresent()) {
            json.writeStringField("at", line.at().get().toString());
        }
        if (line.instance().isPresent()) {
            InstanceId id = line.instance().get();
            json.writeStringField("instance", id.text());
        }
        json.writeStringField("source", line.source().word());
        json.writeStringField("text", line.text());
        json.writeEndObject();
    }
}
