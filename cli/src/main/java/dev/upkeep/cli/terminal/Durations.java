package dev.upkeep.cli.terminal;

import java.time.Duration;
import java.util.regex.Pattern;

/** Durations as people write and read them: {@code 500ms}, {@code 10s}, {@code 1m30s}, {@code 2h}. */
public final class Durations {

    private static final String ISO = "\\bPT(?=\\d)(?:\\d+H)?(?:\\d+M)?(?:[\\d.]+S)?\\b";

    private Durations() {}

    /**
     * Reads a duration.
     *
     * @param text digits and a unit (ms, s, m or h), once or more
     * @throws IllegalArgumentException if it is none, with a message that says what is expected
     */
    public static Duration parse(String text) {
        Duration sum = Duration.ZERO;
        int at = 0;
        while (at < text.length()) {
            int unit = skip(text, at, true);
            int next = skip(text, unit, false);
            if (unit == at || unit - at > 9) {
                throw notOne(text);
            }
            sum = sum.plus(of(text, Long.parseLong(text.substring(at, unit)), text.substring(unit, next)));
            at = next;
        }
        if (text.isEmpty()) {
            throw notOne(text);
        }
        return sum;
    }

    private static int skip(String text, int from, boolean digits) {
        int at = from;
        while (at < text.length() && (text.charAt(at) >= '0' && text.charAt(at) <= '9') == digits) {
            at++;
        }
        return at;
    }

    private static Duration of(String text, long number, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> throw notOne(text);
        };
    }

    private static IllegalArgumentException notOne(String text) {
        return new IllegalArgumentException(
                "\"" + text + "\" is not a time; write a number and its unit, such as 500ms, 10s or 2m");
    }

    /** Replaces durations as Java writes them ({@code PT10M}) by durations as users type them ({@code 10m}). */
    public static String asTyped(String message) {
        return Pattern.compile(ISO).matcher(message).replaceAll(found -> typed(Duration.parse(found.group())));
    }

    private static String typed(Duration duration) {
        if (duration.isZero()) {
            return "0s";
        }
        return part(duration.toHours(), "h")
                + part(duration.toMinutesPart(), "m")
                + part(duration.toSecondsPart(), "s")
                + part(duration.toMillisPart(), "ms");
    }

    private static String part(long number, String unit) {
        return number == 0 ? "" : number + unit;
    }

    /** For people: {@code 0.4 ms}, {@code 23 ms}, {@code 1.4 s}, {@code 2 min 5 s}. */
    public static String text(Duration duration) {
        double millis = duration.toNanos() / 1e6;
        if (millis < 10) {
            return millis == 0 ? "0 ms" : tenths(millis) + " ms";
        }
        if (millis < 1000) {
            return Math.round(millis) + " ms";
        }
        if (duration.toMinutes() < 1) {
            return tenths(millis / 1000) + " s";
        }
        return duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
    }

    /** A number with one digit after the point, without a Formatter (docs/start-up.md). */
    private static String tenths(double number) {
        return String.valueOf(Math.round(number * 10) / 10.0);
    }
}
