package dev.upkeep.cli.command;

import dev.upkeep.cli.config.Config;
import dev.upkeep.cli.output.JsonText;
import dev.upkeep.cli.output.OutputFormat;
import dev.upkeep.cli.output.StackJsonWriter;
import dev.upkeep.cli.output.StackText;
import dev.upkeep.cli.terminal.Progress;
import dev.upkeep.cli.terminal.Terminal;
import dev.upkeep.infra.drift.Drift;
import dev.upkeep.infra.inventory.StackStatus;
import dev.upkeep.infra.plan.Plan;
import dev.upkeep.infra.progress.ProgressListener;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What the commands that look after a stack have in common. */
final class StackOptions {

    private final FileOption file = new FileOption();

    private final Argument<OutputFormat> format = Argument.option("-o", "--output")
            .help("human (default), json, or jsonl: one JSON document per line, with the progress.")
            .completedBy(ValueConverters.STACK_FORMATS)
            .taking("FORMAT", ValueConverters::stackFormat);

    List<Argument<?>> all() {
        return List.of(file.argument(), format);
    }

    boolean isFileGiven() {
        return file.isGiven();
    }

    OutputFormat format() {
        return format.value().orElse(OutputFormat.HUMAN);
    }

    Config config(Terminal terminal) {
        return file.read(terminal);
    }

    /** Prints JSON in the form that was asked for. */
    void print(JsonText.Body body, Terminal terminal) {
        terminal.out().print((format() == OutputFormat.JSON ? JsonText.document(body) : JsonText.line(body)) + "\n");
        terminal.flush();
    }

    /** Prints for people, or JSON in the form that was asked for. */
    void print(Consumer<PrintStream> text, JsonText.Body body, Terminal terminal) {
        if (format() == OutputFormat.HUMAN) {
            text.accept(terminal.out());
        } else {
            print(body, terminal);
        }
    }

    void print(StackStatus status, Terminal terminal) {
        print(
                out -> new StackText(terminal.outPalette(), terminal.columns()).status(status, out),
                json -> StackJsonWriter.status(status, json),
                terminal);
    }

    void print(Plan plan, Terminal terminal) {
        print(plan, Optional.empty(), terminal);
    }

    /** With what somebody has changed by hand, if that was looked for. */
    void print(Plan plan, Optional<Drift> drift, Terminal terminal) {
        StackText text = new StackText(terminal.outPalette());
        print(
                out -> {
                    text.plan(plan, out);
                    drift.ifPresent(found -> text.drift(found, out));
                },
                json -> StackJsonWriter.plan(plan, drift, json),
                terminal);
    }

    /** Passes steps on: to people as lines, as results where results are lines of JSON. */
    ProgressListener listener(Progress progress, Terminal terminal) {
        return event -> {
            progress.waitingFor(StackText.event(event));
            if (format() == OutputFormat.JSONL) {
                print(json -> StackJsonWriter.event(event, json), terminal);
            } else {
                progress.line("  " + StackText.event(event));
            }
        };
    }
}
