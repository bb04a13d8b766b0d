package dev.upkeep.cli.command;

import dev.upkeep.cli.output.OutputFormat;
import dev.upkeep.cli.terminal.Terminal;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * All commands by their words. Makes only the command that is called, or all of them where all are shown (docs/start-up.md).
 */
public final class Catalog {

    private static final String HELP = "help";

    private static final List<String> WORDS = List.of(
            "init",
            "doctor",
            "plan",
            "template",
            "policy",
            "adopt",
            "apply",
            "deploy",
            "rollback",
            "status",
            "outputs",
            "events",
            "why",
            "logs",
            "cancel",
            "destroy",
            "image",
            "ami",
            "release",
            "check",
            "wait",
            "heal",
            "ssh",
            "demo",
            "schema",
            "completion",
            "version",
            "train",
            "train-aws",
            HELP);

    /** Only these can be understood without the other commands. */
    private static final Set<String> SHOW_OTHERS = Set.of("completion", HELP);

    /** Their exit codes speak of a target, as those of Nagios plugins do. */
    private static final Set<String> JUDGES = Set.of("check", "wait", "status", "heal");

    /** What may stand before the command. */
    private static final Set<String> COMMON = Set.of("-h", "--help", "-V", "--version", "--debug");

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
     * The command that some words call, whether it exists or not.
     *
     * @param words as on the command line
     * @return the first word that is no option; empty if there is none, or an option before it makes no sense there
     */
    public static Optional<String> command(String... words) {
        for (String word : words) {
            if (!COMMON.contains(word)) {
                return word.startsWith("-") ? Optional.empty() : Optional.of(word);
            }
        }
        return Optional.empty();
    }

    /** Whether some words call a command that judges a target: where it fails, it must end with no code that is a verdict. */
    public static boolean isJudge(String... words) {
        return command(words).filter(JUDGES::contains).isPresent();
    }

    /**
     * What is to understand some words.
     *
     * @param words as on the command line
     */
    public CommandLine commandLine(String... words) {
        CommandSpec root = specification(new RootCommand(terminal));
        Optional<String> one = command(words).filter(WORDS::contains).filter(word -> !SHOW_OTHERS.contains(word));
        for (String word : one.map(List::of).orElse(WORDS)) {
            root.addSubcommand(word, specification(command(word)));
        }
        return new CommandLine(root);
    }

    /**
     * Whether some words ask for the format of Nagios, however wrong they are otherwise. Reads them anew, past every mistake.
     *
     * @param words as on the command line
     */
    public boolean asksForNagios(String... words) {
        CommandLine upkeep = commandLine(words);
        upkeep.setUnmatchedArgumentsAllowed(true);
        upkeep.getSubcommands()
                .values()
                .forEach(command -> command.getCommandSpec().parser().collectErrors(true));
        upkeep.getCommandSpec().parser().collectErrors(true);
        ParseResult understood = upkeep.parseArgs(words);
        return Optional.ofNullable(understood.subcommand())
                .map(command -> command.commandSpec().findOption("--output"))
                .map(OptionSpec::<Object>getValue)
                .filter(OutputFormat.NAGIOS::equals)
                .isPresent();
    }

    /**
     * Refuses words that call a command that does not exist, even if they ask for help besides.
     *
     * @param commandLine what is to understand them
     * @throws UnknownCommandException if there is no such command
     */
    public static void refuseUnknown(CommandLine commandLine, String... words) {
        command(words).filter(word -> !WORDS.contains(word)).ifPresent(word -> {
            throw new UnknownCommandException(commandLine, word);
        });
    }

    private static CommandSpec specification(Command command) {
        return command.syntax().arguments(CommonOptions.all()).spec();
    }

    private Command command(String word) {
        return switch (word) {
            case "init" -> new InitCommand(terminal);
            case "doctor" -> new DoctorCommand(terminal);
            case "plan" -> new PlanCommand(terminal);
            case "template" -> new TemplateCommand(terminal);
            case "policy" -> new PolicyCommand(terminal);
            case "adopt" -> new AdoptCommand(terminal);
            case "apply" -> new ApplyCommand(terminal);
            case "deploy" -> new DeployCommand(terminal);
            case "rollback" -> new RollbackCommand(terminal);
            case "status" -> new StatusCommand(terminal);
            case "outputs" -> new OutputsCommand(terminal);
            case "events" -> new EventsCommand(terminal);
            case "why" -> new WhyCommand(terminal);
            case "logs" -> new LogsCommand(terminal, InstantSource.system());
            case "cancel" -> new CancelCommand(terminal);
            case "destroy" -> new DestroyCommand(terminal);
            case "image" -> new ImageCommand(terminal);
            case "ami" -> new AmiCommand(terminal);
            case "release" -> new ReleaseCommand(terminal);
            case "check" -> new CheckCommand(terminal);
            case "wait" -> new WaitCommand(terminal);
            case "ssh" -> new SshCommand(terminal);
            case "heal" -> new HealCommand(terminal);
            case "demo" -> new DemoCommand(terminal);
            case "schema" -> new SchemaCommand(terminal);
            case "completion" -> new CompletionCommand(terminal);
            case "version" -> new VersionCommand(terminal);
            case "train" -> new TrainingRunCommand(terminal, upkeep);
            case "train-aws" -> new TrainingOnAwsCommand(terminal, upkeep);
            case HELP -> new HelpCommand(terminal);
            default -> throw new IllegalArgumentException("no command is called " + word);
        };
    }
}
