package dev.upkeep.infra.shell;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A command and its arguments, each as the program gets it. Nothing in it is expanded, split or looked up by a shell.
 *
 * <p>It must hold no secret. Ways in keep what they run: AWS shows every command of Run Command for 30 days to whoever may list commands, and writes it to
 * CloudTrail.
 *
 * @param argv the program, then its arguments
 */
public record CommandLine(List<String> argv) {

    /**
     * Copies the arguments.
     *
     * @throws IllegalArgumentException if there is no program, or a text has a NUL, which no program can be given
     */
    public CommandLine {
        argv = List.copyOf(argv);
        if (argv.isEmpty() || argv.get(0).isEmpty()) {
            throw new IllegalArgumentException("a command line begins with a program, and there is none in " + argv);
        }
        if (argv.stream().anyMatch(argument -> argument.indexOf('\0') >= 0)) {
            throw new IllegalArgumentException(
                    "no program can be given a NUL: an argument of " + argv.get(0) + " has one");
        }
    }

    /**
     * A command line.
     *
     * @param argv the program, then its arguments
     * @return the command line
     * @throws IllegalArgumentException if there is no program, or a text has a NUL
     */
    public static CommandLine of(String... argv) {
        return new CommandLine(List.of(argv));
    }

    /**
     * The command line for a POSIX shell, which gives the program exactly these arguments. The one place where this is done. Two braces never stand side
     * by side in it: Systems Manager would put the value of a parameter in the place of {@code {{ssm:name}}}.
     *
     * @return one command, over several lines if an argument has several
     */
    public String inShell() {
        return argv.stream().map(CommandLine::quoted).collect(Collectors.joining(" "));
    }

    /** Between single quotes nothing has a meaning but the single quote itself. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("'");
        char before = ' ';
        for (int at = 0; at < text.length(); at++) {
            char each = text.charAt(at);
            if (each == '\'') {
                quoted.append("'\\'");
            } else if (each == before && (each == '{' || each == '}')) {
                quoted.append("''");
            }
            quoted.append(each);
            before = each;
        }
        return quoted.append("'").toString();
    }
}
