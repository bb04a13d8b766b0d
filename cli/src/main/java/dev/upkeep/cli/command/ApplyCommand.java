package dev.upkeep.cli.command;

import dev.upkeep.cli.config.Config;
import dev.upkeep.cli.exit.ExitCode;
import dev.upkeep.cli.output.OutputFormat;
import dev.upkeep.cli.output.StackText;
import dev.upkeep.cli.terminal.Interruption;
import dev.upkeep.cli.terminal.Progress;
import dev.upkeep.cli.terminal.Terminal;
import dev.upkeep.infra.Platform;
import dev.upkeep.infra.inventory.StackState;
import dev.upkeep.infra.inventory.StackStatus;
import dev.upkeep.infra.plan.Plan;
import dev.upkeep.infra.spec.StackName;
import java.util.Locale;

/** Brings the stack to what the file says. */
final class ApplyCommand implements Command {

    private final Terminal terminal;

    private final StackOptions options = new StackOptions();

    ApplyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Syntax syntax() {
        return Syntax.of("apply", this)
                .about(
                        "Makes the stack what upkeep.yaml says: creates, changes or repairs it.",
                        "One instance after another, without losing a request. May be interrupted at any moment;",
                        "the next apply goes on.")
                .arguments(options.all())
                .closing(
                        "Examples:",
                        "  upkeep apply",
                        "  VERSION=1.0.7 upkeep apply",
                        "      With version: $${VERSION} in the file.",
                        "  upkeep apply --output jsonl",
                        "      One JSON document for each step, and the stack at the end.",
                        "",
                        "Exit codes:",
                        "  0 done   1 failed   64 wrong usage   78 bad configuration   130 interrupted");
    }

    @Override
    public Integer call() throws InterruptedException {
        Config config = options.config(terminal);
        try (Platform platform = Platforms.open(config, terminal)) {
            Plan plan = Specs.checked(config, () -> platform.plan(config.spec()));
            if (options.format() == OutputFormat.HUMAN) {
                new StackText(terminal.errPalette()).plan(plan, terminal.err());
            }
            StackStatus status = Interruption.stops(
                    terminal, () -> farewell(platform, config.spec().name()), () -> apply(platform, plan));
            options.print(status, terminal);
            return status.state() == StackState.RUNNING ? ExitCode.OK : ExitCode.FAILED;
        }
    }

    private StackStatus apply(Platform platform, Plan plan) throws InterruptedException {
        return Progress.during(
                terminal,
                "for stack " + plan.spec().name(),
                progress -> platform.apply(plan, options.listener(progress, terminal)));
    }

    private static String farewell(Platform platform, StackName stack) {
        StackState found = platform.status(stack).state();
        if (found == StackState.ABSENT) {
            return "Interrupted; nothing was begun. Run upkeep apply to stand stack " + stack + " up.";
        }
        String state = found.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return "Interrupted; stack " + stack + " is " + state
                + ". Run upkeep apply to go on, or upkeep destroy to remove it.";
    }
}
