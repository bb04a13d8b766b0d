package dev.upkeep.cli.command;

import dev.upkeep.cli.exit.FailedException;
import dev.upkeep.cli.terminal.Terminal;
import java.nio.file.Path;
import java.util.Optional;

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

    /** Of layers of images; it may be removed at any time. */
    static Path imageCache(Terminal terminal) {
        return absolute(terminal, "XDG_CACHE_HOME")
                .orElseGet(() -> home(terminal).resolve(".cache"))
                .resolve("upkeep")
                .resolve("images");
    }

    private static Path states(Terminal terminal) {
        return absolute(terminal, "XDG_STATE_HOME")
                .orElseGet(() -> home(terminal).resolve(".local").resolve("state"));
    }

    /** The environment comes first, as in a shell; Java itself only asks the list of users, and says "?" if we are not in it. */
    private static Path home(Terminal terminal) {
        return absolute(terminal, "HOME")
                .or(() -> Optional.of(Path.of(System.getProperty("user.home"))).filter(Path::isAbsolute))
                .orElseThrow(() -> new FailedException("looked for a folder to keep state in, but HOME is not set and "
                        + "this user has no home; set HOME or XDG_STATE_HOME to a folder that may be written to"));
    }

    /** The specification has relative paths ignored. */
    private static Optional<Path> absolute(Terminal terminal, String variable) {
        return Optional.ofNullable(terminal.environment().get(variable))
                .map(Path::of)
                .filter(Path::isAbsolute);
    }
}
