package dev.upkeep.remediation.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A command and its arguments, each as the program gets it. Nothing in it is expanded, split or looked up by a shell. It must hold no secret: it is written
 * down in the audit, and hosts show it to whoever lists processes.
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
     * The same as the administrator, through sudo without a terminal: where sudo would ask for a password, it fails.
     *
     * @return a command line that begins with {@code sudo -n --}
     */
    public CommandLine asAdministrator() {
        List<String> all = new ArrayList<>(List.of("sudo", "-n", "--"));
        all.addAll(argv);
        return new CommandLine(all);
    }

    /**
     * The command line for a POSIX shell, which gives the program exactly these arguments. The one place where this is done: between single quotes nothing
     * has a meaning but the single quote itself
     * (<a href="https://pubs.opengroup.org/onlinepubs/9699919799/utilities/V3_chap02.html#tag_18_02_02">POSIX</a>).
     *
     * @return one command, over several lines if an argument has several; what needs no quotes has none
     */
    public String inShell() {
        return argv.stream().map(CommandLine::quoted).collect(Collectors.joining(" "));
    }

    /** What is safe in every place stays readable; a word with an equals sign in the first place would set a variable. */
    private static String quoted(String text) {
        return text.matches("[A-Za-z0-9_./:@%+,-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    /** As {@link #inShell}. */
    @Override
    public String toString() {
        return inShell();
    }
}
