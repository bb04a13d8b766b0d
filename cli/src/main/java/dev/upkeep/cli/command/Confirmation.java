package dev.upkeep.cli.command;

import dev.upkeep.cli.exit.FailedException;
import dev.upkeep.cli.terminal.Terminal;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

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
     * @throws InterruptedException if the calling thread is interrupted
     */
    static void ask(String question, String wanted, String otherwise, Terminal terminal) throws InterruptedException {
        if (!terminal.isInteractive()) {
            throw new FailedException(otherwise + ": nobody can be asked, because this is no terminal. Use --yes to go"
                    + " on without a question");
        }
        terminal.err().print(question);
        terminal.err().flush();
        try {
            if (!wanted.equals(answer(System.in))) {
                throw new FailedException(otherwise + ": " + wanted + " was not typed");
            }
        } catch (ExecutionException e) {
            throw new FailedException(otherwise + ": no answer could be read; use --yes");
        }
    }

    /** Read by a thread of its own: Ctrl-C does not end a read of standard input. That is not closed, because it is not ours. */
    static String answer(InputStream typed) throws InterruptedException, ExecutionException {
        FutureTask<String> reading = new FutureTask<>(() -> String.valueOf(
                        new BufferedReader(new InputStreamReader(typed, StandardCharsets.UTF_8)).readLine())
                .strip());
        Thread thread = new Thread(reading, "answer");
        thread.setDaemon(true);
        thread.start();
        return reading.get();
    }
}
