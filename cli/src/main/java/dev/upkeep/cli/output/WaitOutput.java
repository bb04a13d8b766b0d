package dev.upkeep.cli.output;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.upkeep.checker.gate.Convergence;
import dev.upkeep.checker.gate.Round;
import dev.upkeep.cli.terminal.Durations;
import dev.upkeep.cli.terminal.Palette;
import java.io.IOException;
import java.io.PrintStream;
import java.util.function.Function;

/**
 * Writes how waiting for convergence goes, and how it ended.
 *
 * @param <V> what a round finds: the verdict of one place, or of many
 */
public final class WaitOutput<V> {

    private final OutputFormat format;
    private final Palette palette;
    private final Function<? super V, CheckReport> reporter;

    /**
     * A writer.
     *
     * @param palette whether text for people is coloured
     * @param reporter makes the report of a round
     */
    public WaitOutput(OutputFormat format, Palette palette, Function<? super V, CheckReport> reporter) {
        this.format = format;
        this.palette = palette;
        this.reporter = reporter;
    }

    /** A round in one line, for people. */
    public String line(Round<? extends V> round, int needed) {
        CheckReport report = report(round);
        return "round " + round.number() + " at " + Durations.text(round.elapsed()) + ": " + report.status() + ": "
                + Summary.afterStatus(report) + "; good in a row: " + round.goodInARow() + " of " + needed;
    }

    /** A round, where every round is a result. */
    public void round(Round<? extends V> round, PrintStream out) {
        if (format == OutputFormat.JSONL) {
            out.print(JsonText.line(json -> round("round", round, json)) + "\n");
        }
    }

    /**
     * The end.
     *
     * @return what the last round exits with
     */
    public int end(Convergence<? extends V> convergence, PrintStream out) {
        boolean converged = convergence.match(yes -> true, no -> false);
        Round<? extends V> last = convergence.last();
        switch (format) {
            case HUMAN -> human(converged, last, out);
            case JSON -> out.print(JsonText.document(json -> last(converged, last, json)) + "\n");
            case JSONL -> out.print(JsonText.line(json -> last(converged, last, json)) + "\n");
            default -> CheckOutput.of(format, palette).write(report(last), out);
        }
        return report(last).exitCode();
    }

    private CheckReport report(Round<? extends V> round) {
        return reporter.apply(round.verdict());
    }

    private void human(boolean converged, Round<? extends V> last, PrintStream out) {
        out.println((converged ? "converged" : "NOT converged") + " after " + rounds(last.number()) + " in "
                + Durations.text(last.elapsed())
                + (converged ? "" : "; good in a row at the end: " + last.goodInARow()));
        CheckOutput.of(format, palette).write(report(last), out);
    }

    private static String rounds(int number) {
        return number == 1 ? "1 round" : number + " rounds";
    }

    private void last(boolean converged, Round<? extends V> last, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "wait");
        json.writeBooleanField("converged", converged);
        fields(last, json);
        json.writeEndObject();
    }

    private void round(String type, Round<? extends V> round, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", type);
        fields(round, json);
        json.writeEndObject();
    }

    private void fields(Round<? extends V> round, JsonGenerator json) throws IOException {
        json.writeNumberField("round", round.number());
        json.writeNumberField("goodInARow", round.goodInARow());
        CheckJson.millis("elapsedMillis", round.elapsed(), json);
        CheckJson.report(report(round), json);
    }
}
