package dev.upkeep.cli.exit;

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
}
