package dev.upkeep.cli.config;

import dev.upkeep.infra.failure.InvalidSpecException;
import dev.upkeep.infra.failure.SpecProblem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A section of the file, read key by key. A key with a problem counts as missing. */
final class Section {

    private final String pointer;
    private final Position position;
    private final Map<String, NodeTuple> entries = new LinkedHashMap<>();
    private final Map<String, String> environment;
    private final Problems problems;
    private final Map<String, Value> read;

    private Section(
            String pointer,
            MappingNode mapping,
            Map<String, String> environment,
            Problems problems,
            Map<String, Value> read) {
        this.pointer = pointer;
        this.position = position(mapping);
        this.environment = environment;
        this.problems = problems;
        this.read = read;
        mapping.getValue().forEach(this::enter);
    }

    /** The whole file. */
    static Section root(MappingNode mapping, Map<String, String> environment, Problems problems) {
        return new Section("", mapping, environment, problems, new HashMap<>());
    }

    private void enter(NodeTuple entry) {
        Node keyNode = entry.getKeyNode();
        if (!(keyNode instanceof ScalarNode scalar)) {
            problems.add(position(keyNode), "a key is one word, not a list or a section");
            return;
        }
        NodeTuple first = entries.putIfAbsent(scalar.getValue(), entry);
        if (first != null) {
            problems.add(
                    position(keyNode),
                    "the key \"" + scalar.getValue() + "\" stands here for the second time; the first is in line "
                            + position(first.getKeyNode()).line());
        }
    }

    private static Position position(Node node) {
        return Position.of(node.getStartMark());
    }

    /** A value that was read before, wherever in the file it stands. */
    Optional<Value> readAt(String pointer) {
        return Optional.ofNullable(read.get(pointer));
    }

    /** Where everything that was read stands. */
    Positions positions(String file) {
        return new Positions(file, read);
    }

    /** Refuses keys that are not known, each with what was probably meant. */
    Section allowing(List<String> known) {
        entries.forEach((key, entry) -> {
            if (!known.contains(key)) {
                problems.add(position(entry.getKeyNode()), unknown(key, known));
            }
        });
        return this;
    }

    private static String unknown(String key, List<String> known) {
        return "unknown key \"" + key + "\"; " + Nearest.hint(key, known);
    }

    Position position() {
        return position;
    }

    boolean has(String key) {
        return entries.containsKey(key);
    }

    private Optional<Node> node(String key) {
        return Optional.ofNullable(entries.get(key)).map(NodeTuple::getValueNode);
    }

    /** A section within this one. */
    Optional<Section> section(String key, List<String> known) {
        return open(key).map(section -> section.allowing(known));
    }

    /** Whether a key that else holds a section has this one word instead. */
    boolean isWord(String key, String word) {
        return node(key)
                .filter(ScalarNode.class::isInstance)
                .flatMap(node -> scalar(key, pointer + "/" + key, node))
                .filter(value -> value.text().equals(word))
                .isPresent();
    }

    private Optional<Section> open(String key) {
        Node node = node(key).orElse(null);
        if (node instanceof MappingNode inner) {
            return Optional.of(new Section(pointer + "/" + key, inner, environment, problems, read));
        }
        if (node != null) {
            problems.add(position(node), "\"" + key + "\" holds keys of its own; put them below it, indented");
        }
        return Optional.empty();
    }

    /** A single value. */
    Optional<Value> value(String key) {
        return node(key).flatMap(node -> scalar(key, pointer + "/" + key, node));
    }

    private Optional<Value> scalar(String key, String place, Node node) {
        if (!(node instanceof ScalarNode scalar)) {
            problems.add(position(node), "\"" + key + "\" is one value, not a list or a section");
            return Optional.empty();
        }
        if (scalar.getTag().equals(Tag.NULL) || scalar.getValue().isBlank()) {
            problems.add(position(scalar), "\"" + key + "\" has no value; write one, or take the key away");
            return Optional.empty();
        }
        Interpolation.Outcome outcome = Interpolation.of(scalar.getValue(), environment);
        if (!outcome.trouble().isEmpty()) {
            problems.add(position(scalar), outcome.trouble());
            return Optional.empty();
        }
        Value value = new Value(outcome.text(), scalar.getValue(), position(scalar));
        read.put(place, value);
        return Optional.of(value);
    }

    /** A single value of another type. What the parser refuses becomes a problem that shows nothing of the environment. */
    <T> Optional<T> parsed(String key, Function<String, T> parser) {
        return value(key).flatMap(value -> parse(value, parser));
    }

    <T> Optional<T> parse(Value value, Function<String, T> parser) {
        try {
            return Optional.of(parser.apply(value.text()));
        } catch (IllegalArgumentException e) {
            problems.add(value.position(), value.shown(String.valueOf(e.getMessage())));
            return Optional.empty();
        } catch (InvalidSpecException e) {
            // A value of the spec that checks itself.
            SpecProblem problem = e.problems().get(0);
            problems.add(value.position(), value.shown(problem.message() + "; " + problem.hint()));
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
        Node node = node(key).orElse(null);
        if (node instanceof SequenceNode sequence) {
            return items(key, sequence);
        }
        if (node != null) {
            problems.add(position(node), "\"" + key + "\" is a list; write it as [one, two], or one \"- item\" a line");
        }
        return List.of();
    }

    private List<Value> items(String key, SequenceNode sequence) {
        List<Value> items = new ArrayList<>();
        int index = 0;
        for (Node item : sequence.getValue()) {
            scalar(key, pointer + "/" + key + "/" + index, item).ifPresent(items::add);
            index++;
        }
        return items;
    }

    /** A list of single values and of sections. */
    void each(String key, Consumer<Value> values, Consumer<Section> sections) {
        Node node = node(key).orElse(null);
        if (node instanceof SequenceNode sequence) {
            int index = 0;
            for (Node item : sequence.getValue()) {
                String place = pointer + "/" + key + "/" + index;
                if (item instanceof MappingNode inner) {
                    sections.accept(new Section(place, inner, environment, problems, read));
                } else {
                    scalar(key, place, item).ifPresent(values);
                }
                index++;
            }
        } else if (node != null) {
            problems.add(position(node), "\"" + key + "\" is a list; write it as [one, two], or one \"- item\" a line");
        }
    }

    /** Names and values that are not known beforehand. */
    Map<String, Value> free(String key) {
        Map<String, Value> values = new LinkedHashMap<>();
        open(key)
                .ifPresent(section -> section.entries
                        .keySet()
                        .forEach(name -> section.value(name).ifPresent(value -> values.put(name, value))));
        return values;
    }
}
