package dev.upkeep.cli.command;

import dev.upkeep.checker.VersionChecker;
import dev.upkeep.checker.check.VersionCheck;
import dev.upkeep.checker.fleet.FleetVerdict;
import dev.upkeep.checker.gate.Convergence;
import dev.upkeep.checker.gate.ConvergenceGate;
import dev.upkeep.checker.gate.RoundListener;
import dev.upkeep.checker.verdict.Verdict;
import dev.upkeep.cli.exit.ExitCode;
import dev.upkeep.cli.exit.UsageException;
import dev.upkeep.cli.output.CheckReport;
import dev.upkeep.cli.output.WaitOutput;
import dev.upkeep.cli.terminal.Durations;
import dev.upkeep.cli.terminal.InterruptibleWork;
import dev.upkeep.cli.terminal.Progress;
import dev.upkeep.cli.terminal.Terminal;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** Asks until everything serves the right version. */
final class WaitCommand implements Command {

    private final Terminal terminal;

    private final Argument<Integer> rounds = Argument.option("--rounds")
            .help("How many good rounds in a row are needed (3).")
            .taking("N", ValueConverters::integer);

    private final Argument<Duration> interval = Argument.option("--interval")
            .help("The time from the start of one round to the start of the next (2s).")
            .taking("TIME", Durations::parse);

    private final Argument<Duration> within = Argument.option("--within")
            .help("The limit for the whole wait (10m).")
            .taking("TIME", Durations::parse);

    private final CheckOptions options = new CheckOptions();

    WaitCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Syntax syntax() {
        return options.declareOn(Syntax.of("wait", this).arguments(List.of(rounds, interval, within)))
                .about(
                        "Waits until the edge and all instances steadily serve the expected version.",
                        "Use it at the end of a deployment. It ends with 0 when every place has served the expected version",
                        "in several rounds in a row. For a stack, that is the version that was deployed last, unless --expect",
                        "names another.")
                .closing(
                        "Examples:",
                        "  upkeep wait",
                        "      Waits until the stack of upkeep.yaml has converged.",
                        "  upkeep wait --within 2m --rounds 5",
                        "  upkeep wait https://www.example.org/version.txt --expect 1.0.7",
                        "  upkeep wait --output jsonl",
                        "      Prints one JSON document for each round, and one at the end.",
                        "",
                        "Exit codes, as for Nagios plugins:",
                        "  0  OK        converged",
                        "  1  WARNING   not converged in time: STALE, MIXED, DEGRADED, or not enough good rounds yet;",
                        "               or converged with a warning, such as a certificate that ends soon",
                        "  2  CRITICAL  not converged in time: DOWN",
                        "  3  UNKNOWN   could not be measured; with --output nagios also 64 and 78",
                        "  64 wrong usage   78 bad configuration   130 interrupted");
    }

    @Override
    public Integer call() throws InterruptedException {
        if (options.isSingle()) {
            VersionCheck check = options.single(options.url().orElseThrow(), terminal);
            return this.<Verdict>await(
                    check.uri().toString(),
                    ConvergenceGate.DEFAULT,
                    CheckReport::of,
                    (checker, gate, listener) -> checker.await(check, gate, listener));
        }
        try (CheckTarget target = CheckTarget.of(options, terminal)) {
            return this.<FleetVerdict>await(
                    target.subject(),
                    target.gate(),
                    target::report,
                    (checker, gate, listener) -> checker.await(target.fleet(), gate, listener));
        }
    }

    /** Asks in rounds: one place, or many. */
    @FunctionalInterface
    private interface Waiting<V> {

        Convergence<V> await(VersionChecker checker, ConvergenceGate gate, RoundListener<V> listener)
                throws InterruptedException;
    }

    private <V> int await(
            String subject, ConvergenceGate configured, Function<V, CheckReport> reporter, Waiting<V> waiting)
            throws InterruptedException {
        ConvergenceGate gate = gate(configured);
        WaitOutput<V> output = new WaitOutput<>(options.format(), terminal.outPalette(), reporter);
        String farewell = "Interrupted before " + subject + " had converged; nothing was changed.";
        InterruptibleWork.Work<Convergence<V>> work = () -> {
            try (VersionChecker checker = VersionChecker.create()) {
                return Progress.during(
                        terminal,
                        "for " + subject,
                        progress -> waiting.await(checker, gate, round -> {
                            progress.line(output.line(round, gate.rounds()));
                            output.round(round, terminal.out());
                            terminal.flush();
                        }));
            }
        };
        // What runs on instances meanwhile is taken back on Ctrl-C, which needs a moment.
        Convergence<V> end = options.isSingle()
                ? InterruptibleWork.reading(terminal, farewell, work)
                : InterruptibleWork.changing(terminal, () -> farewell, work);
        int code = output.end(end, terminal.out());
        // A last round that was good, but not the last of enough, is not good enough.
        return end.match(converged -> code, not -> Math.max(code, ExitCode.WARNING));
    }

    private ConvergenceGate gate(ConvergenceGate configured) {
        try {
            return new ConvergenceGate(
                    rounds.value().orElse(configured.rounds()),
                    interval.value().orElse(configured.interval()),
                    within.value().orElse(configured.within()));
        } catch (IllegalArgumentException e) {
            throw new UsageException(Durations.asTyped(String.valueOf(e.getMessage())));
        }
    }
}
