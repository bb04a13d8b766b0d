package dev.upkeep.checker.check;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The HTTP statuses that count as a proper answer.
 *
 * @param ranges at least one
 */
public record StatusSet(List<Range> ranges) {
    /** 200 to 299. */
    public static final StatusSet SUCCESSFUL = new StatusSet(List.of(new Range(200, 299)));

    private static final Pattern RANGE = Pattern.compile("(\\d{3})(?:-(\\d{3}))?");

    /**
     * Statuses from one to another.
     *
     * @param from from 200
     * @param to to 599, included
     */
    public record Range(int from, int to) {
        /**
         * Refuses ranges that are empty, or hold what is no final status.
         *
         * @throws IllegalArgumentException in that case
         */
        public Range {
            if (from < 200 || to > 599 || from > to) {
                throw new IllegalArgumentException(
                        "not a range of final HTTP statuses: " + from + "-" + to + "; expected is one within 200-599");
            }
        }

        @Override
        public String toString() {
            return from == to ? Integer.toString(from) : from + "-" + to;
        }
    }

    /**
     * Copies the ranges.
     *
     * @throws IllegalArgumentException if there are none
     */
    public StatusSet {
        ranges = List.copyOf(ranges);
        if (ranges.isEmpty()) {
            throw new IllegalArgumentException("no status is accepted; name at least one, such as 200-299");
        }
    }

    /**
     * Reads a list of statuses and ranges.
     *
     * @param text such as {@code 200}, {@code 200-299} or {@code 200,204-206}
     * @throws IllegalArgumentException if it is none
     */
    public static StatusSet parse(String text) {
        List<Range> ranges = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            Matcher matcher = RANGE.matcher(part.strip());
            if (!matcher.matches()) {
                throw new IllegalArgumentException(
                        "not a list of HTTP statuses: \"" + text + "\"; expected is one such as 200-299 or 200,204");
            }
            int from = Integer.parseInt(matcher.group(1));
            ranges.add(new Range(from, matcher.group(2) == null ? from : Integer.parseInt(matcher.group(2))));
        }
        return new StatusSet(ranges);
    }

    /** Whether a status is in it. */
    public boolean contains(int status) {
        return ranges.stream().anyMatch(range -> range.from <= status && status <= range.to);
    }

    @Override
    public String toString() {
        return ranges.stream().map(Range::toString).collect(Collectors.joining(","));
    }
}
