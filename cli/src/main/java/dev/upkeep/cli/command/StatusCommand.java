package dev.upkeep.cli.command;

import dev.upkeep.cli.config.Config;
import dev.upkeep.cli.exit.ExitCode;
import dev.upkeep.cli.terminal.Terminal;
import dev.upkeep.infra.Platform;

/** Says what stands. */
final class StatusCommand implements Command {

    private final Terminal terminal;

    private final StackOptions options = new StackOptions();

    StatusCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Syntax syntax() {
        return Syntax.of("status", this)
                .about(
                        "Shows the stack as it stands, and what is wrong with it.",
                        "Looks at processes; what users get to see, upkeep check tells.")
                .arguments(options.all())
                .closing(
                        "Examples:",
                        "  upkeep status",
                        "  upkeep status --output json",
                        "",
                        "Exit codes:",
                        "  0 shown, in whatever state it is   1 failed   64 wrong usage   78 bad configuration");
    }

    @Override
    public Integer call() {
        Config config = options.config(terminal);
        try (Platform platform = Platforms.open(config, terminal)) {
            options.print(platform.status(config.spec().name()), terminal);
            return ExitCode.OK;
        }
    }
}
