package dev.upkeep.cli.command;

import dev.upkeep.cli.exit.ExitCode;
import dev.upkeep.cli.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The word upkeep alone. */
@Command(
        name = "upkeep",
        sortOptions = false,
        description = {
            "Stands up a web server, proves from outside that it serves the version you shipped,",
            "and keeps it that way."
        },
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        footerHeading = "%nFirst steps:%n",
        footer = {
            "  upkeep demo                 see the whole story on this machine, in half a minute",
            "  upkeep check https://www.example.org/version.txt --expect 1.0.6",
            "  upkeep init                 write an upkeep.yaml to start from; then plan, apply, check",
            "  upkeep help COMMAND         options, examples and exit codes of a command"
        })
final class RootCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Option(
            names = {"-V", "--version"},
            description = "Show the version.")
    private boolean version;

    @Mixin
    CommonOptions common = new CommonOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    RootCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (version) {
            return new VersionCommand(terminal).call();
        }
        spec.commandLine().usage(terminal.err());
        return ExitCode.USAGE;
    }
}
