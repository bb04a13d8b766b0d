package dev.upkeep.remediation.shell;

/**
 * A way to run commands on one host, without a terminal and without input. Safe for use by several threads. Whoever opened the way in closes it.
 */
public interface RemoteShell {

    /**
     * The host, for people and for the audit.
     *
     * @return such as {@code admin@www1.example.org}, or the id of an instance; never a secret
     */
    String host();

    /**
     * Runs a command. Blocks until it has ended, or a limit has passed.
     *
     * @param command what; it must hold no secret
     * @param limits how long it may take, and how much of its output is kept
     * @return how it ended, or why it did not run
     * @throws InterruptedException if the calling thread is interrupted; the command is then ended, as far as the way in can do that
     */
    CommandResult run(CommandLine command, CommandLimits limits) throws InterruptedException;
}
