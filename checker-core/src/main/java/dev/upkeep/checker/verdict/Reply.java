package dev.upkeep.checker.verdict;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What is kept of a reply: the status, and the headers that tell about caches, clocks and proxies. Never cookies or credentials.
 *
 * @param status the HTTP status code
 * @param receivedAt when the headers had arrived, by the wall clock
 * @param headers names in lower case; only those of {@link #KEPT}, each with its first value, at most
 *     {@value #MAXIMUM_HEADER_LENGTH} characters of it, control characters replaced
 */
public record Reply(int status, Instant receivedAt, Map<String, String> headers) {
    /** The headers that are kept, in lower case. */
    public static final Set<String> KEPT = Set.of(
            "age",
            "cache-control",
            "content-encoding",
            "content-type",
            "date",
            "etag",
            "last-modified",
            "location",
            "server",
            "strict-transport-security",
            "via",
            "x-cache");

    /** The longest header value that is kept, in characters. */
    public static final int MAXIMUM_HEADER_LENGTH = 256;

    /** Copies the headers and leaves out those that are not to be kept. */
    public Reply {
        Map<String, String> kept = new TreeMap<>();
        headers.forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (KEPT.contains(lower)) {
                kept.put(lower, PlainText.of(value, MAXIMUM_HEADER_LENGTH));
            }
        });
        headers = Map.copyOf(kept);
    }

    /**
     * A header's value.
     *
     * @param name in any case
     */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** How long the reply had been in a cache (RFC 9111, section 5.1); empty if it does not say. */
    public Optional<Duration> age() {
        return header("age")
                .filter(text -> text.matches("\\d{1,9}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)));
    }

    /**
     * How far the server's clock was ahead of ours when the reply came, to the second; negative if it was behind. A reply out
     * of a cache carries an old date: it may lie in the past by as much as the reply's age. It need not, for a server in front of the
     * cache may have put its own date there. Empty without a valid {@code Date} header.
     */
    public Optional<Duration> clockSkew() {
        return header("date").flatMap(Reply::httpDate).map(date -> unexplained(Duration.between(receivedAt, date)));
    }

    private Duration unexplained(Duration ahead) {
        if (!ahead.isNegative()) {
            return ahead;
        }
        Duration withAge = ahead.plus(age().orElse(Duration.ZERO));
        return withAge.isNegative() ? withAge : Duration.ZERO;
    }

    private static Optional<Instant> httpDate(String text) {
        try {
            return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
        } catch (DateTimeParseException notADate) {
            return Optional.empty();
        }
    }
}
