package dev.upkeep.checker.http;

import dev.upkeep.checker.check.Timeouts;
import dev.upkeep.checker.verdict.Reason;
import java.time.Duration;

/** The parts of an attempt, in order. */
enum Phase {
    RESOLVE(Reason.RESOLVE_TIMEOUT),
    CONNECT(Reason.CONNECT_TIMEOUT),
    TLS(Reason.TLS_TIMEOUT),
    FIRST_BYTE(Reason.FIRST_BYTE_TIMEOUT),
    BODY(Reason.BODY_TIMEOUT);

    private final Reason timeout;

    Phase(Reason timeout) {
        this.timeout = timeout;
    }

    /** Zero if the phase has no limit of its own. */
    Duration limit(Timeouts timeouts) {
        return switch (this) {
            case RESOLVE -> timeouts.resolve();
            case CONNECT -> timeouts.connect();
            case TLS -> timeouts.tls();
            case FIRST_BYTE -> timeouts.firstByte();
            case BODY -> timeouts.body();
        };
    }

    Reason timeout() {
        return timeout;
    }
}
