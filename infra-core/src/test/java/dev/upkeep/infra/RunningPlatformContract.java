package dev.upkeep.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upkeep.infra.failure.UnknownInstanceException;
import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.infra.logs.LogLine;
import dev.upkeep.infra.logs.LogQuery;
import dev.upkeep.infra.logs.LogSource;
import dev.upkeep.infra.plan.Plan;
import dev.upkeep.infra.progress.Operation;
import dev.upkeep.infra.progress.Outcome;
import dev.upkeep.infra.progress.ProgressEvent;
import dev.upkeep.infra.progress.StackBusyException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a platform promises beyond that if its servers can be asked by the test, and if it keeps every event of an operation for all processes. */
public abstract class RunningPlatformContract extends PlatformContract {

    @Test
    void anOperationIsFollowedByAnotherProcessFromWhereOneLeftOff() throws InterruptedException {
        Operation operation = platform.start(platform.plan(pair("1.0.6")));
        List<ProgressEvent> seen = new ArrayList<>();
        List<ProgressEvent> rest = new ArrayList<>();
        try (Platform other = open()) {
            assertThat(other.current(stack)).contains(operation);
            assertThat(other.latest(stack)).contains(operation);
            Plan another = other.plan(pair("1.0.7"));
            assertThatThrownBy(() -> other.start(another))
                    .isInstanceOfSatisfying(
                            StackBusyException.class,
                            busy -> assertThat(busy.holder()).contains(operation));

            assertThat(platform.follow(operation, 0, seen::add)).isEqualTo(Outcome.succeeded());
            assertThat(other.follow(operation, 2, rest::add).ending()).isEqualTo(Outcome.Ending.SUCCEEDED);
            assertThat(other.latest(stack)).contains(operation);
            assertThat(other.events(operation)).isEqualTo(seen);
        }
        assertThat(rest).isEqualTo(seen.subList(2, seen.size()));
    }

    @Test
    void whatIsLoggedIsReadAndFollowed() throws IOException, InterruptedException {
        URI edge = apply(pair("1.0.6")).edge().orElseThrow();
        ask(edge.resolve("/first"));
        List<String> followed = new ArrayList<>();

        assertThatThrownBy(() -> platform.followLogs(stack, LogQuery.last(10).of(LogSource.WEB), line -> {
                    followed.add(line.text());
                    if (line.text().contains("/first")) {
                        ask(edge.resolve("/second"));
                    } else if (line.text().contains("/second")) {
                        Thread.currentThread().interrupt();
                    }
                }))
                .isInstanceOf(InterruptedException.class);

        assertThat(followed).filteredOn(text -> text.contains("/first")).hasSize(1);
        List<LogLine> lines = logs(LogQuery.last(LogQuery.MOST));
        LogLine last = lines.stream()
                .filter(line -> line.source() == LogSource.WEB && line.text().contains("/second"))
                .findFirst()
                .orElseThrow();
        assertThat(logs(LogQuery.last(1).of(LogSource.WEB).of(last.instance().orElseThrow())))
                .containsExactly(last);
        assertThat(logs(LogQuery.last(10).since(last.at().orElseThrow().plusSeconds(3600))))
                .isEmpty();
        assertThat(logs(LogQuery.last(0))).isEmpty();
        assertThat(logs(LogQuery.last(10).of(LogSource.APP)))
                .extracting(LogLine::text)
                .isNotEmpty()
                .allMatch(text -> text.startsWith("version 1.0.6 listens on port "));
        assertThatThrownBy(() -> logs(LogQuery.last(1).of(InstanceId.of("i99"))))
                .isInstanceOf(UnknownInstanceException.class);
    }

    private List<LogLine> logs(LogQuery query) throws InterruptedException {
        List<LogLine> lines = new ArrayList<>();
        platform.logs(stack, query, lines::add);
        return lines;
    }

    private static void ask(URI page) {
        try {
            HttpURLConnection connection = (HttpURLConnection) page.toURL().openConnection();
            assertThat(connection.getResponseCode()).isPositive();
            connection.disconnect();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
