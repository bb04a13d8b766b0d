package dev.upkeep.cli.command;

import dev.upkeep.cli.exit.ExitCode;
import dev.upkeep.cli.exit.UsageException;
import dev.upkeep.cli.terminal.Terminal;
import java.util.List;

/** Prints the published schemas. */
final class SchemaCommand implements Command {

    private final Terminal terminal;

    private final Argument<String> which = Argument.operand(
            "WHICH",
            "1",
            "config, check, heal, stack or images.",
            List.of("config", "check", "heal", "stack", "images"));

    SchemaCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Syntax syntax() {
        return Syntax.of("schema", this)
                .about(
                        "Prints the JSON Schema of upkeep.yaml, or of what commands print as JSON.",
                        "  config   upkeep.yaml",
                        "  check    check and wait with --output json or jsonl",
                        "  heal     heal with --output json",
                        "  stack    plan, apply, status, destroy and ami with --output json or jsonl",
                        "  images   image and release with --output json or jsonl")
                .arguments(List.of(which))
                .closing(
                        "Examples:",
                        "  upkeep schema config > upkeep.schema.json",
                        "  upkeep schema check",
                        "  upkeep schema stack",
                        "",
                        "Exit codes:",
                        "  0 printed   64 wrong usage");
    }

    @Override
    public Integer call() {
        terminal.out().print(Resources.text(resource(which.value().orElseThrow())));
        return ExitCode.OK;
    }

    private static String resource(String which) {
        return switch (which) {
            case "config" -> Resources.CONFIG_SCHEMA;
            case "check" -> Resources.CHECK_SCHEMA;
            case "heal" -> Resources.HEAL_SCHEMA;
            case "stack" -> Resources.STACK_SCHEMA;
            case "images" -> Resources.IMAGES_SCHEMA;
            default ->
                throw new UsageException(
                        "\"" + which + "\" has no schema; expected is config, check, heal, stack or images");
        };
    }
}
