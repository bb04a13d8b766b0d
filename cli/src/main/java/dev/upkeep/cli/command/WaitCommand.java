package dev.upkeep.cli.command;

import dev.upkeep.checker.VersionChecker;
import dev.upkeep.checker.gate.Convergence;
import dev.upkeep.checker.gate.ConvergenceGate;
import dev.upkeep.cli.exit.ExitCode;
import dev.upkeep.cli.exit.UsageException;
import dev.upkeep.cli.output.WaitOutput;
import dev.upkeep.cli.terminal.Durations;
import dev.upkeep.cli.terminal.Interruption;
import dev.upkeep.cli.terminal.Progress;
import dev.upkeep.cli.terminal.Terminal;
import java.time.Duration;
import java.util.List;

/** Asks until everything serves the right version. */
final class WaitCommand implements Command {

    private final Terminal terminal;

    private final Argument<Integer> rounds = Argument.option("--rounds")
            .help("Good rounds in a row that are needed (3).")
            .taking("N", Readers::integer);

    private final Argument<Duration> interval = Argument.option("--interval")
            .help("From the start of a round to the start of the next (2s).")
            .taking("TIME", Durations::parse);

    private final Argument<Duration> within =
            Argument.option("--within").help("The time for all of it (10m).").taking("TIME", Durations::parse);

    private final CheckOptions options = new CheckOptions();

    WaitCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Syntax syntax() {
        return options.declareOn(Syntax.of("wait", this).arguments(List.of(rounds, interval, within)))
                .about(
                        "Waits until the edge and all instances steadily serve the expected version.",
                        "Made for the end of a deployment: it ends well only when the new version was found everywhere,",
                        "several rounds in a row.")
                .closing(
                        "Examples:",
                        "  upkeep wait",
                        "      Until the stack of upkeep.yaml has converged.",
                        "  upkeep wait --within 2m --rounds 5",
                        "  upkeep wait https://www.example.org/version.txt --expect 1.0.7",
                        "  upkeep wait --output jsonl",
                        "      One JSON document for each round, and one at the end.",
                        "",
                        "Exit codes, those of Nagios plugins:",
                        "  0  OK        converged",
                        "  1  WARNING   not converged in time: STALE, MIXED, DEGRADED, or not enough good rounds yet;",
                        "               or converged with a warning, such as a certificate that ends soon",
                        "  2  CRITICAL  not converged in time: DOWN",
                        "  3  UNKNOWN   could not be measured; with --output nagios also 64 and 78",
                        "  64 wrong usage   78 bad configuration   130 interrupted");
    }

    @Override
    public Integer call() throws InterruptedException {
        CheckTarget target = CheckTarget.of(options, terminal);
        ConvergenceGate gate = gate(target.gate());
        WaitOutput output = new WaitOutput(options.format(), terminal.outPalette(), target.subject());
        String farewell = "Interrupted before " + target.subject() + " had converged; nothing was changed.";
        Convergence end = Interruption.drops(terminal, farewell, () -> await(target, gate, output));
        output.end(end, terminal.out());
        return exitCode(end);
    }

    private Convergence await(CheckTarget target, ConvergenceGate gate, WaitOutput output) throws InterruptedException {
        try (VersionChecker checker = Checkers.create()) {
            return Progress.during(
                    terminal,
                    "for " + target.subject(),
                    progress -> checker.await(target.fleet(), gate, round -> {
                        progress.line(WaitOutput.line(round, gate.rounds()));
                        output.round(round, terminal.out());
                        terminal.flush();
                    }));
        }
    }

    /** A last round that was good, but not the last of enough, is not good enough. */
    private static int exitCode(Convergence end) {
        int code = ExitCode.of(end.last().verdict());
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
