package dev.upkeep.cli.command;

import picocli.CommandLine.Option;

/** What every command understands. */
final class CommonOptions {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    /** Looked for in the words themselves, before any of them is understood; here so that help mentions it. */
    @Option(names = "--debug", description = "Log to standard error, and show where an error comes from.")
    boolean debug;
}
