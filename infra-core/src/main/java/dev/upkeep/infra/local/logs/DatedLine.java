package dev.upkeep.infra.local.logs;

import dev.upkeep.infra.logs.LogLine;
import java.time.Instant;

/**
 * A line and its place among those of other logs.
 *
 * @param place when it was written, as far as that can be told; never before the line above it in the same log
 * @param line the line
 */
public record DatedLine(Instant place, LogLine line) {}
