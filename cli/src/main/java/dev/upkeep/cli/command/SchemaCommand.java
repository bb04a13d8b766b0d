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
        description = {
            "Prints the JSON Schema of upkeep.yaml, or of what commands print as JSON.",
            "  config   upkeep.yaml",
            "  check    check and wait with --output json or jsonl",
            "  stack    plan, apply, status and destroy with --output json or jsonl"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  upkeep schema config > upkeep.schema.json",
            "  upkeep schema check",
            "  upkeep schema stack",
            "",
            "Exit codes:",
            "  0 printed   64 wrong usage"
        })
final class SchemaCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Parameters(paramLabel = "WHICH", description = "config, check or stack.")
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
            case "stack" -> Resources.STACK_SCHEMA;
            default -> throw new UsageException("\"" + which + "\" has no schema; expected is config, check or stack");
        };
        terminal.out().print(Resources.text(resource));
        return ExitCode.OK;
    }
}
