package dev.upkeep.infra.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upkeep.infra.failure.AwsException;
import dev.upkeep.infra.failure.OperationRefusedException;
import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.infra.logs.LogLine;
import dev.upkeep.infra.logs.LogQuery;
import dev.upkeep.infra.logs.LogSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A log group that answers for the time that it is asked for, with pages of two events, and what is read of it. */
class LogStoryTest extends AwsStory {

    private static final InstanceId ONE = InstanceId.of("i-1");

    private record Event(Instant at, String stream, String text) {

        String json() {
            return "{\"eventId\": \"id of " + text + "\", \"logStreamName\": \"" + stream + "\", \"timestamp\": "
                    + at.toEpochMilli() + ", \"message\": \"" + text + "\"}";
        }
    }

    private final List<Event> events = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final List<ScriptedCall> calls = new ArrayList<>();

    @BeforeEach
    void answer() {
        aws.usually("FilterLogEvents", call -> {
            calls.add(call);
            return ScriptedAnswer.result(page(call));
        });
    }

    private static Instant before(Duration time) {
        return AwsOperator.MORNING.minus(time);
    }

    private void log(Duration before, String stream, String text) {
        events.add(new Event(before(before), stream, text));
    }

    private String page(ScriptedCall call) {
        long from = Long.parseLong(call.parameter("startTime"));
        String end = call.parameter("endTime");
        long to = end.isEmpty() ? Long.MAX_VALUE : Long.parseLong(end);
        int skipped = call.parameter("nextToken").isEmpty() ? 0 : Integer.parseInt(call.parameter("nextToken"));
        List<Event> found = events.stream()
                .filter(event -> event.at().toEpochMilli() >= from && event.at().toEpochMilli() <= to)
                .filter(event -> event.stream().startsWith(call.parameter("logStreamNamePrefix")))
                .sorted(Comparator.comparing(Event::at))
                .toList();
        String page = found.stream().skip(skipped).limit(2).map(Event::json).collect(Collectors.joining(", "));
        String next = found.size() > skipped + 2 ? ", \"nextToken\": \"" + (skipped + 2) + "\"" : "";
        return "{\"events\": [" + page + "]" + next + "}";
    }

    private List<String> read(LogQuery query) throws InterruptedException {
        List<String> texts = new ArrayList<>();
        operator.platform().logs(AwsOperator.SHOP, query, line -> texts.add(line.text()));
        return texts;
    }

    @Test
    void theNewestLinesAreLookedForInLongerAndLongerTimes() throws InterruptedException {
        log(Duration.ofDays(30), "i-1/app", "a month ago");
        log(Duration.ofDays(2), "i-1/app", "days ago");
        log(Duration.ofMinutes(30), "i-1/web", "this hour");
        log(Duration.ofMinutes(2), "i-2/edge", "one");
        log(Duration.ofMinutes(1), "i-1/app", "two");
        log(Duration.ofSeconds(1), "i-1/app", "three");

        assertThat(read(LogQuery.last(2))).containsExactly("two", "three");
        assertThat(aws.calls("FilterLogEvents")).as("one page after the other").isEqualTo(2);
        assertThat(read(LogQuery.last(4))).containsExactly("this hour", "one", "two", "three");
        assertThat(read(LogQuery.last(100)))
                .containsExactly("a month ago", "days ago", "this hour", "one", "two", "three");
    }

    @Test
    void aLineSaysWhenWhereAndFromWhom() throws InterruptedException {
        log(Duration.ofSeconds(3), "i-1/edge", "GET /\\n");
        List<LogLine> lines = new ArrayList<>();

        operator.platform().logs(AwsOperator.SHOP, LogQuery.last(10), lines::add);

        assertThat(lines)
                .containsExactly(new LogLine(
                        Optional.of(before(Duration.ofSeconds(3))), Optional.of(ONE), LogSource.EDGE, "GET /"));
    }

    @Test
    void onlyTheStreamsOfAnInstanceAreAskedFor() throws InterruptedException {
        log(Duration.ofSeconds(4), "i-1/app", "its application");
        log(Duration.ofSeconds(3), "i-1/web", "its nginx");
        log(Duration.ofSeconds(2), "i-2/app", "another");
        log(Duration.ofSeconds(1), "boot/i-1", "a boot that failed");
        log(Duration.ofSeconds(1), "Somebody/app", "else");

        assertThat(read(LogQuery.last(10).of(LogSource.APP))).containsExactly("its application", "another");
        assertThat(read(LogQuery.last(10).of(ONE))).containsExactly("its application", "its nginx");
        assertThat(calls.get(calls.size() - 1).parameter("logStreamNamePrefix")).isEqualTo("i-1/");
        assertThat(read(LogQuery.last(10).of(ONE).of(LogSource.WEB))).containsExactly("its nginx");
        assertThat(calls.get(calls.size() - 1).parameter("logStreamNamePrefix")).isEqualTo("i-1/web");
    }

    @Test
    void fromAMomentOnNothingBeforeItIsAskedFor() throws InterruptedException {
        log(Duration.ofMinutes(11), "i-1/app", "before");
        log(Duration.ofMinutes(9), "i-1/app", "after");

        assertThat(read(LogQuery.last(10).since(before(Duration.ofMinutes(10)))))
                .containsExactly("after");
        assertThat(calls).hasSize(1);
        assertThat(calls.get(0).parameter("startTime"))
                .isEqualTo(String.valueOf(before(Duration.ofMinutes(10)).toEpochMilli()));
    }

