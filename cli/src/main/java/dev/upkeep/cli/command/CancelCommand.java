package dev.upkeep.cli.command;

import dev.upkeep.cli.config.Config;
import dev.upkeep.cli.exit.ExitCode;
import dev.upkeep.cli.terminal.InterruptibleWork;
import dev.upkeep.cli.terminal.Progress;
import dev.upkeep.cli.terminal.Terminal;
import dev.upkeep.infra.Platform;
import dev.upkeep.infra.inventory.StackStatus;
import dev.upkeep.infra.progress.Operation;
import dev.upkeep.infra.spec.LocalSettings;
import dev.upkeep.infra.spec.StackName;
import java.util.List;
import java.util.Optional;

/** Has the operation taken back that is changing a stack. */
final class CancelCommand implements Command {

    private final Terminal terminal;

    private final StackOptions options = new StackOptions();

    private final Argument<Boolean> yes = Argument.option("-y", "--yes")
            .help("Do not ask. Needed where there is no terminal.")
            .alone();

    CancelCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Syntax syntax() {
        return Syntax.of("cancel", this)
                .about(
                        "Has what is being done to a stack on AWS taken back, and waits for that.",
                        "A change goes back to what was there before; a first creation is removed. On a terminal it asks first.",
                        "On this machine an operation is interrupted where it runs, with Ctrl-C.")
                .arguments(options.all())
                .arguments(List.of(yes))
                .closing(
                        "Examples:",
                        "  upkeep cancel",
                        "",
                        "Exit codes:",
                        "  0 taken back, or nothing was being done   1 failed   64 wrong usage   78 bad configuration",
                        "  130 interrupted");
    }

    @Override
    public Integer call() throws InterruptedException {
        Config config = options.config(terminal);
        StackName stack = config.spec().name();
        try (Platform platform = Platforms.open(config, terminal)) {
            Optional<Operation> current = platform.current(stack);
            if (current.isEmpty()) {
                terminal.err().println("nothing is changing stack " + stack);
                return ExitCode.OK;
            }
            confirm(current.get(), config);
            StackStatus left = InterruptibleWork.reading(
                    terminal,
                    "Interrupted; what was begun is taken back all the same.",
                    () -> cancel(platform, current.get()));
            options.print(left, terminal);
            return ExitCode.OK;
        }
    }

    private void confirm(Operation operation, Config config) throws InterruptedException {
        // On this machine nothing is cancelled by another process, which the platform says better.
        boolean asks = terminal.isInteractive() || !(config.spec().settings() instanceof LocalSettings);
        if (!yes.isGiven() && asks) {
            Confirmation.ask(
                    "Take back " + operation.describe() + "? Type yes to go on: ",
                    "yes",
                    "nothing was cancelled",
                    terminal);
        }
    }

    private StackStatus cancel(Platform platform, Operation operation) throws InterruptedException {
        platform.cancel(operation);
        Progress.during(terminal, "for the way back", progress -> {
            platform.follow(operation, 0, options.listener(progress, terminal));
            return true;
        });
        return platform.status(operation.stack());
    }
}
