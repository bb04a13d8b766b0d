package dev.upkeep.cli.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.upkeep.cli.config.YamlNode.Entry;
import dev.upkeep.cli.config.YamlNode.Kind;
import dev.upkeep.cli.config.YamlNode.Mapping;
import dev.upkeep.cli.config.YamlNode.Scalar;
import dev.upkeep.cli.config.YamlNode.Sequence;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns YAML text into nodes. One document, no aliases, no key twice. */
final class YamlTree {

    private static final YAMLFactory YAML = new YAMLFactory();

    private static final Pattern PLACE = Pattern.compile("line (\\d{1,9}), column (\\d{1,9})");

    private final YAMLParser parser;
    private final Problems problems;

    private YamlTree(YAMLParser parser, Problems problems) {
        this.parser = parser;
        this.problems = problems;
    }

    /** The root, or nothing if the text is no YAML, which is then among the problems. */
    static Optional<YamlNode> parse(String text, Problems problems) {
        try (YAMLParser parser = YAML.createParser(text)) {
            return new YamlTree(parser, problems).document();
        } catch (JsonProcessingException e) {
            problems.add(stumble(e), "this is not YAML: " + sentence(e.getOriginalMessage()));
            return Optional.empty();
        } catch (IOException e) {
            problems.add(Position.START, "this is not YAML: " + sentence(e.getMessage()));
            return Optional.empty();
        }
    }

    /** The last place in its message is the mistake; what the exception itself tells is where the parser was before. */
    private static Position stumble(JsonProcessingException e) {
        return PLACE.matcher(String.valueOf(e.getOriginalMessage()))
                .results()
                .reduce((first, second) -> second)
                .map(place -> new Position(Integer.parseInt(place.group(1)), Integer.parseInt(place.group(2))))
                .orElseGet(() -> position(e.getLocation()));
    }

    /** What was being read, and what is wrong with it; pointing at the place, by indented lines, is not left to the parser. */
    private static String sentence(@Nullable String message) {
        return String.valueOf(message)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith(" "))
                .collect(Collectors.joining(", "));
    }

    private Optional<YamlNode> document() throws IOException {
        if (parser.nextToken() == null) {
            problems.add(Position.START, "the file is empty; upkeep init writes one to start from");
            return Optional.empty();
        }
        YamlNode root = node("");
        if (parser.nextToken() != null) {
            problems.add(here(), "a second document begins here; one file describes one stack");
        }
        return Optional.of(root);
    }

    private YamlNode node(String pointer) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            return mapping(pointer);
        }
        if (token == JsonToken.START_ARRAY) {
            return sequence(pointer);
        }
        if (parser.isCurrentAlias()) {
            problems.add(here(), "aliases (*name) are not supported; write the value out");
        }
        Kind kind = token == JsonToken.VALUE_NULL ? Kind.NOTHING : Kind.VALUE;
        return new Scalar(pointer, here(), kind == Kind.NOTHING ? "" : parser.getText(), kind);
    }

    private Sequence sequence(String pointer) throws IOException {
        Position begin = here();
        List<YamlNode> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(node(pointer + "/" + items.size()));
        }
        return new Sequence(pointer, begin, items);
    }

    private Mapping mapping(String pointer) throws IOException {
        Position begin = here();
        Map<String, Entry> entries = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            Position keyPosition = here();
            parser.nextToken();
            Entry entry = new Entry(keyPosition, node(pointer + "/" + key));
            Entry first = entries.putIfAbsent(key, entry);
            if (first != null) {
                problems.add(
                        keyPosition,
                        "the key \"" + key + "\" stands here for the second time; the first is in line "
                                + first.keyPosition().line());
            }
        }
        return new Mapping(pointer, begin, entries);
    }

    private Position here() {
        return position(parser.currentTokenLocation());
    }

    private static Position position(@Nullable JsonLocation location) {
        return location == null
                ? Position.START
                : new Position(Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
    }
}
