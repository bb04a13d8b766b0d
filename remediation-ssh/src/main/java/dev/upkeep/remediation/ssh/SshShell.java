package dev.upkeep.remediation.ssh;

import dev.upkeep.remediation.shell.CommandLimits;
import dev.upkeep.remediation.shell.CommandLine;
import dev.upkeep.remediation.shell.CommandResult;
import dev.upkeep.remediation.shell.RemoteShell;
import dev.upkeep.remediation.shell.ShellFailure;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A shell on a host over SSH. Connects at the first command and keeps the connection for the next ones, of which {@value #CHANNELS} run at a time, or as
 * many as the host allows; others wait for them, and that is not part of their time. A connection that has ended is made anew for the next command. A
 * command is never sent twice. Safe for use by several threads; see the package for the threads that it has of its own.
 *
 * <p>A command that takes too long, or whose caller is interrupted, is sent TERM and KILL. The sshd of OpenSSH 9 ignores both where the user is root, and
 * they do not reach what sudo runs; for such commands put {@code timeout} in front.
 *
 * <p>The user's login shell on the host has to be one that understands POSIX quotes.
 */
public final class SshShell implements RemoteShell, AutoCloseable {

    /** So many commands run at a time. */
    public static final int CHANNELS = 4;

    private static final int REFUSALS = 20;
    private static final int REST_MILLIS = 50;

    private final SshAccess access;
    private final Connector connector;
    private final Slots slots = new Slots(CHANNELS);

    private SshShell(SshAccess access, Optional<SshDial> dial) {
        this.access = access;
        this.connector = new Connector(access, dial);
    }

    /**
     * A shell that is not connected yet.
     *
     * @param access the way in
     * @return where commands can be run; whoever has it closes it
     */
    public static SshShell over(SshAccess access) {
        return new SshShell(access, Optional.empty());
    }

    /**
     * A shell that is not connected yet, and is connected in a way of its own.
     *
     * @param access the way in; the address of its first host is a name only
     * @param dial how a connection to the first host is made
     * @return where commands can be run; whoever has it closes it
     */
    public static SshShell over(SshAccess access, SshDial dial) {
        return new SshShell(access, Optional.of(dial));
    }

    @Override
    public String host() {
        return access.target().toString();
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if the shell is closed
     */
    @Override
    public CommandResult run(CommandLine command, CommandLimits limits) throws InterruptedException {
        slots.acquire();
        try {
            return new SentCommand(access.target(), command, open(limits)).run(limits);
        } catch (ConnectFailure e) {
            return e.asResult();
        } finally {
            slots.release();
        }
    }

    /** A kept connection may have ended without anybody noticing. Until the channel is open nothing was sent, so it is tried on another one. */
    private CommandChannel open(CommandLimits limits) throws ConnectFailure, InterruptedException {
        try {
            return open(connector.connection(), limits);
        } catch (IOException ended) {
            return openAgain(limits);
        }
    }

    private CommandChannel openAgain(CommandLimits limits) throws ConnectFailure, InterruptedException {
        try {
            return open(connector.connection(), limits);
        } catch (IOException e) {
            throw new ConnectFailure(
                    ShellFailure.UNREACHABLE,
                    "two connections to " + access + " ended before a command could be sent ("
                            + PlainText.of(e.getMessage()) + "). Look into the log of its sshd");
        }
    }

    private CommandChannel open(LiveConnection connection, CommandLimits limits)
            throws ConnectFailure, IOException, InterruptedException {
        int refusals = 0;
        while (refusals < REFUSALS) {
            CommandChannel channel = connection.channel(limits.output());
            if (connection.open(channel)) {
                return channel;
            }
            if (!slots.awaitOther()) {
                refusals++;
                TimeUnit.MILLISECONDS.sleep(REST_MILLIS);
            }
        }
        throw new ConnectFailure(
                ShellFailure.DENIED,
                access.target()
                        + " let us in, but opens no session for a command. Check MaxSessions in its sshd_config");
    }

    /** Ends the connection and whatever runs over it: such commands are {@link ShellFailure#LOST}. May be called more than once. */
    @Override
    public void close() {
        connector.close();
    }

    /** The way in; no secret. */
    @Override
    public String toString() {
        return access.toString();
    }
}
