package dev.upkeep.checker.http;

import dev.upkeep.checker.check.VersionCheck;

/**
 * What an attempt leaves behind for its explanation. Used by one thread.
 *
 * @param phases how far it came
 * @param handshakes what TLS showed
 * @param conversation what was on the wire
 */
record Traces(PhaseClock phases, Handshakes handshakes, Conversation conversation) {

    static Traces of(VersionCheck check, Deadline deadline) {
        return new Traces(
                new PhaseClock(check.timeouts(), deadline), new Handshakes(), new Conversation(check.bodyLimit()));
    }
}
