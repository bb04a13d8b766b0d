package dev.upkeep.infra.shell;

/** Why nobody knows how a command ended, or why it did not run. */
public enum CommandFailure {
    /** The instance is not there, not online, or the way to it is closed: nothing was sent. */
    UNREACHABLE(false),
    /** Whoever asked may not do that, or has no valid credentials: nothing was sent. */
    DENIED(false),
    /** It was sent, and the instance did not take it in time. It was taken back. */
    UNDELIVERED(false),
    /** It ran for as long as it may, and was stopped. */
    TIMED_OUT(true),
    /** Somebody stopped it. */
    CANCELLED(true),
    /** It was sent, and how it ended cannot be found out. */
    LOST(true);

    private final boolean mayHaveRun;

    CommandFailure(boolean mayHaveRun) {
        this.mayHaveRun = mayHaveRun;
    }

    /**
     * Whether the command may have done something.
     *
     * @return false if it certainly did not begin
     */
    public boolean mayHaveRun() {
        return mayHaveRun;
    }
}
