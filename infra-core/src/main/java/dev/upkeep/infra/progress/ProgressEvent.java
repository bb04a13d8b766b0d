package dev.upkeep.infra.progress;

import java.time.Instant;

/**
 * One thing that happened during an operation.
 *
 * @param id its number within the operation: 1 for the first event, and greater for each later one. Whoever knows the id of
 *     the last event that was seen can go on from there. What is noticed between two events ({@link EventKind#STEP},
 *     {@link EventKind#NOTICE}) may have the id of the one before
 * @param at when it happened
 * @param resource what it happened to, such as {@code instance i1} or {@code edge}; the stack's name when it concerns
 *     the whole stack
 * @param kind what the event says about the resource
 * @param message one line for people
 */
public record ProgressEvent(long id, Instant at, String resource, EventKind kind, String message) {}
