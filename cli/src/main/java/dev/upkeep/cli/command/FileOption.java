package dev.upkeep.cli.command;

import dev.upkeep.cli.config.Config;
import dev.upkeep.cli.config.ConfigReader;
import dev.upkeep.cli.exit.UsageException;
import dev.upkeep.cli.terminal.Terminal;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which configuration file. */
final class FileOption {

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "The configuration file; upkeep.yaml in this folder unless given.")
    @Nullable
    Path file;

    Config read(Terminal terminal) {
        if (file != null && file.toString().isEmpty()) {
            throw new UsageException("--file: the name is empty; leave the option out for " + Config.DEFAULT_FILE);
        }
        Path named = file == null ? Path.of(Config.DEFAULT_FILE) : file;
        return ConfigReader.read(terminal.resolve(named), named.toString(), terminal.environment());
    }
}
