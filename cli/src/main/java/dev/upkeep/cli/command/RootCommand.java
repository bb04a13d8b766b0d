package dev.upkeep.cli.command;

import dev.upkeep.cli.exit.ExitCode;
import dev.upkeep.cli.terminal.Terminal;
import java.util.List;

/** The word upkeep alone. */
final class RootCommand implements Command {

    private final Terminal terminal;

    private final Argument<Boolean> version =
            Argument.option("-V", "--version").help("Show the version.").alone();

    private final Syntax syntax;

    RootCommand(Terminal terminal) {
        this.terminal = terminal;
        this.syntax = Syntax.of("upkeep", this)
                .about(
                        "Stands up a web server, proves from outside that it serves the version you shipped,",
                        "and keeps it that way.")
                .arguments(List.of(version))
                .commands("Commands:")
                .closing(
                        "First steps:",
                        "  upkeep demo                 see what Upkeep does, on this machine, in half a minute",
                        "  upkeep check https://www.example.org/version.txt --expect 1.0.6",
                        "  upkeep init                 write an upkeep.yaml to start from; then plan, apply, check",
                        "  upkeep help COMMAND         options, examples and exit codes of a command");
    }

    @Override
    public Syntax syntax() {
        return syntax;
    }

    @Override
    public Integer call() {
        if (version.isGiven()) {
            return new VersionCommand(terminal).call();
        }
        syntax.spec().commandLine().usage(terminal.err());
        return ExitCode.USAGE;
    }
}
