package dev.upkeep.cli.command;

import dev.upkeep.cli.exit.ExitCode;
import dev.upkeep.cli.terminal.Terminal;
import picocli.AutoComplete;

/** Writes what a shell needs to complete commands. */
final class CompletionCommand implements Command {

    private final Terminal terminal;

    private final Syntax syntax;

    CompletionCommand(Terminal terminal) {
        this.terminal = terminal;
        this.syntax = Syntax.of("completion", this)
                .about("Prints a script that lets bash and zsh complete upkeep's commands and options.")
                .closing(
                        "Examples:",
                        "  source <(upkeep completion)",
                        "      For this shell; in zsh after: autoload -U +X bashcompinit && bashcompinit",
                        "  upkeep completion > /etc/bash_completion.d/upkeep",
                        "      For all users of this machine.",
                        "",
                        "Exit codes:",
                        "  0 printed");
    }

    @Override
    public Syntax syntax() {
        return syntax;
    }

    @Override
    public Integer call() {
        terminal.out().print(AutoComplete.bash("upkeep", syntax.spec().root().commandLine()));
        return ExitCode.OK;
    }
}
