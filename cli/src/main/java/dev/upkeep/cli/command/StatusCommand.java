package dev.upkeep.cli.command;

import dev.upkeep.cli.exit.ExitCode;
import dev.upkeep.cli.terminal.Terminal;
import dev.upkeep.infra.Platform;
import dev.upkeep.infra.inventory.Serving;
import dev.upkeep.infra.inventory.StackStatus;

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
                        "On this machine it looks at processes. On AWS it also asks each instance, through Run Command,",
                        "which version it serves and whether it is ready. upkeep check tells what users get.")
                .arguments(options.all())
                .closing(
                        "Examples:",
                        "  upkeep status",
                        "  upkeep status --output json",
                        "",
                        "Exit codes:",
                        "  0 it serves its users   1 it serves them, but something is wrong   2 it serves nobody",
                        "  3 it does not exist, or its state is not known   64 wrong usage   78 bad configuration");
    }

    @Override
    public Integer call() throws InterruptedException {
        StackStatus status = StackReading.of(options.config(terminal), terminal, Platform::inspect);
        options.print(status, terminal);
        return exitCode(status.serving());
    }

    private static int exitCode(Serving serving) {
        return switch (serving) {
            case UP -> ExitCode.OK;
            case DEGRADED -> ExitCode.WARNING;
            case DOWN -> ExitCode.CRITICAL;
            case UNKNOWN -> ExitCode.UNKNOWN;
        };
    }
}
