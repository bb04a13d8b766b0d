package dev.upkeep.cli.command;

import dev.upkeep.cli.exit.FailedException;
import dev.upkeep.cli.terminal.Terminal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** Asks whoever sits at the terminal before something is done that costs. Where nobody sits, nothing is done. */
final class Confirmation {

    private Confirmation() {}

    /**
     * Asks once.
     *
     * @param question ends with what to type
     * @param wanted what has to be typed
     * @param otherwise what has not been done, if it is not
     * @throws FailedException if something else was typed, nothing could be read, or nobody can be asked
     */
    static void ask(String question, String wanted, String otherwise, Terminal terminal) {
        if (!terminal.isInteractive()) {
            throw new FailedException(otherwise + ": nobody can be asked, because this is no terminal. Use --yes to go"
                    + " on without a question");
        }
        terminal.err().print(question);
        terminal.err().flush();
        try {
            // Not closed: standard input is not ours.
            BufferedReader answers = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            if (!wanted.equals(String.valueOf(answers.readLine()).strip())) {
                throw new FailedException(otherwise + ": " + wanted + " was not typed");
            }
        } catch (IOException e) {
            throw new FailedException(otherwise + ": no answer could be read; use --yes");
        }
    }
}
