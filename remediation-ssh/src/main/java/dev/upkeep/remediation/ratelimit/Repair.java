package dev.upkeep.remediation.ratelimit;

import java.time.Instant;

/**
 * A repair that the host remembers.
 *
 * @param begunAt when it was begun, by the clock of the host
 * @param helped whether users were served when it had ended; false if it was cut short
 * @param who was at it
 */
record Repair(Instant begunAt, boolean helped, String who) {}
