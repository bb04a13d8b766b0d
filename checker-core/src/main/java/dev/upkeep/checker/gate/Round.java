package dev.upkeep.checker.gate;

import java.time.Duration;

/**
 * One round of checks while waiting for convergence.
 *
 * @param <V> what it finds: a {@code Verdict} of one place, or a {@code FleetVerdict} of many
 * @param number from 1
 * @param goodInARow how many rounds up to this one were good; zero if this one was not
 * @param elapsed since the first round began, by the monotonic clock
 * @param verdict what it found
 */
public record Round<V>(int number, int goodInARow, Duration elapsed, V verdict) {}
