package dev.upkeep.cli.config;

import dev.upkeep.cli.config.YamlNode.Entry;
import dev.upkeep.cli.config.YamlNode.Kind;
import dev.upkeep.cli.config.YamlNode.Mapping;
import dev.upkeep.cli.config.YamlNode.Scalar;
import dev.upkeep.cli.config.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A mapping that is read key by key. What is wrong goes to the problems, and the key then counts as missing. */
final class Section {

    private final Mapping mapping;
    private final Map<String, String> environment;
    private final Problems problems;
    private final Map<String, Value> read;

    private Section(Mapping mapping, Map<String, String> environment, Problems problems, Map<String, Value> read) {
        this.mapping = mapping;
        this.environment = environment;
        this.problems = problems;
        this.read = read;
    }

    /** The whole file. */
    static Section root(Mapping mapping, Map<String, String> environment, Problems problems) {
        return new Section(mapping, environment, problems, new HashMap<>());
    }

    /** A value that was read before, wherever in the file it stands. */
    Optional<Value> readAt(String pointer) {
        return Optional.ofNullable(read.get(pointer));
    }

    /** Where everything that was read stands. */
    Places places(String file) {
        return new Places(file, read);
    }

    /** Refuses keys that are not known, each with what was probably meant. */
    Section allowing(List<String> known) {
        mapping.entries().forEach((key, entry) -> {
            if (!known.contains(key)) {
                problems.add(entry.keyPosition(), unknown(key, known));
            }
        });
        return this;
    }

    private static String unknown(String key, List<String> known) {
        return "unknown key \"" + key + "\"; " + Nearest.hint(key, known);
    }

    Position position() {
        return mapping.position();
    }

    boolean has(String key) {
        return mapping.entries().containsKey(key);
    }

    private Optional<YamlNode> node(String key) {
        return Optional.ofNullable(mapping.entries().get(key)).map(Entry::value);
    }

    /** A section within this one. */
    Optional<Section> section(String key, List<String> known) {
        return open(key).map(section -> section.allowing(known));
    }

    /** Whether a key that else holds a section has this one word instead. */
    boolean isWord(String key, String word) {
        return node(key)
                .filter(Scalar.class::isInstance)
                .flatMap(node -> scalar(key, node))
                .filter(value -> value.text().equals(word))
                .isPresent();
    }

    private Optional<Section> open(String key) {
        YamlNode node = node(key).orElse(null);
        if (node instanceof Mapping inner) {
            return Optional.of(new Section(inner, environment, problems, read));
        }
        if (node != null) {
            problems.add(node.position(), "\"" + key + "\" holds keys of its own; put them below it, indented");
        }
        return Optional.empty();
    }

    /** A single value. */
    Optional<Value> value(String key) {
        return node(key).flatMap(node -> scalar(key, node));
    }

    private Optional<Value> scalar(String key, YamlNode node) {
        if (!(node instanceof Scalar scalar)) {
            problems.add(node.position(), "\"" + key + "\" is one value, not a list or a section");
            return Optional.empty();
        }
        if (scalar.kind() == Kind.NOTHING || scalar.text().isBlank()) {
            problems.add(scalar.position(), "\"" + key + "\" has no value; write one, or take the key away");
            return Optional.empty();
        }
        Interpolation.Outcome outcome = Interpolation.of(scalar.text(), environment);
        if (!outcome.trouble().isEmpty()) {
            problems.add(scalar.position(), outcome.trouble());
            return Optional.empty();
        }
        Value value = new Value(outcome.text(), scalar.text(), scalar.position());
        read.put(scalar.pointer(), value);
        return Optional.of(value);
    }

    /** A single value of another type. The parser's complaint becomes a problem, without what the environment added. */
    <T> Optional<T> parsed(String key, Function<String, T> parser) {
        return value(key).flatMap(value -> parse(value, parser));
    }

    <T> Optional<T> parse(Value value, Function<String, T> parser) {
        try {
            return Optional.of(parser.apply(value.text()));
        } catch (IllegalArgumentException e) {
            problems.add(value.position(), value.shown(String.valueOf(e.getMessage())));
            return Optional.empty();
        }
    }

    /** A whole number. */
    Optional<Integer> number(String key) {
        return parsed(key, text -> {
            if (!text.matches("-?\\d{1,9}")) {
                String trouble = text.matches("-?\\d+") ? "too large a number" : "not a whole number";
                throw new IllegalArgumentException("\"" + text + "\" is " + trouble);
            }
            return Integer.valueOf(text);
        });
    }

    /** A list of single values. */
    List<String> list(String key) {
        return values(key).stream().map(Value::text).toList();
    }

    /** A list of single values, with their positions. */
    List<Value> values(String key) {
        YamlNode node = node(key).orElse(null);
        if (node instanceof Sequence sequence) {
            return items(key, sequence);
        }
        if (node != null) {
            problems.add(
                    node.position(), "\"" + key + "\" is a list; write it as [one, two], or one \"- item\" a line");
        }
        return List.of();
    }

    private List<Value> items(String key, Sequence sequence) {
        List<Value> items = new ArrayList<>();
        sequence.items().forEach(item -> scalar(key, item).ifPresent(items::add));
        return items;
    }

    /** Names and values that are not known beforehand. */
    Map<String, Value> free(String key) {
        Map<String, Value> values = new LinkedHashMap<>();
        open(key)
                .ifPresent(section -> section.mapping
                        .entries()
                        .keySet()
                        .forEach(name -> section.value(name).ifPresent(value -> values.put(name, value))));
        return values;
    }
}
