package dev.upkeep.infra.aws.template;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.upkeep.infra.plan.FieldChange;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A template as CloudFormation keeps it, read again. Immutable. */
public final class DeployedTemplate {

    private static final String PROPERTIES = "Properties";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final JsonNode tree;

    private DeployedTemplate(JsonNode tree) {
        this.tree = tree;
    }

    /**
     * Reads a template.
     *
     * @param text of the template
     * @return without any resource if it is no JSON, as if somebody else wrote it
     */
    public static DeployedTemplate of(String text) {
        return new DeployedTemplate(tree(text));
    }

    /** Missing where it is none. */
    static JsonNode tree(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException somebodyElseWroteIt) {
            return MissingNode.getInstance();
        }
    }

    /**
     * The resources that it names.
     *
     * @return their types by their logical ids
     */
    public Map<String, String> types() {
        Map<String, String> types = new TreeMap<>();
        tree.path("Resources")
                .properties()
                .forEach(resource -> types.put(
                        resource.getKey(), resource.getValue().path("Type").asText()));
        return types;
    }

    /**
     * In what a resource differs from another template.
     *
     * @param resource its logical id
     * @param next the other template
     * @return each property and each attribute of the resource that differs, in its smallest parts
     */
    public List<FieldChange> changes(String resource, DeployedTemplate next) {
        return JsonDifference.between("", properties(resource), next.properties(resource));
    }

    /** Beside its attributes, as a change set names both. */
    private JsonNode properties(String resource) {
        JsonNode found = tree.path("Resources").path(resource);
        ObjectNode all = MAPPER.createObjectNode();
        found.properties().stream()
                .filter(attribute -> !attribute.getKey().equals(PROPERTIES))
                .forEach(attribute -> all.set(attribute.getKey(), attribute.getValue()));
        found.path(PROPERTIES).properties().forEach(property -> all.set(property.getKey(), property.getValue()));
        return all;
    }

    /**
     * Takes a change of an object or a list apart.
     *
     * @param field whose values may be JSON
     * @return its smallest parts that change; the same where it has none
     */
    public static List<FieldChange> parts(FieldChange field) {
        return JsonDifference.between(field.field(), node(field.from()), node(field.to()));
    }

    private static JsonNode node(String text) {
        if (text.isEmpty()) {
            return MissingNode.getInstance();
        }
        boolean isContainer = text.startsWith("{") || text.startsWith("[");
        JsonNode found = isContainer ? tree(text) : MissingNode.getInstance();
        return found.isContainerNode() ? found : TextNode.valueOf(text);
    }
}
