package dev.upkeep.remediation.shell;

/** Why nobody knows how a command ended, or why it did not run. */
public enum ShellFailure {
    /** The host does not answer, or the way to it is closed: nothing was sent. */
    UNREACHABLE(false),
    /** The host is not the one that is known, or is not known at all: nothing was sent, no password or key either. */
    HOST_KEY(false),
    /** The host does not let us in, or whoever asked may not run commands there: nothing was sent. */
    DENIED(false),
    /** It ran for as long as it may, and was given up. */
    TIMED_OUT(true),
    /** It was sent, and how it ended cannot be found out: the connection broke, for instance. */
    LOST(true);

    private final boolean mayHaveRun;

    ShellFailure(boolean mayHaveRun) {
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
