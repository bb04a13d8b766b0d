package dev.upkeep.cli.command;

import dev.upkeep.cli.terminal.Terminal;
import java.nio.file.Path;

/** Where state is kept, by the XDG Base Directory Specification. */
final class StateFolders {

    private StateFolders() {}

    /** Of the user's own stacks. */
    static Path standard(Terminal terminal) {
        return states(terminal).resolve("upkeep");
    }

    /** Of the demonstration, which has nothing to do with the user's own stacks. */
    static Path demo(Terminal terminal) {
        return states(terminal).resolve("upkeep-demo");
    }

    private static Path states(Terminal terminal) {
        Path stated = Path.of(terminal.environment().getOrDefault("XDG_STATE_HOME", ""));
        return stated.isAbsolute() ? stated : Path.of(System.getProperty("user.home"), ".local", "state");
    }
}
