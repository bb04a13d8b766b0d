package dev.upkeep.cli.command;

import dev.upkeep.checker.fleet.FleetCheck;
import dev.upkeep.checker.fleet.FleetVerdict;
import dev.upkeep.checker.gate.ConvergenceGate;
import dev.upkeep.checker.verdict.ShownUri;
import dev.upkeep.cli.config.Config;
import dev.upkeep.cli.output.CheckReport;
import dev.upkeep.cli.terminal.Terminal;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Several places that are to be asked together.
 *
 * @param subject what it is called in reports
 * @param fleet the places
 * @param gate when they count as converged
 * @param note what the reader of a report should know besides, in one line; asked after the places were
 * @param closing lets go of what the asking needs
 */
record CheckTarget(
        String subject, FleetCheck fleet, ConvergenceGate gate, Supplier<Optional<String>> note, Runnable closing)
        implements AutoCloseable {

    /** What the options ask for: every address of a URL, or the stack of a file. */
    static CheckTarget of(CheckOptions options, Terminal terminal) throws InterruptedException {
        Optional<String> url = options.url();
        if (url.isPresent()) {
            return new CheckTarget(
                    ShownUri.of(url.get()),
                    options.allAddresses(url.get(), terminal),
                    ConvergenceGate.DEFAULT,
                    Optional::empty,
                    () -> {});
        }
        Config config = options.config(terminal);
        return new StackTargets(options, config, () -> Platforms.open(config, terminal), terminal).find();
    }

    CheckReport report(FleetVerdict verdict) {
        return new CheckReport.OfFleet(subject, verdict, note.get());
    }

    @Override
    public void close() {
        closing.run();
    }
}
