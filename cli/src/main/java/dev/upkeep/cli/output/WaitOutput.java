package dev.upkeep.cli.output;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.upkeep.checker.gate.Convergence;
import dev.upkeep.checker.gate.Round;
import dev.upkeep.cli.terminal.Durations;
import dev.upkeep.cli.terminal.Palette;
import java.io.IOException;
import java.io.PrintStream;

/** Writes how waiting at the gate goes, and how it ended. */
public final class WaitOutput {

    private final OutputFormat format;
    private final Palette palette;
    private final String subject;

    /**
     * A writer.
     *
     * @param subject what is waited for
     * @param palette whether text for people is coloured
     */
    public WaitOutput(OutputFormat format, Palette palette, String subject) {
        this.format = format;
        this.palette = palette;
        this.subject = subject;
    }

    /** A round in one line, for people. */
    public static String line(Round round, int needed) {
        CheckReport report = CheckReport.of("", round.verdict());
        String what = report.isSingle()
                ? Summary.afterStatus(round.verdict().members().get(0).verdict())
                : Summary.of(report).substring(2);
        return "round " + round.number() + " at " + Durations.text(round.elapsed()) + ": "
                + round.verdict().status() + ": " + what + "; good in a row: " + round.goodInARow() + " of " + needed;
    }

    /** A round, where every round is a result. */
    public void round(Round round, PrintStream out) {
        if (format == OutputFormat.JSONL) {
            out.print(JsonText.line(json -> round("round", round, json)) + "\n");
        }
    }

    /** The end. */
    public void end(Convergence convergence, PrintStream out) {
        boolean converged = convergence.match(yes -> true, no -> false);
        Round last = convergence.last();
        switch (format) {
            case HUMAN -> human(converged, last, out);
            case JSON -> out.print(JsonText.document(json -> last(converged, last, json)) + "\n");
            case JSONL -> out.print(JsonText.line(json -> last(converged, last, json)) + "\n");
            default -> CheckOutput.of(format, palette).write(CheckReport.of(subject, last.verdict()), out);
        }
    }

    private void human(boolean converged, Round last, PrintStream out) {
        out.println((converged ? "converged" : "NOT converged") + " after " + rounds(last.number()) + " in "
                + Durations.text(last.elapsed())
                + (converged ? "" : "; good in a row at the end: " + last.goodInARow()));
        CheckOutput.of(format, palette).write(CheckReport.of(subject, last.verdict()), out);
    }

    private static String rounds(int number) {
        return number == 1 ? "1 round" : number + " rounds";
    }

    private void last(boolean converged, Round last, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "wait");
        json.writeBooleanField("converged", converged);
        fields(last, json);
        json.writeEndObject();
    }

    private void round(String type, Round round, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", type);
        fields(round, json);
        json.writeEndObject();
    }

    private void fields(Round round, JsonGenerator json) throws IOException {
        json.writeNumberField("round", round.number());
        json.writeNumberField("goodInARow", round.goodInARow());
        CheckJson.millis("elapsedMillis", round.elapsed(), json);
        CheckJson.report(CheckReport.of(subject, round.verdict()), json);
    }
}
