package dev.upkeep.remediation.ssh;

import dev.upkeep.remediation.shell.CommandLimits;
import dev.upkeep.remediation.shell.CommandLine;
import dev.upkeep.remediation.shell.CommandResult;
import dev.upkeep.remediation.shell.ShellFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** One command on an open channel, from when it is sent. */
final class SentCommand {
    /** So long a command may take to end after it was asked to. */
    private static final Duration GRACE = Duration.ofMillis(300);

    private final SshTarget target;
    private final CommandLine command;
    private final CommandChannel channel;

    SentCommand(SshTarget target, CommandLine command, CommandChannel channel) {
        this.target = target;
        this.command = command;
        this.channel = channel;
    }

    CommandResult run(CommandLimits limits) throws InterruptedException {
        try {
            channel.send(command.inShell());
            return result(channel.awaitEnd(limits.run()));
        } catch (IOException e) {
            return lost(PlainText.of(e.getMessage()));
        } catch (TimeoutException e) {
            return timedOut(limits, isEnded());
        } catch (InterruptedException e) {
            endQuickly();
            throw e;
        } finally {
            channel.abandon();
        }
    }

    private CommandResult result(Ending ending) {
        if (ending.isRefused()) {
            return new CommandResult.Failed(
                    ShellFailure.DENIED,
                    target + " let us in, but does not run commands for this user: " + shown()
                            + " did not begin. Check the user's shell, and ForceCommand and the options in authorized_keys");
        }
        if (ending.lost() != null) {
            return lost(ending.lost());
        }
        if (ending.exitCode() == null) {
            return lost("the host closed the channel and did not say how it ended");
        }
        return new CommandResult.Ended(ending.exitCode(), channel.stdout(), channel.stderr(), channel.isCut());
    }

    private CommandResult lost(String why) {
        return failed(
                ShellFailure.LOST,
                shown() + " was sent to " + target + ", and nobody knows how it ended: " + why
                        + ". Look there before you run it again");
    }

    private CommandResult timedOut(CommandLimits limits, boolean isEnded) {
        return failed(
                ShellFailure.TIMED_OUT,
                shown() + " ran on " + target + " for longer than "
                        + limits.run().toMillis() + " ms and was told to end; "
                        + (isEnded
                                ? "it did"
                                : "the host has not said that it did (sshd takes no signals for root, nor for what sudo runs): look there"));
    }

    /** With what it has printed so far. */
    private CommandResult failed(ShellFailure failure, String message) {
        return new CommandResult.Failed(failure, message, channel.stdout(), channel.stderr(), channel.isCut());
    }

    private String shown() {
        return PlainText.of(command.inShell());
    }

    /** Asks it to end, then ends it. */
    private boolean isEnded() throws InterruptedException {
        try {
            return isEndedBy("TERM") || isEndedBy("KILL");
        } catch (InterruptedException e) {
            endQuickly();
            throw e;
        }
    }

    private boolean isEndedBy(String signal) throws InterruptedException {
        try {
            channel.signal(signal);
            return channel.awaitEnd(GRACE).lost() == null;
        } catch (TimeoutException | IOException stillRunning) {
            return false;
        }
    }

    /** Whoever was interrupted waits for nothing. */
    private void endQuickly() {
        try {
            channel.signal("TERM");
            channel.signal("KILL");
        } catch (IOException connectionEnded) {
            // Then the host does what it does with commands whose user has gone.
        }
    }
}
