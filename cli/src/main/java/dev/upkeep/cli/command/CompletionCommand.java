package dev.upkeep.cli.command;

import dev.upkeep.cli.exit.ExitCode;
import dev.upkeep.cli.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Writes what a shell needs to complete commands. */
@Command(
        name = "completion",
        description = "Prints a script for bash and zsh that completes commands and options.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  source <(upkeep completion)",
            "      In this shell; in zsh after: autoload -U +X bashcompinit && bashcompinit",
            "  upkeep completion > /etc/bash_completion.d/upkeep",
            "      For everybody.",
            "",
            "Exit codes:",
            "  0 printed"
        })
final class CompletionCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    CommonOptions common = new CommonOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    CompletionCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        terminal.out().print(AutoComplete.bash("upkeep", spec.root().commandLine()));
        return ExitCode.OK;
    }
}
