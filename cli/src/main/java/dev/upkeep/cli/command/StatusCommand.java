package dev.upkeep.cli.command;

import dev.upkeep.cli.config.Config;
import dev.upkeep.cli.exit.ExitCode;
import dev.upkeep.cli.terminal.Terminal;
import dev.upkeep.infra.Platform;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says what stands. */
@Command(
        name = "status",
        sortOptions = false,
        description = {
            "Shows the stack as it stands, and what is wrong with it.",
            "Looks at processes; what users get to see, upkeep check tells."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  upkeep status",
            "  upkeep status --output json",
            "",
            "Exit codes:",
            "  0 shown, in whatever state it is   1 failed   64 wrong usage   78 bad configuration"
        })
final class StatusCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private StackOptions options = new StackOptions();

    StatusCommand(Terminal terminal) {
        this.terminal = terminal;
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
