package dev.upkeep.cli.heal;

import dev.upkeep.remediation.outcome.Outcome;

/**
 * A visit that has ended.
 *
 * @param name what the place is called in reports
 * @param outcome how it ended
 */
public record Visited(String name, Outcome outcome) {}
