package dev.upkeep.cli.command;

import dev.upkeep.cli.config.Config;
import dev.upkeep.cli.exit.ExitCode;
import dev.upkeep.cli.exit.FailedException;
import dev.upkeep.cli.exit.UsageException;
import dev.upkeep.cli.terminal.Terminal;
import dev.upkeep.infra.failure.InvalidSpecException;
import dev.upkeep.infra.spec.StackName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Writes a configuration to start from. */
final class InitCommand implements Command {

    private static final String SCHEMA_FILE = ".upkeep.schema.json";
    private static final String FALLBACK_NAME = "shop";

    private final Terminal terminal;

    private final Argument<String> stack = Argument.option("--stack")
            .help("The stack's name. The default is made from the folder's name.")
            .taking("NAME");

    private final Argument<Boolean> force =
            Argument.option("--force").help("Replace an existing upkeep.yaml.").alone();

    InitCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Syntax syntax() {
        return Syntax.of("init", this)
                .about(
                        "Writes a commented upkeep.yaml into this folder, ready to apply.",
                        "It also writes .upkeep.schema.json, with which editors complete and check the file.")
                .arguments(List.of(stack, force))
                .closing(
                        "Examples:",
                        "  upkeep init",
                        "      A stack with the name of this folder.",
                        "  upkeep init --stack shop",
                        "",
                        "Exit codes:",
                        "  0 written   1 failed, for example because the file exists   64 wrong usage");
    }

    @Override
    public Integer call() {
        Path file = terminal.folder().resolve(Config.DEFAULT_FILE);
        String text = Resources.text(Resources.TEMPLATE)
                .replace("STACK", String.format("%-22s", name()))
                .replace("SCHEMA", SCHEMA_FILE);
        if (Files.exists(file) && !force.isGiven()) {
            throw new FailedException(file + " is there already, and was not touched; to replace it, use --force");
        }
        write(file, text);
        write(terminal.folder().resolve(SCHEMA_FILE), Resources.text(Resources.CONFIG_SCHEMA));
        terminal.out().println("Wrote " + Config.DEFAULT_FILE + ", and " + SCHEMA_FILE + " for editors.");
        terminal.out().println("Next: look it over, then upkeep doctor, upkeep plan, upkeep apply, upkeep check.");
        return ExitCode.OK;
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(
                    file,
                    text,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw FailedException.ofFile(
                    "cannot write " + file, e, "check that the folder exists and may be written to");
        }
    }

    private String name() {
        try {
            return stack.value().map(StackName::of).map(StackName::text).orElseGet(this::fromFolder);
        } catch (InvalidSpecException e) {
            throw new UsageException("--stack: " + e.problems().get(0).message() + "; "
                    + e.problems().get(0).hint());
        }
    }

    private String fromFolder() {
        String folder = Optional.ofNullable(terminal.folder().getFileName())
                .map(Path::toString)
                .orElse("");
        String name =
                folder.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^[^a-z]+|-+$", "");
        String cut = name.substring(0, Math.min(name.length(), 24)).replaceAll("-+$", "");
        return cut.isEmpty() ? FALLBACK_NAME : cut;
    }
}
