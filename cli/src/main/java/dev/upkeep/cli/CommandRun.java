package dev.upkeep.cli;

import dev.upkeep.cli.command.Catalog;
import dev.upkeep.cli.exit.CliException;
import dev.upkeep.cli.exit.ConfigException;
import dev.upkeep.cli.exit.ExitCode;
import dev.upkeep.cli.output.Failures;
import dev.upkeep.cli.terminal.Colour;
import dev.upkeep.cli.terminal.Interruption;
import dev.upkeep.cli.terminal.Palette;
import dev.upkeep.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;

/** One run of a command, and what becomes of everything that can go wrong with it. No stack trace unless asked for. */
final class CommandRun {

    /** Of a help page, however wide the terminal is. */
    private static final int WIDEST = 100;

    private final Terminal terminal;
    private final String[] words;

    CommandRun(Terminal terminal, String... words) {
        this.terminal = terminal;
        this.words = words.clone();
    }

    int exitCode() {
        CommandLine upkeep = new Catalog(terminal, Upkeep::run).commandLine(words);
        PrintWriter out = new PrintWriter(terminal.out(), false, StandardCharsets.UTF_8);
        upkeep.setOut(out);
        upkeep.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
        upkeep.setColorScheme(
                CommandLine.Help.defaultColorScheme(terminal.outPalette() == Palette.COLOURED ? Ansi.ON : Ansi.OFF));
        upkeep.setUsageHelpWidth(wantsHelp() ? Math.min(terminal.columns(), WIDEST) : WIDEST);
        upkeep.setUsageHelpLongOptionsMaxWidth(34);
        upkeep.setExpandAtFiles(false);
        upkeep.setParameterExceptionHandler((exception, unused) -> wrongUsage(exception));
        upkeep.setExecutionExceptionHandler((exception, command, result) -> failed(exception));
        try {
            return upkeep.execute(words);
        } catch (RuntimeException | Error defect) {
            return failed(defect);
        } finally {
            out.flush();
        }
    }

    private int wrongUsage(ParameterException exception) {
        String message = new WrongUsage(exception).message();
        say(message);
        String help = exception.getCommandLine().getCommandSpec().qualifiedName() + " --help";
        terminal.err().println("Try " + terminal.errPalette().paint(Colour.CYAN, help));
        return nagios(ExitCode.USAGE, message);
    }

    private int failed(Throwable exception) {
        if (terminalWantsTrace()) {
            exception.printStackTrace(terminal.err());
        }
        if (Interruption.isCauseOf(exception)) {
            return ExitCode.INTERRUPTED;
        }
        if (exception instanceof ConfigException config) {
            config.problems().forEach(this::sayProblem);
            return nagios(config.exitCode(), config.problems().get(0));
        }
        if (exception instanceof CliException expected) {
            int code = expected.exitCode() == ExitCode.FAILED ? failureCode(words) : expected.exitCode();
            return saying(String.valueOf(expected.getMessage()), code);
        }
        return saying(LibraryFailures.explain(exception), failureCode(words));
    }

    private int saying(String message, int code) {
        say(message);
        return nagios(code, message);
    }

    /** Only then is the terminal asked how wide it is, which takes another process. */
    private boolean wantsHelp() {
        return words.length == 0 || Stream.of(words).anyMatch(Set.of("-h", "--help", "help")::contains);
    }

    private boolean terminalWantsTrace() {
        return List.of(words).contains("--debug");
    }

    private void say(String message) {
        terminal.flush();
        terminal.err().println(terminal.errPalette().paint(Colour.RED, "error") + ": " + message);
    }

    /** Editors and CI servers find "file:line:column: " only at the beginning of a line. */
    private void sayProblem(String problem) {
        if (Pattern.compile("[^\n]+:\\d+:\\d+: ").matcher(problem).lookingAt()) {
            terminal.err().println(problem);
        } else {
            say(problem);
        }
    }

    /** Nagios looks at standard output only, and takes numbers above 3 for a broken plugin. */
    private int nagios(int code, String message) {
        if (!isCheck(words) || !wantsNagios()) {
            return code;
        }
        terminal.out().println(Failures.nagios(message));
        return ExitCode.UNKNOWN;
    }

    private boolean wantsNagios() {
        String all = " " + String.join(" ", words) + " ";
        return all.contains(" --output nagios ")
                || all.contains(" --output=nagios ")
                || all.contains(" -o nagios ")
                || all.contains(" -onagios ")
                || all.contains(" -o=nagios ");
    }

    /** What a failure without a number of its own exits with: a check that could not be made is not a warning. */
    static int failureCode(String... words) {
        return isCheck(words) ? ExitCode.UNKNOWN : ExitCode.FAILED;
    }

    /** Whether it is about a verdict, and ends with the exit codes of Nagios plugins. */
    static boolean isCheck(String... words) {
        return words.length > 0 && (words[0].equals("check") || words[0].equals("wait"));
    }
}
