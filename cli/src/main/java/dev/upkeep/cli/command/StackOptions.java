package dev.upkeep.cli.command;

import dev.upkeep.cli.config.Config;
import dev.upkeep.cli.output.JsonText;
import dev.upkeep.cli.output.OutputFormat;
import dev.upkeep.cli.output.StackJsonWriter;
import dev.upkeep.cli.output.StackText;
import dev.upkeep.cli.terminal.Progress;
import dev.upkeep.cli.terminal.Terminal;
import dev.upkeep.infra.inventory.StackStatus;
import dev.upkeep.infra.progress.ProgressListener;
import java.util.List;

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

    void print(StackStatus status, Terminal terminal) {
        if (format() == OutputFormat.HUMAN) {
            new StackText(terminal.outPalette()).status(status, terminal.out());
        } else {
            print(json -> StackJsonWriter.status(status, json), terminal);
        }
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
