package dev.upkeep.remediation.ssh;

import java.time.Duration;

/**
 * How to get into a host, and how long to try.
 *
 * @param hostKeys which keys of the host are believed
 * @param keys which keys of ours are offered
 * @param connect from dialling until logged in, per host on the way. Above zero
 * @param keepAlive how often a quiet connection is asked whether it is alive; after {@link #UNANSWERED} questions without an answer it is given up. Whole
 *     seconds; zero does not ask
 */
public record SshSettings(HostKeys hostKeys, SshKeys keys, Duration connect, Duration keepAlive) {

    /** Ten seconds. */
    public static final Duration DEFAULT_CONNECT = Duration.ofSeconds(10);

    /** A quarter of a minute. */
    public static final Duration DEFAULT_KEEP_ALIVE = Duration.ofSeconds(15);

    /** After so many unanswered questions a connection counts as dead. */
    public static final int UNANSWERED = 3;

    private static final Duration MAXIMUM = Duration.ofHours(1);

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if the time to connect is not above zero, or a time is negative or longer than an hour
     */
    public SshSettings {
        if (connect.isNegative() || connect.isZero() || connect.compareTo(MAXIMUM) > 0) {
            throw new IllegalArgumentException("the time to connect is above zero and at most an hour, not " + connect);
        }
        if (keepAlive.isNegative() || keepAlive.toNanosPart() != 0 || keepAlive.compareTo(MAXIMUM) > 0) {
            throw new IllegalArgumentException(
                    "a connection is kept alive every few whole seconds, at most an hour, not every " + keepAlive);
        }
    }

    /**
     * Settings with the usual times.
     *
     * @param hostKeys which keys of the host are believed
     * @param keys which keys of ours are offered
     * @return {@link #DEFAULT_CONNECT} and {@link #DEFAULT_KEEP_ALIVE}
     */
    public static SshSettings of(HostKeys hostKeys, SshKeys keys) {
        return new SshSettings(hostKeys, keys, DEFAULT_CONNECT, DEFAULT_KEEP_ALIVE);
    }

    /**
     * The same with other host keys.
     *
     * @param others which keys of the host are believed
     * @return new settings
     */
    public SshSettings withHostKeys(HostKeys others) {
        return new SshSettings(others, keys, connect, keepAlive);
    }

    /**
     * The same with other keys of ours.
     *
     * @param others which are offered
     * @return new settings
     */
    public SshSettings withKeys(SshKeys others) {
        return new SshSettings(hostKeys, others, connect, keepAlive);
    }

    /**
     * The same with another time to connect.
     *
     * @param longest from dialling until logged in, per host on the way
     * @return new settings
     */
    public SshSettings connectingWithin(Duration longest) {
        return new SshSettings(hostKeys, keys, longest, keepAlive);
    }

    /**
     * The same with another time between questions.
     *
     * @param interval whole seconds; zero does not ask
     * @return new settings
     */
    public SshSettings keepingAliveEvery(Duration interval) {
        return new SshSettings(hostKeys, keys, connect, interval);
    }
}
