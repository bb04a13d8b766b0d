package dev.upkeep.cli.output;

import dev.upkeep.cli.terminal.Palette;
import java.io.PrintStream;

/** Writes the result of a check in one format. */
public interface CheckOutput {

    /**
     * Writes a report, with a line break at its end.
     *
     * @param report what came of the check
     * @param out where to
     */
    void write(CheckReport report, PrintStream out);

    /**
     * The writer for a format.
     *
     * @param palette whether text for people is coloured
     */
    static CheckOutput of(OutputFormat format, Palette palette) {
        return switch (format) {
            case HUMAN -> new HumanOutput(palette);
            case JSON -> JsonOutput.document();
            case JSONL -> JsonOutput.line();
            case JUNIT -> new JunitOutput();
            case PROMETHEUS -> new PrometheusOutput();
            case NAGIOS -> new NagiosOutput();
        };
    }
}
