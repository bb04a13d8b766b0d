package dev.upkeep.infra.aws.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.upkeep.infra.plan.FieldChange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * In which parts two trees differ, each named by its path. A part of a list goes by its name where it has one, and by its place elsewhere: what is put
 * before it does not change it.
 */
final class JsonDifference {

    /** The properties of CloudFormation by which the parts of a list are told apart. */
    private static final List<String> NAMES = List.of("Key", "Sid", "PolicyName", "ResourceType", "DeviceName");

    private static final String VALUE = "Value";

    private JsonDifference() {}

    static List<FieldChange> between(String path, JsonNode from, JsonNode to) {
        List<FieldChange> changes = new ArrayList<>();
        collect(path, from, to, changes);
        return changes;
    }

    private static void collect(String path, JsonNode from, JsonNode to, List<FieldChange> changes) {
        if (from.equals(to)) {
            return;
        }
        Map<String, JsonNode> before = parts(from);
        Map<String, JsonNode> after = parts(to);
        if (before.isEmpty() || after.isEmpty()) {
            changes.add(new FieldChange(path, text(from), text(to)));
            return;
        }
        Set<String> names = new LinkedHashSet<>(after.keySet());
        names.addAll(before.keySet());
        for (String name : names) {
            collect(
                    path.isEmpty() ? name : path + "/" + name,
                    before.getOrDefault(name, MissingNode.getInstance()),
                    after.getOrDefault(name, MissingNode.getInstance()),
                    changes);
        }
    }

    /** None of what is one value: a text, a list of texts, or a function of CloudFormation. */
    private static Map<String, JsonNode> parts(JsonNode node) {
        Map<String, JsonNode> parts = new LinkedHashMap<>();
        if (node.isObject() && !isFunction(node)) {
            node.properties().forEach(property -> parts.put(property.getKey(), property.getValue()));
        } else if (node.isArray() && !isListOfValues(node)) {
            for (JsonNode item : node) {
                Optional<String> name = name(item).filter(unused -> !parts.containsKey(unused));
                parts.put(name.orElseGet(() -> String.valueOf(parts.size())), name.isPresent() ? named(item) : item);
            }
        }
        return parts;
    }

    private static boolean isFunction(JsonNode node) {
        return node.size() == 1
                && node.properties().stream()
                        .map(Map.Entry::getKey)
                        .allMatch(name -> name.equals("Ref") || name.startsWith("Fn::"));
    }

    private static boolean isListOfValues(JsonNode array) {
        return items(array).stream().allMatch(item -> item.isValueNode() || (item.isObject() && isFunction(item)));
    }

    private static List<JsonNode> items(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    private static Optional<String> name(JsonNode item) {
        return NAMES.stream()
                .map(item::path)
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .findFirst();
    }

    /** Of a tag only what it says. */
    private static JsonNode named(JsonNode item) {
        return item.has(VALUE) && item.has("Key") ? item.path(VALUE) : item;
    }

    private static String text(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return "";
        }
        if (node.isValueNode()) {
            return node.asText();
        }
        if (node.isArray() && isListOfValues(node)) {
            return items(node).stream().map(JsonDifference::text).collect(Collectors.joining(", "));
        }
        if (node.has("Ref")) {
            return node.path("Ref").asText();
        }
        return node.path("Fn::GetAtt").isArray()
                ? items(node.path("Fn::GetAtt")).stream().map(JsonNode::asText).collect(Collectors.joining("."))
                : node.toString();
    }
}
