package dev.upkeep.infra.aws;

import dev.upkeep.infra.aws.client.AwsAdvice;
import dev.upkeep.infra.aws.stack.BaseStack;
import dev.upkeep.infra.failure.AwsException;
import dev.upkeep.infra.logs.LogListener;
import dev.upkeep.infra.logs.LogQuery;
import dev.upkeep.infra.logs.LogSource;
import dev.upkeep.infra.spec.StackName;
import dev.upkeep.infra.time.Polling;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what the containers of a stack have sent to its log group, and goes on from there. For one thread. */
final class GroupLog {

    /** The newest lines are looked for in longer and longer times before now, and then in all that is kept. */
    private static final List<Duration> STEPS =
            List.of(Duration.ofMinutes(5), Duration.ofHours(1), Duration.ofDays(1), Duration.ofDays(7));

    /** Instances send their lines some seconds later, each in its own time; so long they may need. */
    static final Duration LATE = Duration.ofMinutes(2);

    /** How long AWS may fail to answer while lines are waited for. */
    private static final Duration OUTAGE = Duration.ofMinutes(10);

    private final Logs logs;
    private final String group;
    private final LogQuery query;
    private final InstantSource clock;
    /** What came last, so that what is read again is not told again. */
    private final Map<String, Instant> told = new HashMap<>();

    private Optional<Instant> newest = Optional.empty();
    /** From when on everything was read. */
    private Instant from = Instant.EPOCH;

    GroupLog(Logs logs, StackName stack, LogQuery query, InstantSource clock) {
        this.logs = logs;
        this.group = BaseStack.logGroup(stack.text());
        this.query = query;
        this.clock = clock;
    }

    /** Tells the newest lines; says how many they are. */
    int read(LogListener listener) throws InterruptedException {
        List<LogEvent> found =
                query.since().isPresent() ? allSince(query.since().get()) : newestEvents();
        List<LogEvent> asked = found.subList(Math.max(0, found.size() - query.lines()), found.size());
        remember(found);
        asked.forEach(event -> event.line(query).ifPresent(listener::on));
        return asked.size();
    }

    private List<LogEvent> allSince(Instant since) throws InterruptedException {
        from = since;
        return ask(Logs.Period.since(since));
    }

    private List<LogEvent> newestEvents() throws InterruptedException {
        Instant now = clock.instant();
        List<LogEvent> found = new ArrayList<>();
        Optional<Instant> until = Optional.empty();
        for (Duration step : STEPS) {
            from = now.minus(step);
            found.addAll(0, ask(new Logs.Period(from, until)));
            until = Optional.of(from);
            if (found.size() >= query.lines()) {
                return found;
            }
        }
        from = Instant.EPOCH;
        found.addAll(0, ask(new Logs.Period(from, until)));
        return found;
    }

    private List<LogEvent> ask(Logs.Period period) throws InterruptedException {
        String streams = query.instance()
                .map(instance ->
                        instance + "/" + query.source().map(LogSource::word).orElse(""))
                .orElse("");
        try {
            return logs.events(group, streams, period).stream()
                    .filter(event -> event.line(query).isPresent())
                    .sorted(Comparator.comparing(LogEvent::at))
                    .toList();
        } catch (AwsException e) {
            // The SDK says of a call that was interrupted only that it was aborted.
            if (Thread.interrupted()) {
                throw new InterruptedException(e.getMessage());
            }
            throw e;
        }
    }

    private void remember(List<LogEvent> events) {
        events.stream()
                .map(LogEvent::at)
                .max(Comparator.naturalOrder())
                .filter(at -> newest.filter(at::isBefore).isEmpty())
                .ifPresent(at -> newest = Optional.of(at));
        events.forEach(event -> told.put(event.id(), event.at()));
        told.values().removeIf(at -> at.isBefore(start()));
    }

    /** From when on is read again: never from before what was read at first. A clock of an instance may be ahead. */
    private Instant start() {
        Instant now = clock.instant();
        Instant late = newest.filter(now::isAfter).orElse(now).minus(LATE);
        return late.isBefore(from) ? from : late;
    }

    /** Tells each line that comes, until the thread is interrupted. A failure that passes is waited out. */
    void follow(Polling polling, LogListener listener) throws InterruptedException {
        Instant[] answered = {clock.instant()};
        polling.repeat(() -> {
            try {
                tellNew(listener);
                answered[0] = clock.instant();
            } catch (AwsException e) {
                if (!AwsAdvice.isTransient(e) || clock.instant().isAfter(answered[0].plus(OUTAGE))) {
                    throw e;
                }
            }
        });
    }

    private void tellNew(LogListener listener) throws InterruptedException {
        List<LogEvent> fresh = ask(Logs.Period.since(start())).stream()
                .filter(event -> !told.containsKey(event.id()))
                .toList();
        remember(fresh);
        fresh.forEach(event -> event.line(query).ifPresent(listener::on));
    }
}
