package dev.upkeep.checker.http;

import dev.upkeep.checker.check.VersionCheck;

/**
 * What an attempt leaves behind for its explanation. Used by one thread.
 *
 * @param phases how far it came
 * @param handshakes what TLS showed
 * @param connection what was on the wire
 */
record AttemptTrace(PhaseClock phases, Handshakes handshakes, ConnectionTrace connection) {

    static AttemptTrace of(VersionCheck check, Deadline deadline) {
        return new AttemptTrace(
                new PhaseClock(check.timeouts(), deadline), new Handshakes(), new ConnectionTrace(check.bodyLimit()));
    }
}
