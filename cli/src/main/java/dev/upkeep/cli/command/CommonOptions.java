package dev.upkeep.cli.command;

import java.util.List;

/** What every command understands. */
final class CommonOptions {

    private CommonOptions() {}

    static List<Argument<?>> all() {
        return List.of(
                Argument.option("-h", "--help").help("Show this help.").showingHelp(),
                // Looked for in the words themselves, before any of them is understood; here so that help mentions it.
                Argument.option("--debug")
                        .help("Log to standard error, and show where an error comes from.")
                        .alone());
    }
}
