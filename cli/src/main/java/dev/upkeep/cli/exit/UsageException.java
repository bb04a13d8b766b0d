package dev.upkeep.cli.exit;

import java.util.List;

/** The options are known, but a value or their combination makes no sense. */
@SuppressWarnings("serial") // thrown and caught within one process, never stored
public final class UsageException extends CliException {

    /**
     * Says what is wrong.
     *
     * @param message what was found and what to do
     */
    public UsageException(String message) {
        super(ExitCode.USAGE, message);
    }

    /**
     * Refuses a word that says what to do.
     *
     * @param word what was found
     * @param known what could be done
     * @return to be thrown
     */
    public static UsageException unknownAction(String word, List<String> known) {
        return new UsageException(
                "there is nothing to do called \"" + word + "\"; expected is one of " + String.join(", ", known));
    }
}
