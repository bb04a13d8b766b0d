package dev.upkeep.cli;

import dev.upkeep.cli.config.Nearest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with the words of a command line, in words that a user of the command knows. */
final class WrongUsage {

    private static final Pattern BAD_VALUE = Pattern.compile("Invalid value for option '([^']+)': (.*)");
    private static final Pattern NO_PATH =
            Pattern.compile("cannot convert '(.*)' to interface java\\.nio\\.file\\.Path .*");
    private static final Pattern NO_COMMAND = Pattern.compile("Unknown subcommand '(.*)'\\.");

    private final ParameterException exception;
    private final CommandSpec command;

    WrongUsage(ParameterException exception) {
        this.exception = exception;
        this.command = exception.getCommandLine().getCommandSpec();
    }

    /** One line, without the name of the command. */
    String message() {
        if (exception instanceof UnmatchedArgumentException unmatched) {
            return unmatched(unmatched.getUnmatched());
        }
        if (exception instanceof MissingParameterException missing
                && !missing.getMissing().isEmpty()) {
            return missing(missing.getMissing().get(0));
        }
        return reworded(
                String.valueOf(exception.getMessage()).lines().findFirst().orElse(""));
    }

    private String unmatched(List<String> words) {
        String word = words.stream().filter(WrongUsage::isOption).findFirst().orElse(words.get(0));
        if (isOption(word)) {
            return "there is no option " + word
                    + hint(word, command.optionsMap().keySet().stream().toList());
        }
        return command.parent() == null ? noCommand(word) : "nothing is expected where \"" + word + "\" stands";
    }

    private static boolean isOption(String word) {
        return word.length() > 1 && word.startsWith("-");
    }

    /** Of two options of one letter none is nearer than the other. */
    private static boolean isLetter(String word) {
        return isOption(word) && word.length() == 2;
    }

    private String noCommand(String word) {
        return "there is no command \"" + word + "\"" + hint(word, commands());
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

    private String reworded(String message) {
        Matcher noCommand = NO_COMMAND.matcher(message);
        if (noCommand.matches()) {
            return noCommand(noCommand.group(1));
        }
        Matcher bad = BAD_VALUE.matcher(message);
        if (!bad.matches()) {
            return message;
        }
        return bad.group(1) + ": " + NO_PATH.matcher(bad.group(2)).replaceFirst(LibraryFailures.unusableName("$1"));
    }
}
