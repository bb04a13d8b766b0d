package dev.upkeep.checker.http;

import dev.upkeep.checker.check.Timeouts;
import dev.upkeep.checker.verdict.PhaseTimes;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * Times the phases of one attempt, and says how long the current one may still take. Used by one thread.
 *
 * <p>Limits are enforced here, on the sockets, rather than by OkHttp's timeouts: those count from one read to the next, so that a dripping
 * server never exceeds them, and they are watched by a thread of their own.
 */
final class PhaseClock {
    private final Timeouts timeouts;
    private final Deadline total;
    private final Map<Phase, Duration> spent = new EnumMap<>(Phase.class);
    private Phase current = Phase.RESOLVE;
    private long enteredAt;
    private Deadline limit;
    private boolean running;
    private boolean timedOut;

    PhaseClock(Timeouts timeouts, Deadline total) {
        this.timeouts = timeouts;
        this.total = total;
        this.limit = total;
    }

    void enter(Phase phase) {
        stop();
        Duration own = phase.limit(timeouts);
        current = phase;
        enteredAt = total.ticker().read();
        limit = own.isZero() ? total : total.atMostIn(own);
        running = true;
    }

    /** Ends the current phase; what follows belongs to none. */
    void stop() {
        if (running) {
            spent.merge(current, Duration.ofNanos(total.ticker().read() - enteredAt), Duration::plus);
            running = false;
        }
    }

    Phase current() {
        return current;
    }

    boolean isRunning() {
        return running;
    }

    /** How long the phase that is or was current has taken so far. */
    Duration inCurrent() {
        return running ? time(current).plusNanos(total.ticker().read() - enteredAt) : time(current);
    }

    boolean isTotalOver() {
        return total.remainingNanos() <= 0;
    }

    Duration remaining() {
        return limit.remaining();
    }

    /**
     * What is left of the current phase in milliseconds, rounded up, as sockets want it.
     *
     * @throws SocketTimeoutException if nothing is
     */
    int remainingMillis() throws SocketTimeoutException {
        long left = limit.remainingNanos();
        if (left <= 0) {
            throw timeout();
        }
        return (int) Math.min(Integer.MAX_VALUE, left / 1_000_000 + 1);
    }

    /** Notes that the time was over, so that it is known whatever becomes of the exception on its way up. */
    SocketTimeoutException timeout() {
        timedOut = true;
        return new SocketTimeoutException("the time for " + current + " was over");
    }

    boolean hasTimedOut() {
        return timedOut;
    }

    /** In words, for the detail of a failure: which limit it was. */
    String timeoutDetail() {
        Duration own = current.limit(timeouts);
        boolean byTotal = own.isZero() || isTotalOver();
        return byTotal
                ? "the total time of " + timeouts.total().toMillis() + " ms for the check was over"
                : "the limit is " + own.toMillis() + " ms";
    }

    PhaseTimes times() {
        return new PhaseTimes(
                time(Phase.RESOLVE), time(Phase.CONNECT), time(Phase.TLS), time(Phase.FIRST_BYTE), time(Phase.BODY));
    }

    private Duration time(Phase phase) {
        return spent.getOrDefault(phase, Duration.ZERO);
    }
}
