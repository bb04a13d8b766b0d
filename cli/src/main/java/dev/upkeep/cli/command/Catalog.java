package dev.upkeep.cli.command;

import dev.upkeep.cli.terminal.Terminal;
import java.util.List;
import java.util.function.BiConsumer;
import picocli.CommandLine;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;

/**
 * All commands by their words. Only the one that is called is made, for a quick start; all of them only where all are to be shown.
 */
public final class Catalog {

    private static final List<String> WORDS = List.of(
            "init",
            "doctor",
            "plan",
            "apply",
            "status",
            "destroy",
            "check",
            "wait",
            "demo",
            "schema",
            "completion",
            "version",
            "train");

    private static final List<String> SHOW_OTHERS = List.of("completion");

    private final Terminal terminal;
    private final BiConsumer<Terminal, String[]> upkeep;

    /**
     * The commands on a terminal.
     *
     * @param upkeep runs another command, for commands that need others
     */
    public Catalog(Terminal terminal, BiConsumer<Terminal, String[]> upkeep) {
        this.terminal = terminal;
        this.upkeep = upkeep;
    }

    /**
     * What is to understand some words.
     *
     * @param words as on the command line
     */
    public CommandLine commandLine(String... words) {
        CommandSpec root = specification(new RootCommand(terminal));
        boolean one = words.length > 0 && WORDS.contains(words[0]) && !SHOW_OTHERS.contains(words[0]);
        for (String word : one ? List.of(words[0]) : WORDS) {
            root.addSubcommand(word, specification(command(word)));
        }
        if (!one) {
            root.addSubcommand("help", CommandSpec.forAnnotatedObject(new HelpCommand()));
        }
        return new CommandLine(root);
    }

    private static CommandSpec specification(Command command) {
        return command.syntax().arguments(CommonOptions.all()).spec();
    }

    private Command command(String word) {
        return switch (word) {
            case "init" -> new InitCommand(terminal);
            case "doctor" -> new DoctorCommand(terminal);
            case "plan" -> new PlanCommand(terminal);
            case "apply" -> new ApplyCommand(terminal);
            case "status" -> new StatusCommand(terminal);
            case "destroy" -> new DestroyCommand(terminal);
            case "check" -> new CheckCommand(terminal);
            case "wait" -> new WaitCommand(terminal);
            case "demo" -> new DemoCommand(terminal);
            case "schema" -> new SchemaCommand(terminal);
            case "completion" -> new CompletionCommand(terminal);
            case "version" -> new VersionCommand(terminal);
            case "train" -> new TrainCommand(terminal, upkeep);
            default -> throw new IllegalArgumentException("no command is called " + word);
        };
    }
}
