package dev.upkeep.cli.command;

import dev.upkeep.cli.config.Config;
import dev.upkeep.cli.config.ConfigReader;
import dev.upkeep.cli.exit.UsageException;
import dev.upkeep.cli.terminal.Terminal;
import java.nio.file.Path;

/** Which configuration file. */
final class FileOption {

    private final Argument<Path> file = Argument.option("-f", "--file")
            .help("The configuration file. The default is upkeep.yaml in this folder.")
            .takingFile();

    Argument<Path> argument() {
        return file;
    }

    boolean isGiven() {
        return file.isGiven();
    }

    Config read(Terminal terminal) {
        if (file.value().filter(path -> path.toString().isEmpty()).isPresent()) {
            throw new UsageException("--file: the name is empty; leave the option out for " + Config.DEFAULT_FILE);
        }
        Path named = file.value().orElse(Path.of(Config.DEFAULT_FILE));
        return ConfigReader.read(terminal.resolve(named), named.toString(), terminal.environment());
    }
}
