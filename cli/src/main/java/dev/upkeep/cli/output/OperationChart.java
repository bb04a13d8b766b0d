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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What took how long in an operation: a line for each resource, with a bar along the time from the first of them to the last. What failed,
 * and what is not done yet, is said in words too.
 */
public final class OperationChart {

    private static final int WIDEST = 100;

    private static final int WIDEST_BAR = 72;
    private static final int NARROWEST_BAR = 12;
    private static final int LONGEST_NAME = 30;
    private static final int INDENT = 2;
    private static final int GAPS = 4;

    /** The longest ones; the others are over soon. */
    private static final int MOST = 16;

    /** What takes less has no bar to speak of. */
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private final List<Span> spans;
    private final int others;
    private final Instant begin;
    private final Duration whole;

    /** How a resource came to its end. */
    private enum End {
        DONE,
        FAILED,
        OPEN
    }

    private record Span(String resource, Instant begin, Instant until, End end) {
        Duration length() {
            return Duration.between(begin, until);
        }

        String lengthText() {
            String length = Durations.text(length());
            return switch (end) {
                case DONE -> length;
                case FAILED -> length + ", failed";
                case OPEN -> length + ", not done";
            };
        }
    }

    private OperationChart(List<Span> spans, int others) {
        this.spans = spans;
        this.others = others;
        this.begin =
                spans.stream().map(Span::begin).min(Comparator.naturalOrder()).orElse(Instant.EPOCH);
        Instant end =
                spans.stream().map(Span::until).max(Comparator.naturalOrder()).orElse(Instant.EPOCH);
        this.whole = Duration.between(begin, end);
    }

    /**
     * Draws the chart.
     *
     * @param events of one operation, in order
     * @return empty if nothing of it took a second, or there is nothing to compare it with
     */
    public static Optional<OperationChart> of(List<ProgressEvent> events) {
        List<Span> spans = spans(events);
        List<Span> longest = spans.stream()
                .filter(span -> span.length().compareTo(SHORTEST) >= 0)
                .sorted(Comparator.comparing(Span::length).reversed())
                .limit(MOST)
                .sorted(Comparator.comparing(Span::begin))
                .toList();
        return longest.isEmpty() || spans.size() == 1
                ? Optional.empty()
                : Optional.of(new OperationChart(longest, spans.size() - longest.size()));
    }

    private static List<Span> spans(List<ProgressEvent> events) {
        Map<String, Instant> begun = new HashMap<>();
        Map<String, Span> spans = new LinkedHashMap<>();
        for (ProgressEvent event : events) {
            begun.putIfAbsent(event.resource(), event.at());
            end(event.kind()).ifPresent(end -> {
                Instant until = end == End.OPEN ? events.get(events.size() - 1).at() : event.at();
                Instant begin = begun.getOrDefault(event.resource(), until);
                spans.put(event.resource(), new Span(event.resource(), begin, until, end));
            });
        }
        return new ArrayList<>(spans.values());
    }

    /** What an event says of the end, until a later one says something else. */
    private static Optional<End> end(EventKind kind) {
        return switch (kind) {
            case STARTED -> Optional.of(End.OPEN);
            case DONE -> Optional.of(End.DONE);
            case FAILED -> Optional.of(End.FAILED);
            case STEP, NOTICE -> Optional.empty();
        };
    }

    /**
     * Prints it.
     *
     * @param columns how many characters fit into a line; of more than 100 the rest stays free
     * @param signs what bars are drawn with
     */
    public void print(PrintStream out, int columns, Signs signs) {
        out.println("what took how long:");
        int bar = barWidth(columns);
        Table table = new Table();
        spans.forEach(span -> table.row(shortened(span.resource()), span.lengthText(), bar(span, bar, signs)));
        table.row("", "", axis(bar, signs));
        table.lines(" ".repeat(INDENT)).forEach(out::println);
        if (others > 0) {
            out.println(" ".repeat(INDENT) + "and " + others + " that took less");
        }
    }

    private int barWidth(int columns) {
        int names = spans.stream()
                .mapToInt(span -> shortened(span.resource()).length())
                .max()
                .orElse(0);
        int lengths = spans.stream()
                .mapToInt(span -> span.lengthText().length())
                .max()
                .orElse(0);
        int free = Math.min(columns, WIDEST) - INDENT - names - lengths - GAPS;
        return Math.max(NARROWEST_BAR, Math.min(WIDEST_BAR, free));
    }

    /** The end of a long name tells more: that of an image begins with its registry. */
    private static String shortened(String resource) {
        int length = resource.length();
        return length <= LONGEST_NAME ? resource : ".." + resource.substring(length - LONGEST_NAME + 2);
    }

    private String bar(Span span, int width, Signs signs) {
        int before = Math.min(width - 1, column(span.begin(), width));
        int length = Math.max(1, column(span.until(), width) - before);
        String bar = signs.bar().repeat(length);
        String end = switch (span.end()) {
            case DONE -> signs.bar();
            case FAILED -> "x";
            case OPEN -> ">";
        };
        return " ".repeat(before) + bar.substring(0, length - 1) + end;
    }

    private int column(Instant moment, int width) {
        return (int) (width * Duration.between(begin, moment).toMillis() / Math.max(1, whole.toMillis()));
    }

    /** From 0 on the left to the whole time on the right. */
    private String axis(int width, Signs signs) {
        String end = Durations.text(whole);
        return "0" + signs.line().repeat(Math.max(1, width - 1 - end.length())) + end;
    }

    /**
     * What bars are drawn with.
     *
     * @param bar one character
     * @param line one character of the axis
     */
    public record Signs(String bar, String line) {

        /** Characters that every terminal has. */
        public static final Signs ASCII = new Signs("=", ".");

        /** Characters that a terminal has which reads UTF-8. */
        public static final Signs UNICODE = new Signs("\u2501", "\u00b7");

        /**
         * Those that a terminal has.
         *
         * @param unicode whether it reads UTF-8
         */
        public static Signs of(boolean unicode) {
            return unicode ? UNICODE : ASCII;
        }
    }
}
