package dev.upkeep.checker.http;

import dev.upkeep.checker.port.Ticker;
import java.time.Duration;

/**
 * A moment on the monotonic clock.
 *
 * @param ticker the clock
 * @param at the moment, by that clock
 */
public record Deadline(Ticker ticker, long at) {

    /** So much later than now. */
    public static Deadline in(Duration time, Ticker ticker) {
        return new Deadline(ticker, ticker.read() + time.toNanos());
    }

    /** What is left; negative when it is over. */
    public Duration remaining() {
        return Duration.ofNanos(remainingNanos());
    }

    long remainingNanos() {
        return at - ticker.read();
    }

    /** So much later than now, but not later than this. */
    Deadline atMostIn(Duration time) {
        Deadline other = in(time, ticker);
        return other.at - at < 0 ? other : this;
    }
}
