package dev.upkeep.cli;

import dev.upkeep.checker.verdict.ShownUri;
import dev.upkeep.cli.command.Catalog;
import dev.upkeep.cli.exit.CliException;
import dev.upkeep.cli.exit.ConfigException;
import dev.upkeep.cli.exit.ConfigProblem;
import dev.upkeep.cli.exit.ExitCode;
import dev.upkeep.cli.exit.UsageException;
import dev.upkeep.cli.output.CheckFailure;
import dev.upkeep.cli.terminal.Colour;
import dev.upkeep.cli.terminal.InterruptibleWork;
import dev.upkeep.cli.terminal.Palette;
import dev.upkeep.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;

/** Runs one command, and turns every failure into a message and an exit code. Prints a stack trace only with --debug. */
final class CommandRun {

    /** The widest line of a help page. */
    private static final int WIDEST = 100;

    private final Terminal terminal;
    private final String[] words;
    private final Catalog catalog;

    CommandRun(Terminal terminal, String... words) {
        this.terminal = terminal;
        this.words = words.clone();
        this.catalog = new Catalog(terminal, Upkeep::run);
    }

    int exitCode() {
        CommandLine upkeep = catalog.commandLine(words);
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
            refuseUnreadable();
            Catalog.refuseUnknown(upkeep, words);
            return upkeep.execute(words);
        } catch (ParameterException wrongUsage) {
            return wrongUsage(wrongUsage);
        } catch (RuntimeException | Error defect) {
            return failed(defect);
        } finally {
            out.flush();
        }
    }

    /** Java puts U+FFFD in place of bytes that the locale cannot read. What the user typed is then lost. */
    private void refuseUnreadable() {
        for (String word : words) {
            if (word.indexOf('\uFFFD') >= 0) {
                throw new UsageException(LibraryFailures.unusableName(ShownUri.of(word)));
            }
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
        if (InterruptibleWork.wasInterrupted(exception)) {
            return ExitCode.INTERRUPTED;
        }
        if (exception instanceof ConfigException config) {
            config.problems().forEach(this::sayProblem);
            return nagios(config.exitCode(), config.problems().get(0).toString());
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

    /** Only a help page needs the width of the terminal. */
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

    /** Editors and CI servers find a place only at the beginning of a line. */
    private void sayProblem(ConfigProblem problem) {
        if (problem.place().isPresent()) {
            terminal.err().println(problem);
        } else {
            say(problem.message());
        }
    }

    /** Nagios looks at standard output only, and takes numbers above 3 for a broken plugin. */
    private int nagios(int code, String message) {
        if (!catalog.asksForNagios(words)) {
            return code;
        }
        terminal.out().println(CheckFailure.nagios(message));
        return ExitCode.UNKNOWN;
    }

    /** The exit code of a failure that has none of its own. For a command that judges a target, it must be no verdict. */
    static int failureCode(String... words) {
        return Catalog.isJudge(words) ? ExitCode.UNKNOWN : ExitCode.FAILED;
    }
}
