package dev.upkeep.infra.aws;

import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.infra.logs.LogLine;
import dev.upkeep.infra.logs.LogQuery;
import dev.upkeep.infra.logs.LogSource;
import java.time.Instant;
import java.util.Optional;

/**
 * One event of a log group.
 *
 * @param id CloudWatch gives each its own
 * @param stream the name of its stream; what a container has printed is in {@code INSTANCE/SOURCE}
 * @param at when it was written
 * @param message its text
 */
record LogEvent(String id, String stream, Instant at, String message) {

    /** The line that it is; empty if nobody asks for it, or no container has written it. */
    Optional<LogLine> line(LogQuery query) {
        int slash = stream.indexOf('/');
        return slash < 0
                ? Optional.empty()
                : LogSource.of(stream.substring(slash + 1)).flatMap(source -> line(query, source, slash));
    }

    private Optional<LogLine> line(LogQuery query, LogSource source, int slash) {
        Optional<InstanceId> instance = instance(stream.substring(0, slash));
        return instance.isPresent() && query.asksFor(instance, source)
                ? Optional.of(new LogLine(Optional.of(at), instance, source, message.stripTrailing()))
                : Optional.empty();
    }

    /** Somebody else may write into the group as well. */
    private static Optional<InstanceId> instance(String name) {
        try {
            return Optional.of(InstanceId.of(name));
        } catch (IllegalArgumentException noInstance) {
            return Optional.empty();
        }
    }
}
