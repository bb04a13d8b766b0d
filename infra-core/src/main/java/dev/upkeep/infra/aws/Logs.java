package dev.upkeep.infra.aws;

import dev.upkeep.infra.aws.client.AwsSession;
import dev.upkeep.infra.aws.client.LazyClient;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/** What instances have sent to their log group. */
final class Logs implements AutoCloseable {

    private final AwsSession session;
    private final LazyClient<CloudWatchLogsClient> client;

    Logs(AwsSession session) {
        this.session = session;
        this.client = session.lazily(CloudWatchLogsClient::builder);
    }

    /** Some time, from a moment to just before another; empty for an open end. */
    record Period(Instant from, Optional<Instant> until) {

        static Period since(Instant from) {
            return new Period(from, Optional.empty());
        }
    }

    /** Whether there is a log group of that very name. */
    boolean has(String group) {
        return session.ask(
                "look for the log group " + group,
                "logs:DescribeLogGroups",
                () ->
                        client
                                .get()
                                .describeLogGroupsPaginator(request -> request.logGroupNamePrefix(group))
                                .logGroups()
                                .stream()
                                .anyMatch(found -> found.logGroupName().equals(group)));
    }

    /** The lines of all streams whose names begin so, oldest first; none if there is no such group. */
    List<String> since(String group, String streams, Instant since) {
        return events(group, streams, Period.since(since)).stream()
                .map(LogEvent::message)
                .toList();
    }

    /** The events of all streams whose names begin so, oldest first; none if there is no such group. */
    List<LogEvent> events(String group, String streams, Period period) {
        return session.ask("read the log group " + group, "logs:FilterLogEvents", () -> {
            try {
                return client.get().filterLogEventsPaginator(request(group, streams, period)).events().stream()
                        .map(Logs::event)
                        .toList();
            } catch (ResourceNotFoundException none) {
                return List.of();
            }
        });
    }

    private static FilterLogEventsRequest request(String group, String streams, Period period) {
        FilterLogEventsRequest.Builder request = FilterLogEventsRequest.builder()
                .logGroupName(group)
                .startTime(period.from().toEpochMilli());
        if (!streams.isEmpty()) {
            request.logStreamNamePrefix(streams);
        }
        // Its end belongs to what is asked for.
        period.until().ifPresent(until -> request.endTime(until.toEpochMilli() - 1));
        return request.build();
    }

    private static LogEvent event(FilteredLogEvent event) {
        return new LogEvent(
                String.valueOf(event.eventId()),
                String.valueOf(event.logStreamName()),
                Instant.ofEpochMilli(event.timestamp() == null ? 0 : event.timestamp()),
                event.message());
    }

    @Override
    public void close() {
        client.close();
    }
}
