package dev.upkeep.checker.verdict;

import java.time.Duration;

/**
 * How long each phase of an attempt took, on the monotonic clock. Zero means that the phase was not reached, or that there was
 * nothing to do in it. The phase in which an attempt failed counts up to the failure. Over redirects they add up.
 *
 * @param resolve looking up the name; zero where the host is written as an address
 * @param connect from the connection request to the connection
 * @param tls the handshake; zero for plain HTTP
 * @param firstByte from the end of the handshake to the end of the reply's headers: sending the request, and waiting
 * @param body reading the body to its end
 */
public record PhaseTimes(Duration resolve, Duration connect, Duration tls, Duration firstByte, Duration body) {
    /** Nothing was done. */
    public static final PhaseTimes NONE =
            new PhaseTimes(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);

    /** The sum of all phases. */
    public Duration total() {
        return resolve.plus(connect).plus(tls).plus(firstByte).plus(body);
    }

    /** Phase by phase the sum of two. */
    public PhaseTimes plus(PhaseTimes other) {
        return new PhaseTimes(
                resolve.plus(other.resolve),
                connect.plus(other.connect),
                tls.plus(other.tls),
                firstByte.plus(other.firstByte),
                body.plus(other.body));
    }
}
