package dev.upkeep.checker.check;

import java.time.Duration;

/**
 * How long a check may take, by phase and in all. A phase's limit of zero means that only the total bounds it.
 *
 * @param resolve looking up the name. A checker that was told to stay {@code onCallingThread} cannot cut a lookup short, and notices a slow
 *     one
 *     when it returns
 * @param connect opening the TCP connection
 * @param tls the handshake
 * @param firstByte from the request to the end of the reply's headers
 * @param body reading the body to its end, however slowly it drips
 * @param total the whole check: all attempts and the pauses between them. Never zero
 */
public record Timeouts(
        Duration resolve, Duration connect, Duration tls, Duration firstByte, Duration body, Duration total) {
    /** The longest time that may be set. */
    public static final Duration MAXIMUM = Duration.ofHours(1);

    /** Three seconds to resolve, to connect and for the handshake; five for the reply and for the body; ten in all. */
    public static final Timeouts DEFAULT = new Timeouts(
            Duration.ofSeconds(3),
            Duration.ofSeconds(3),
            Duration.ofSeconds(3),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10));

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a time is negative or longer than {@link #MAXIMUM}, or the total is zero
     */
    public Timeouts {
        inRange("resolve", resolve);
        inRange("connect", connect);
        inRange("tls", tls);
        inRange("firstByte", firstByte);
        inRange("body", body);
        inRange("total", total);
        if (total.isZero()) {
            throw new IllegalArgumentException(
                    "the total time of a check is zero; it bounds the check and must be more");
        }
    }

    private static void inRange(String name, Duration duration) {
        if (duration.isNegative() || duration.compareTo(MAXIMUM) > 0) {
            throw new IllegalArgumentException(
                    "the time limit " + name + " is " + duration + "; it must lie between zero and " + MAXIMUM);
        }
    }

    /** The same limits with another one for looking up the name. */
    public Timeouts withResolve(Duration other) {
        return new Timeouts(other, connect, tls, firstByte, body, total);
    }

    /** The same limits with another one for opening the connection. */
    public Timeouts withConnect(Duration other) {
        return new Timeouts(resolve, other, tls, firstByte, body, total);
    }

    /** The same limits with another one for the handshake. */
    public Timeouts withTls(Duration other) {
        return new Timeouts(resolve, connect, other, firstByte, body, total);
    }

    /** The same limits with another one for the wait for the reply. */
    public Timeouts withFirstByte(Duration other) {
        return new Timeouts(resolve, connect, tls, other, body, total);
    }

    /** The same limits with another one for the body. */
    public Timeouts withBody(Duration other) {
        return new Timeouts(resolve, connect, tls, firstByte, other, total);
    }

    /** The same limits with another total. */
    public Timeouts withTotal(Duration other) {
        return new Timeouts(resolve, connect, tls, firstByte, body, other);
    }
}
