package dev.upkeep.remediation.inspection;

import dev.upkeep.remediation.shell.CommandResult;

/** A host could not be asked any more. Never leaves this module. */
@SuppressWarnings("serial") // thrown and caught within one visit, never stored
public final class HostLostException extends RuntimeException {

    private final CommandResult.Failed failed;

    /**
     * Says why.
     *
     * @param failed what came of the command
     */
    public HostLostException(CommandResult.Failed failed) {
        super(failed.message());
        this.failed = failed;
    }

    /**
     * How a command ended, for whoever cannot go on without that.
     *
     * @param result what came of it
     * @return its end
     * @throws HostLostException if it did not end
     */
    public static CommandResult.Ended requireEnded(CommandResult result) {
        return result.match(ended -> ended, failed -> {
            throw new HostLostException(failed);
        });
    }

    /**
     * What came of the command.
     *
     * @return why it did not end
     */
    public CommandResult.Failed failed() {
        return failed;
    }
}
