package dev.upkeep.cli.command;

import dev.upkeep.cli.exit.ExitCode;
import dev.upkeep.cli.terminal.Terminal;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;

/** Shows the help of upkeep, or of one of its commands. */
final class HelpCommand implements Command {

    private final Terminal terminal;

    private final Argument<String> command =
            Argument.operand("COMMAND", "0..1", "The command to explain. Without it, all commands are listed.");

    private final Syntax syntax;

    HelpCommand(Terminal terminal) {
        this.terminal = terminal;
        this.syntax = Syntax.of("help", this)
                .about("Shows the options, examples and exit codes of a command.")
                .arguments(List.of(command))
                .closing("Examples:", "  upkeep help check", "", "Exit codes:", "  0 shown   64 wrong usage");
    }

    @Override
    public Syntax syntax() {
        return syntax;
    }

    @Override
    public Integer call() {
        CommandLine upkeep = syntax.spec().root().commandLine();
        explained(upkeep).usage(terminal.out(), upkeep.getColorScheme());
        return ExitCode.OK;
    }

    private CommandLine explained(CommandLine upkeep) {
        return command.value()
                .map(word -> Optional.ofNullable(upkeep.getSubcommands().get(word))
                        .orElseThrow(() -> new UnknownCommandException(upkeep, word)))
                .orElse(upkeep);
    }
}
