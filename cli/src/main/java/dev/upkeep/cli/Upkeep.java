package dev.upkeep.cli;

import dev.upkeep.cli.command.Catalog;
import dev.upkeep.cli.command.CheckerWarmUp;
import dev.upkeep.cli.exit.ExitCode;
import dev.upkeep.cli.terminal.Colour;
import dev.upkeep.cli.terminal.Terminal;
import java.security.Security;
import java.util.List;
import java.util.Optional;

/** The program: words in, exit code out. */
public final class Upkeep {

    private Upkeep() {}

    /** Runs on the real terminal and exits. */
    public static void main(String[] words) {
        boolean debug = List.of(words).contains("--debug");
        // All are read once, when the first name is looked up and the first logger is made.
        Security.setProperty("networkaddress.cache.ttl", "0");
        Security.setProperty("networkaddress.cache.negative.ttl", "0");
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "debug");
        System.setProperty("picocli.disable.closures", "true");
        if (!debug) {
            startSooner(words);
        }
        System.exit(ExitCode.forLauncher(run(Terminal.system(), words), Integer.getInteger("upkeep.verdict.base", 0)));
    }

    /** See docs/start-up.md. With --debug all of this would only hide what happens. */
    private static void startSooner(String[] words) {
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        System.setProperty("slf4j.provider", "org.slf4j.helpers.NOP_FallbackServiceProvider");
        if (Catalog.command(words).filter(CheckerWarmUp::isNeededBy).isPresent()) {
            CheckerWarmUp.start();
        }
    }

    /**
     * Runs a command on a terminal of the caller's. Leaves the virtual machine as it is, but for shutdown hooks while it lasts.
     *
     * @param words as on the command line, without the program's name
     * @return what to exit with
     */
    public static int run(Terminal terminal, String... words) {
        int code = new CommandRun(terminal, words).exitCode();
        Optional<String> failure = terminal.writeFailure();
        failure.ifPresent(why -> terminal.err()
                .println(terminal.errPalette().paint(Colour.RED, "error")
                        + ": the result could not be written to standard " + "output: " + why));
        return failure.isPresent() && code == ExitCode.OK ? CommandRun.failureCode(words) : code;
    }
}
