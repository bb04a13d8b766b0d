package dev.upkeep.cli.config;

import java.util.List;
import java.util.Map;

/** A YAML document that remembers where everything stood, and the text of scalars as it was written. */
sealed interface YamlNode {

    /** Where it is within the document, as a JSON pointer. */
    String pointer();

    /** Where it begins in the file. */
    Position position();

    /** A single value. {@code 1.10} is the text "1.10", never a number. */
    record Scalar(String pointer, Position position, String text, Kind kind) implements YamlNode {}

    /** Whether there is a value. */
    enum Kind {
        VALUE,
        /** An empty value, {@code ~} or {@code null}. */
        NOTHING
    }

    /** A list. */
    record Sequence(String pointer, Position position, List<YamlNode> items) implements YamlNode {}

    /** Keys and values, in the order of the file. */
    record Mapping(String pointer, Position position, Map<String, Entry> entries) implements YamlNode {}

    /** A value and the place of its key. */
    record Entry(Position keyPosition, YamlNode value) {}
}
