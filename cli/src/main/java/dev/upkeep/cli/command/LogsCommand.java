package dev.upkeep.cli.command;

import dev.upkeep.cli.exit.ExitCode;
import dev.upkeep.cli.exit.UsageException;
import dev.upkeep.cli.output.LogOutput;
import dev.upkeep.cli.output.OutputFormat;
import dev.upkeep.cli.terminal.Durations;
import dev.upkeep.cli.terminal.Terminal;
import dev.upkeep.infra.Platform;
import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.infra.logs.LogLine;
import dev.upkeep.infra.logs.LogQuery;
import dev.upkeep.infra.logs.LogSource;
import dev.upkeep.infra.spec.StackName;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Shows what the programs of a stack have logged. */
final class LogsCommand implements Command {

    private static final int USUAL_LINES = 100;

    private final Terminal terminal;
    private final InstantSource clock;

    private final StackOptions options = new StackOptions();

    private final Argument<String> first = Argument.operand(
            "INSTANCE",
            "0..1",
            "Only of this instance, such as i1; upkeep status names them. May be left out before app, web or edge.",
            List.of("app", "web", "edge"));

    private final Argument<String> second = Argument.secondOperand(
            "SOURCE",
            "app: the application. web: the nginx of the release. edge: the nginx before it, where there is one (on AWS, and with engine: docker). Unless given, all of them.");

    private final Argument<Boolean> follow = Argument.option("--follow")
            .help("Go on with what is written from now on, until Ctrl-C.")
            .alone();

    private final Argument<Duration> since = Argument.option("--since")
            .help("Only what was written in this time before now, such as 10m or 24h.")
            .taking("TIME", Durations::parse);

    private final Argument<Integer> lines = Argument.option("--lines")
            .help("Only the newest N lines, at most " + LogQuery.MOST + ". The default is " + USUAL_LINES
                    + ", and all of them with --since.")
            .taking("N", ValueConverters::integer);

    LogsCommand(Terminal terminal, InstantSource clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public Syntax syntax() {
        return Syntax.of("logs", this)
                .about(
                        "Shows what the application and nginx have logged, on all instances.",
                        "In the order of time; a line that does not say its time stays behind the one before it.")
                .arguments(List.of(first, second, follow, since, lines))
                .arguments(options.all())
                .closing(
                        "Examples:",
                        "  upkeep logs",
                        "  upkeep logs app --follow",
                        "  upkeep logs i1 web --since 10m",
                        "  upkeep logs --lines 1000 --output jsonl",
                        "",
                        "Exit codes:",
                        "  0 shown, even if there is none   1 failed, or there is no such stack or instance",
                        "  64 wrong usage   78 bad configuration   130 interrupted, as --follow ends");
    }

    @Override
    public Integer call() throws InterruptedException {
        LogQuery query = query();
        if (follow.isGiven() && options.format() == OutputFormat.JSON) {
            throw new UsageException("--follow has no end, and a JSON document has one; use --output jsonl");
        }
        try {
            return StackReading.of(
                    options.config(terminal), terminal, (platform, stack) -> show(platform, stack, query));
        } catch (ReaderGoneException nobodyListens) {
            return ExitCode.OK;
        }
    }

    private LogQuery query() {
        Optional<LogSource> source = second.isGiven()
                ? Optional.of(source(second.value().orElseThrow()))
                : first.value().flatMap(LogSource::of);
        Optional<InstanceId> instance = first.value()
                .filter(word -> second.isGiven() || source.isEmpty())
                .map(LogsCommand::instance);
        int most = lines.value().orElse(since.isGiven() ? LogQuery.MOST : USUAL_LINES);
        try {
            return new LogQuery(instance, source, since.value().map(clock.instant()::minus), most);
        } catch (IllegalArgumentException refused) {
            throw new UsageException("--lines: " + refused.getMessage());
        }
    }

    private static LogSource source(String word) {
        return LogSource.of(word)
                .orElseThrow(() -> new UsageException("\"" + word + "\" writes no log; expected is app, web or edge"));
    }

    private static InstanceId instance(String word) {
        try {
            return InstanceId.of(word);
        } catch (IllegalArgumentException refused) {
            throw new UsageException(String.valueOf(refused.getMessage()));
        }
    }

    private int show(Platform platform, StackName stack, LogQuery query) throws InterruptedException {
        if (follow.isGiven()) {
            platform.followLogs(stack, query, this::tell);
            return ExitCode.OK;
        }
        List<LogLine> shown = new ArrayList<>();
        platform.logs(stack, query, line -> {
            shown.add(line);
            if (options.format() != OutputFormat.JSON) {
                tell(line);
            }
        });
        if (options.format() == OutputFormat.JSON) {
            options.print(json -> LogOutput.lines(stack, shown, json), terminal);
        }
        if (shown.isEmpty()) {
            terminal.err().println("no line was found");
        }
        return ExitCode.OK;
    }

    private void tell(LogLine line) {
        options.print(out -> out.println(LogOutput.text(line)), json -> LogOutput.line(line, json), terminal);
        if (follow.isGiven() && terminal.out().checkError()) {
            throw new ReaderGoneException();
        }
    }

    /** Whoever the lines were written to does not read any more, such as head. */
    @SuppressWarnings("serial") // thrown and caught within this class
    private static final class ReaderGoneException extends RuntimeException {}
}
