package dev.upkeep.cli.output;

import dev.upkeep.cli.terminal.Durations;
import dev.upkeep.cli.terminal.Table;
import dev.upkeep.infra.progress.EventKind;
import dev.upkeep.infra.progress.ProgressEvent;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What took how long in an operation: a line for each resource, with a bar from its beginning to its end. */
public final class OperationChart {

    private static final int WIDTH = 40;

    /** The longest ones; the others are over soon. */
    private static final int MOST = 12;

    /** What takes less has no bar to speak of. */
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private final List<Span> spans;
    private final Instant begin;
    private final Duration whole;

    private record Span(String resource, Instant begin, Instant end) {
        Duration length() {
            return Duration.between(begin, end);
        }
    }

    private OperationChart(List<Span> spans) {
        this.spans = spans;
        this.begin =
                spans.stream().map(Span::begin).min(Comparator.naturalOrder()).orElse(Instant.EPOCH);
        Instant end =
                spans.stream().map(Span::end).max(Comparator.naturalOrder()).orElse(Instant.EPOCH);
        this.whole = Duration.between(begin, end);
    }

    /**
     * Draws the chart.
     *
     * @param events of one operation
     * @return empty if nothing of it took a second
     */
    public static Optional<OperationChart> of(List<ProgressEvent> events) {
        Map<String, Instant> begun = new LinkedHashMap<>();
        Map<String, Instant> ended = new LinkedHashMap<>();
        for (ProgressEvent event : events) {
            begun.putIfAbsent(event.resource(), event.at());
            if (event.kind() == EventKind.DONE || event.kind() == EventKind.FAILED) {
                ended.put(event.resource(), event.at());
            }
        }
        List<Span> spans = new ArrayList<>();
        ended.forEach((resource, end) -> spans.add(new Span(resource, begun.getOrDefault(resource, end), end)));
        List<Span> longest = spans.stream()
                .filter(span -> span.length().compareTo(SHORTEST) >= 0)
                .sorted(Comparator.comparing(Span::length).reversed())
                .limit(MOST)
                .sorted(Comparator.comparing(Span::begin))
                .toList();
        return longest.isEmpty() ? Optional.empty() : Optional.of(new OperationChart(longest));
    }

    /** Prints it. */
    public void print(PrintStream out) {
        out.println("what took how long:");
        Table table = new Table();
        spans.forEach(span -> table.row(List.of(
                Table.Cell.of(span.resource()),
                Table.Cell.of(Durations.text(span.length())),
                Table.Cell.of(bar(span)))));
        table.lines("  ").forEach(out::println);
    }

    private String bar(Span span) {
        int before = column(span.begin());
        int length = Math.max(1, column(span.end()) - before);
        return " ".repeat(before) + "=".repeat(length);
    }

    private int column(Instant moment) {
        return (int) (WIDTH * Duration.between(begin, moment).toMillis() / Math.max(1, whole.toMillis()));
    }
}
