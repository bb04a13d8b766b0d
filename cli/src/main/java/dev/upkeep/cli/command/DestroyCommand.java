package dev.upkeep.cli.command;

import dev.upkeep.cli.config.Config;
import dev.upkeep.cli.exit.ExitCode;
import dev.upkeep.cli.terminal.Terminal;
import dev.upkeep.infra.Platform;
import dev.upkeep.infra.inventory.StackState;
import dev.upkeep.infra.inventory.StackStatus;
import dev.upkeep.infra.plan.Plan;
import dev.upkeep.infra.spec.LocalSettings;
import dev.upkeep.infra.spec.StackName;
import java.util.List;

/** Takes the stack down. */
final class DestroyCommand implements Command {

    private final Terminal terminal;

    private final StackOptions options = new StackOptions();

    private final Argument<Boolean> yes = Argument.option("-y", "--yes")
            .help("Do not ask. Needed where there is no terminal and the stack is on AWS.")
            .alone();

    private final Argument<Boolean> dryRun = Argument.option("--dry-run")
            .help("Only show what would be removed, as upkeep plan --destroy does.")
            .alone();

    DestroyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Syntax syntax() {
        return Syntax.of("destroy", this)
                .about(
                        "Removes the stack and everything that belongs to it.",
                        "It shows what it will remove and, on a terminal, asks first. It does nothing if there is no stack.",
                        "What aws.keep in the file names stays, and so does what was adopted.")
                .arguments(options.all())
                .arguments(List.of(yes, dryRun))
                .closing(
                        "Examples:",
                        "  upkeep destroy",
                        "  upkeep destroy --yes --file staging.yaml",
                        "",
                        "Exit codes:",
                        "  0 removed, or nothing to remove   1 failed   2 there is something to remove (--dry-run)",
                        "  64 wrong usage   78 bad configuration   130 interrupted");
    }

    @Override
    public Integer call() throws InterruptedException {
        Config config = options.config(terminal);
        StackName stack = config.spec().name();
        try (Platform platform = Platforms.open(config, terminal)) {
            if (dryRun.isGiven()) {
                return preview(platform.planDestroy(config.spec()));
            }
            StackChange change = new StackChange(platform, stack, options, terminal);
            StackStatus status = change.run(() -> platform.planDestroy(config.spec()), this::review);
            options.print(status, terminal);
            return status.state() == StackState.ABSENT ? ExitCode.OK : ExitCode.FAILED;
        }
    }

    private int preview(Plan plan) {
        options.print(plan, terminal);
        return plan.isEmpty() ? ExitCode.OK : ExitCode.CHANGES;
    }

    private void review(Plan plan) throws InterruptedException {
        // A stack on this machine is made anew in seconds, so that scripts and tests may leave --yes out.
        boolean asks = terminal.isInteractive() || !plan.platform().equals(LocalSettings.PLATFORM);
        if (!plan.isEmpty() && !yes.isGiven() && asks) {
            Confirmation.ask(
                    "Remove stack " + plan.stack() + " and everything in it? Type its name to go on: ",
                    plan.stack().text(),
                    "stack " + plan.stack() + " was not removed",
                    terminal);
        }
    }
}
