package dev.upkeep.cli.command;

import dev.upkeep.cli.config.Config;
import dev.upkeep.cli.exit.ExitCode;
import dev.upkeep.cli.exit.FailedException;
import dev.upkeep.cli.terminal.Interruption;
import dev.upkeep.cli.terminal.Progress;
import dev.upkeep.cli.terminal.Terminal;
import dev.upkeep.infra.Platform;
import dev.upkeep.infra.inventory.StackState;
import dev.upkeep.infra.inventory.StackStatus;
import dev.upkeep.infra.spec.StackName;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Takes the stack down. */
final class DestroyCommand implements Command {

    private final Terminal terminal;

    private final StackOptions options = new StackOptions();

    private final Argument<Boolean> yes =
            Argument.option("-y", "--yes").help("Do not ask.").alone();

    DestroyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Syntax syntax() {
        return Syntax.of("destroy", this)
                .about(
                        "Removes the stack and everything that belongs to it.",
                        "Does nothing if it does not exist. On a terminal it asks before; in a script it does not.")
                .arguments(options.all())
                .arguments(List.of(yes))
                .closing(
                        "Examples:",
                        "  upkeep destroy",
                        "  upkeep destroy --yes --file staging.yaml",
                        "",
                        "Exit codes:",
                        "  0 gone   1 failed   64 wrong usage   78 bad configuration   130 interrupted");
    }

    @Override
    public Integer call() throws InterruptedException {
        Config config = options.config(terminal);
        StackName stack = config.spec().name();
        try (Platform platform = Platforms.open(config, terminal)) {
            if (!yes.isGiven()
                    && terminal.isInteractive()
                    && platform.status(stack).state() != StackState.ABSENT) {
                ask(stack);
            }
            String farewell = "Interrupted; stack " + stack + " is partly removed. Run upkeep destroy to go on.";
            StackStatus status = Interruption.stops(terminal, () -> farewell, () -> destroy(platform, stack));
            options.print(status, terminal);
            return status.state() == StackState.ABSENT ? ExitCode.OK : ExitCode.FAILED;
        }
    }

    private void ask(StackName stack) {
        terminal.err().print("Remove stack " + stack + " and everything in it? Type its name to go on: ");
        terminal.err().flush();
        try {
            // Not closed: standard input is not ours.
            BufferedReader answers = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            if (!stack.text().equals(String.valueOf(answers.readLine()).strip())) {
                throw new FailedException("stack " + stack + " was not removed: its name was not typed");
            }
        } catch (IOException e) {
            throw new FailedException("stack " + stack + " was not removed: no answer could be read; use --yes");
        }
    }

    private StackStatus destroy(Platform platform, StackName stack) throws InterruptedException {
        return Progress.during(terminal, "for stack " + stack, progress -> {
            platform.destroy(stack, options.listener(progress, terminal));
            return platform.status(stack);
        });
    }
}
