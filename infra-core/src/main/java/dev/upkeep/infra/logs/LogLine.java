package dev.upkeep.infra.logs;

import dev.upkeep.infra.inventory.InstanceId;
import java.time.Instant;
import java.util.Optional;

/**
 * One line of a log.
 *
 * @param at when it was written, empty if neither the line nor who keeps it says so
 * @param instance where it was written, empty for what stands before all instances
 * @param source who wrote it
 * @param text the line as it was written, without its end; it may hold control characters
 */
public record LogLine(Optional<Instant> at, Optional<InstanceId> instance, LogSource source, String text) {}
