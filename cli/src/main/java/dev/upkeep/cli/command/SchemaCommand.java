package dev.upkeep.cli.command;

import dev.upkeep.cli.exit.ExitCode;
import dev.upkeep.cli.exit.UsageException;
import dev.upkeep.cli.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Prints the published schemas. */
@Command(
        name = "schema",
        description = "Prints a JSON Schema: of upkeep.yaml (config), or of what check --output json prints (check).",
        footerHeading = "%nExamples:%n",
        footer = {
            "  upkeep schema config > upkeep.schema.json",
            "  upkeep schema check",
            "",
            "Exit codes:",
            "  0 printed   64 wrong usage"
        })
final class SchemaCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Parameters(paramLabel = "WHICH", description = "config or check.")
    private String which = "";

    @Mixin
    CommonOptions common = new CommonOptions();

    SchemaCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        String resource = switch (which) {
            case "config" -> Resources.CONFIG_SCHEMA;
            case "check" -> Resources.CHECK_SCHEMA;
            default -> throw new UsageException("\"" + which + "\" has no schema; expected is config or check");
        };
        terminal.out().print(Resources.text(resource));
        return ExitCode.OK;
    }
}
