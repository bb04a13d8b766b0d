package dev.upkeep.infra.progress;

import java.time.Instant;

/**
 * One thing that happened during an operation.
 *
 * @param at when it happened
 * @param resource what it happened to, such as {@code instance i1} or {@code edge}; the stack's name when it concerns
 *     the whole stack
 * @param phase what the event says about the resource
 * @param message one line for people
 */
public record ProgressEvent(Instant at, String resource, Phase phase, String message) {}
