package dev.upkeep.infra.local.haproxy;

import java.time.Duration;

/**
 * How long HAProxy waits for a server.
 *
 * @param readiness for whether it is ready
 * @param answer for the answer to a request of a user, in whole seconds
 */
public record ServerLimits(Duration readiness, Duration answer) {}
