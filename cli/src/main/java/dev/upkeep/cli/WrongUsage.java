package dev.upkeep.cli;

import dev.upkeep.checker.verdict.ShownUri;
import dev.upkeep.cli.command.UnknownCommandException;
import dev.upkeep.cli.config.Nearest;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Explains to the user what is wrong with a command line. */
final class WrongUsage {

    private final ParameterException exception;
    private final CommandSpec command;

    WrongUsage(ParameterException exception) {
        this.exception = exception;
        this.command = exception.getCommandLine().getCommandSpec();
    }

    /** One line, without the name of the command. */
    String message() {
        if (exception instanceof UnknownCommandException unknown) {
            return noCommand(unknown.word());
        }
        if (exception instanceof UnmatchedArgumentException unmatched) {
            return unmatched(unmatched.getUnmatched());
        }
        if (exception instanceof MissingParameterException missing
                && !missing.getMissing().isEmpty()) {
            return missing(missing.getMissing().get(0));
        }
        return refused()
                .orElseGet(() -> String.valueOf(exception.getMessage())
                        .lines()
                        .findFirst()
                        .orElse(""));
    }

    private String unmatched(List<String> words) {
        String word = words.stream().filter(WrongUsage::isOption).findFirst().orElse(words.get(0));
        if (isOption(word)) {
            String name = word.substring(0, word.indexOf('=') < 0 ? word.length() : word.indexOf('='));
            return "there is no option " + name
                    + hint(name, command.optionsMap().keySet().stream().toList());
        }
        return command.parent() == null ? noCommand(word) : "nothing is expected where \"" + shown(word) + "\" stands";
    }

    /** A word in the wrong place may be a URL or a header. */
    private static String shown(String word) {
        int colon = word.indexOf(": ");
        return colon < 0 ? ShownUri.of(word) : word.substring(0, colon + 2) + ShownUri.HIDDEN;
    }

    private static boolean isOption(String word) {
        return word.length() > 1 && word.startsWith("-");
    }

    /** For an option of one letter no suggestion is better than another. */
    private static boolean isLetter(String word) {
        return isOption(word) && word.length() == 2;
    }

    private String noCommand(String word) {
        return "there is no command \"" + shown(word) + "\"" + hint(word, commands());
    }

    private List<String> commands() {
        return command.root().subcommands().entrySet().stream()
                .filter(entry ->
                        !entry.getValue().getCommandSpec().usageMessage().hidden())
                .map(Map.Entry::getKey)
                .toList();
    }

    private String hint(String word, List<String> known) {
        return known.stream()
                .filter(word::equalsIgnoreCase)
                .findFirst()
                .or(() -> isLetter(word) ? Optional.empty() : Nearest.to(word, known))
                .map(near -> "; did you mean " + near + "?")
                .orElse(
                        isOption(word) && command.parent() == null
                                ? "; options of a command stand behind it: upkeep COMMAND " + word
                                : "");
    }

    private static String missing(ArgSpec argument) {
        return argument instanceof OptionSpec option
                ? option.longestName() + " needs a value behind it: " + option.paramLabel()
                : argument.paramLabel() + " is missing: " + String.join(" ", argument.description());
    }

    /** Why the value of an option was refused. */
    private Optional<String> refused() {
        if (!(exception.getArgSpec() instanceof OptionSpec option)) {
            return Optional.empty();
        }
        Throwable cause = exception.getCause();
        return Optional.ofNullable(
                        cause instanceof InvalidPathException path
                                ? LibraryFailures.unusableName(path.getInput())
                                : cause instanceof TypeConversionException ? cause.getMessage() : null)
                .map(complaint -> option.longestName() + ": " + complaint);
    }
}
