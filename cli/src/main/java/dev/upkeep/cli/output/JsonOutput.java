package dev.upkeep.cli.output;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintStream;

/** JSON as {@code check-output.schema.json} describes it, over several lines or in one. */
final class JsonOutput implements CheckOutput {

    private final boolean pretty;

    private JsonOutput(boolean pretty) {
        this.pretty = pretty;
    }

    static JsonOutput document() {
        return new JsonOutput(true);
    }

    static JsonOutput line() {
        return new JsonOutput(false);
    }

    @Override
    public void write(CheckReport report, PrintStream out) {
        JsonText.Body body = json -> report(report, json);
        out.print((pretty ? JsonText.document(body) : JsonText.line(body)) + "\n");
    }

    private static void report(CheckReport report, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "check");
        CheckJson.report(report, json);
        json.writeEndObject();
    }
}