    @Test
    void whereNothingStandsThereAreNoLogs() {
        base.is("DELETE_COMPLETE");
        aws.usually("FilterLogEvents", call -> ScriptedAnswer.refused("ResourceNotFoundException", "no such group"));

        assertThatThrownBy(() -> read(LogQuery.last(10)))
                .isInstanceOf(OperationRefusedException.class)
                .hasMessage("Refused on stack shop: it does not exist, so it has no logs; apply it first");
    }

    @Test
    void aStackThatHasLoggedNothingHasNoLines() throws InterruptedException {
        assertThat(read(LogQuery.last(10))).isEmpty();
    }

    /** Follows until the line "end" comes. At each look after the first something happens, one after the other. */
    private void followToTheEnd(LogQuery query, List<Runnable> happenings) {
        Deque<Runnable> next = new ArrayDeque<>(happenings);
        aws.usually("FilterLogEvents", call -> {
            boolean isFirst = calls.isEmpty();
            calls.add(call);
            if (!isFirst && !next.isEmpty()) {
                next.remove().run();
            }
            return ScriptedAnswer.result(page(call));
        });
        assertThatThrownBy(() -> operator.platform().followLogs(AwsOperator.SHOP, query, line -> {
                    told.add(line.text());
                    if (line.text().equals("end")) {
                        Thread.currentThread().interrupt();
                    }
                }))
                .isInstanceOf(InterruptedException.class);
    }

    @Test
    void whatComesLateIsToldAndNothingTwice() {
        log(Duration.ofSeconds(50), "i-1/app", "one");
        log(Duration.ofSeconds(40), "i-1/app", "two");

        followToTheEnd(
                LogQuery.last(1).since(before(Duration.ofMinutes(5))),
                List.of(
                        () -> log(Duration.ofSeconds(-5), "i-1/app", "three"),
                        () -> log(Duration.ofSeconds(60), "i-2/web", "late"),
                        () -> log(Duration.ofSeconds(-5), "i-1/app", "at the same moment"),
                        () -> {},
                        () -> {},
                        () -> log(Duration.ofSeconds(-100), "i-1/app", "later"),
                        () -> {},
                        () -> {},
                        () -> log(Duration.ofSeconds(-101), "i-1/app", "end")));

        assertThat(told).containsExactly("two", "three", "late", "at the same moment", "later", "end");
        assertThat(operator.waited()).isGreaterThanOrEqualTo(AwsOperator.PAUSE);
    }

    @Test
    void linesThatWereTooOldAtFirstStayUntold() {
        log(Duration.ofMinutes(6), "i-1/app", "before what was read");
        log(Duration.ofSeconds(299), "i-1/app", "too many");
        log(Duration.ofSeconds(298), "i-1/app", "the newest");

        followToTheEnd(
                LogQuery.last(1), List.of(() -> {}, () -> {}, () -> log(Duration.ofMinutes(-1), "i-1/app", "end")));

        assertThat(told).containsExactly("the newest", "end");
    }

    @Test
    void aClockThatIsAheadHidesNoLineOfOthers() {
        log(Duration.ofHours(-1), "i-2/app", "from tomorrow");

        followToTheEnd(LogQuery.last(1), List.of(() -> {}, () -> log(Duration.ZERO, "i-1/app", "end")));

        assertThat(told).containsExactly("from tomorrow", "end");
    }

    @Test
    void aFailureThatPassesIsWaitedOutAndAMissingPermissionIsSaid() {
        log(Duration.ofSeconds(50), "i-1/app", "one");
        aws.next("FilterLogEvents", ScriptedAnswer.result(page(allSince(before(Duration.ofHours(1))))));
        aws.next("FilterLogEvents", ScriptedAnswer.throttled(), ScriptedAnswer.error(500, "InternalFailure", "oops"));
        aws.next("FilterLogEvents", ScriptedAnswer.error(400, "AccessDeniedException", "no"));

        assertThatThrownBy(() -> operator.platform()
                        .followLogs(
                                AwsOperator.SHOP,
                                LogQuery.last(1).since(before(Duration.ofHours(1))),
                                line -> told.add(line.text())))
                .isInstanceOf(AwsException.class)
                .hasMessageContaining("allow logs:FilterLogEvents to this user or role");
        assertThat(told).containsExactly("one");
        assertThat(operator.waited()).isEqualTo(AwsOperator.PAUSE.multipliedBy(2));
    }

    private static ScriptedCall allSince(Instant from) {
        return new ScriptedCall(
                "FilterLogEvents",
                ScriptedCall.Protocol.JSON,
                Map.of("startTime", String.valueOf(from.toEpochMilli())));
    }

    @Test
    void anOutageThatDoesNotPassEndsTheFollowing() {
        aws.next("FilterLogEvents", ScriptedAnswer.result("{\"events\": []}"));
        aws.usually("FilterLogEvents", call -> ScriptedAnswer.throttled());

        assertThatThrownBy(() -> operator.platform()
                        .followLogs(
                                AwsOperator.SHOP,
                                LogQuery.last(1).since(AwsOperator.MORNING),
                                line -> told.add(line.text())))
                .isInstanceOf(AwsException.class)
                .hasMessageContaining("Rate exceeded");
        assertThat(operator.waited()).isEqualTo(Duration.ofMinutes(10).plus(AwsOperator.PAUSE));
    }
}
