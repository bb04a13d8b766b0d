package dev.upkeep.cli.command;

import dev.upkeep.checker.fleet.FleetCheck;
import dev.upkeep.checker.gate.ConvergenceGate;
import dev.upkeep.checker.verdict.ShownUri;
import dev.upkeep.cli.config.Config;
import dev.upkeep.cli.terminal.Terminal;
import java.util.Optional;

/**
 * Several places that are to be asked together.
 *
 * @param subject what it is called in reports
 * @param fleet the places
 * @param gate when they count as converged
 */
record CheckTarget(String subject, FleetCheck fleet, ConvergenceGate gate) {

    /** What the options ask for: every address of a URL, or the stack of a file. */
    static CheckTarget of(CheckOptions options, Terminal terminal) throws InterruptedException {
        Optional<String> url = options.url();
        return url.isPresent()
                ? new CheckTarget(
                        ShownUri.of(url.get()), options.allAddresses(url.get(), terminal), ConvergenceGate.DEFAULT)
                : stack(options, terminal);
    }

    private static CheckTarget stack(CheckOptions options, Terminal terminal) throws InterruptedException {
        Config config = options.config(terminal);
        FleetCheck fleet = new StackTargets(options, config, terminal).find();
        return new CheckTarget("stack " + config.spec().name(), fleet, config.gate());
    }
}
