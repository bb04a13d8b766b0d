package dev.upkeep.infra.aws;

import dev.upkeep.infra.aws.client.AwsSession;
import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/** What instances have sent to their log group. */
final class Logs implements AutoCloseable {

    private final AwsSession session;
    private final CloudWatchLogsClient client;

    Logs(AwsSession session) {
        this.session = session;
        this.client = session.client(CloudWatchLogsClient.builder());
    }

    /** The lines of all streams whose names begin so, oldest first; none if there is no such group. */
    List<String> since(String group, String streams, Instant since) {
        return session.ask("read the log group " + group, "logs:FilterLogEvents", () -> {
            try {
                return client
                        .filterLogEventsPaginator(request -> request.logGroupName(group)
                                .logStreamNamePrefix(streams)
                                .startTime(since.toEpochMilli()))
                        .events()
                        .stream()
                        .map(FilteredLogEvent::message)
                        .toList();
            } catch (ResourceNotFoundException none) {
                return List.of();
            }
        });
    }

    @Override
    public void close() {
        client.close();
    }
}
