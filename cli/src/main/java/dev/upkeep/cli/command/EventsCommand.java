package dev.upkeep.cli.command;

import dev.upkeep.cli.exit.ExitCode;
import dev.upkeep.cli.output.OperationChart;
import dev.upkeep.cli.output.OutputFormat;
import dev.upkeep.cli.output.StackJsonWriter;
import dev.upkeep.cli.output.StackText;
import dev.upkeep.cli.terminal.Progress;
import dev.upkeep.cli.terminal.Terminal;
import dev.upkeep.infra.Platform;
import dev.upkeep.infra.failure.InfraException;
import dev.upkeep.infra.progress.Operation;
import dev.upkeep.infra.progress.Outcome;
import dev.upkeep.infra.progress.ProgressEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells what happened in the operation of now, or in the last one. */
final class EventsCommand implements Command {

    private static final int ELAPSED_WIDTH = 8;

    private final Terminal terminal;

    private final StackOptions options = new StackOptions();

    private final Argument<Boolean> follow = Argument.option("--follow")
            .help("Go on until the operation has ended. Ctrl-C ends only the looking.")
            .alone();

    EventsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Syntax syntax() {
        return Syntax.of("events", this)
                .about(
                        "Tells what happened in the operation of now, or else in the last one.",
                        "Whoever began it, and wherever: on AWS it is CloudFormation that remembers.")
                .arguments(options.all())
                .arguments(List.of(follow))
                .closing(
                        "Examples:",
                        "  upkeep events",
                        "  upkeep events --follow",
                        "  upkeep events --output jsonl",
                        "",
                        "Exit codes:",
                        "  0 told   1 failed, or the operation that was followed did   64 wrong usage",
                        "  78 bad configuration   130 interrupted");
    }

    @Override
    public Integer call() throws InterruptedException {
        return StackReading.of(
                options.config(terminal),
                terminal,
                (platform, stack) -> tell(platform, StackReading.latest(platform, stack)));
    }

    private int tell(Platform platform, Operation operation) throws InterruptedException {
        List<ProgressEvent> told = new ArrayList<>();
        if (options.format() == OutputFormat.HUMAN) {
            terminal.out().println(operation.describe());
        }
        Optional<InfraException> failure = Optional.empty();
        if (follow.isGiven()) {
            failure = follow(platform, operation, told).failure();
        } else {
            platform.events(operation).forEach(event -> tell(event, operation, told));
        }
        finish(operation, told);
        if (failure.isPresent()) {
            throw failure.get();
        }
        return ExitCode.OK;
    }

    private Outcome follow(Platform platform, Operation operation, List<ProgressEvent> told)
            throws InterruptedException {
        return Progress.during(
                terminal,
                "for " + operation.describe(),
                progress -> platform.follow(operation, 0, event -> {
                    progress.waitingFor(StackText.event(event));
                    tell(event, operation, told);
                }));
    }

    private void tell(ProgressEvent event, Operation operation, List<ProgressEvent> told) {
        told.add(event);
        switch (options.format()) {
            case HUMAN -> terminal.out().println(line(event, operation));
            case JSONL -> options.print(json -> StackJsonWriter.event(event, json), terminal);
            default -> {}
        }
        terminal.flush();
    }

    private static String line(ProgressEvent event, Operation operation) {
        Duration since = Duration.between(operation.since(), event.at());
        String elapsed = "+" + Math.max(0, since.toSeconds()) + " s";
        return " ".repeat(Math.max(0, ELAPSED_WIDTH - elapsed.length())) + elapsed + "  " + StackText.event(event);
    }

    private void finish(Operation operation, List<ProgressEvent> told) {
        if (options.format() == OutputFormat.HUMAN) {
            OperationChart.of(told)
                    .ifPresent(chart -> chart.print(
                            terminal.out(), terminal.columns(), OperationChart.Signs.of(terminal.isUnicode())));
        } else if (options.format() == OutputFormat.JSON) {
            options.print(json -> StackJsonWriter.events(operation, told, json), terminal);
        }
    }
}
