package dev.upkeep.cli.command;

import dev.upkeep.cli.exit.ExitCode;
import dev.upkeep.cli.terminal.Terminal;
import java.util.Optional;

/** Says which version this is. */
final class VersionCommand implements Command {

    private final Terminal terminal;

    VersionCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Syntax syntax() {
        return Syntax.of("version", this)
                .about("Shows the version of upkeep, and of the Java it runs on.")
                .closing("Examples:", "  upkeep version", "", "Exit codes:", "  0 printed   64 wrong usage");
    }

    @Override
    public Integer call() {
        terminal.out()
                .println("upkeep " + version() + " (Java " + Runtime.version() + ", " + System.getProperty("os.name")
                        + " " + System.getProperty("os.arch") + ")");
        return ExitCode.OK;
    }

    /** Known only to the packaged jar. */
    private static String version() {
        return Optional.ofNullable(VersionCommand.class.getPackage().getImplementationVersion())
                .orElse("(not packaged)");
    }
}
