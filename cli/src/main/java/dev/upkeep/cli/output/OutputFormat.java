package dev.upkeep.cli.output;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The formats that the result of a check can have. */
public enum OutputFormat {
    /** For people. */
    HUMAN,
    /** One JSON document. */
    JSON,
    /** One JSON document to a line. */
    JSONL,
    /** XML as JUnit reports it, for CI servers. */
    JUNIT,
    /** Prometheus text exposition format, for the textfile collector of the node exporter. */
    PROMETHEUS,
    /** One line with performance data, as Nagios plugins write it. */
    NAGIOS;

    /** The word for it on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Finds a format by its word.
     *
     * @throws IllegalArgumentException if there is none, naming those there are
     */
    public static OutputFormat parse(String word) {
        return Arrays.stream(values())
                .filter(format -> format.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "\"" + word + "\" is not a format; expected is one of " + String.join(", ", words())));
    }

    /** All words, in the order of the formats. */
    public static List<String> words() {
        return Arrays.stream(values()).map(OutputFormat::word).toList();
    }
}
