package dev.upkeep.infra.aws.template;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Map;

/** Writes templates. */
final class TemplateJson {

    /** The only version that there is, see the anatomy of templates in the user guide of CloudFormation. */
    private static final String FORMAT = "2010-09-09";

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final DefaultPrettyPrinter LAYOUT =
            new DefaultPrettyPrinter().withObjectIndenter(indenter()).withArrayIndenter(indenter());

    private TemplateJson() {}

    private static DefaultIndenter indenter() {
        return new DefaultIndenter(" ", "\n");
    }

    static String write(StackTemplate template) {
        ObjectNode root = NODES.objectNode();
        root.put("AWSTemplateFormatVersion", FORMAT);
        root.put("Description", template.description());
        if (!template.reasons().isEmpty()) {
            ObjectNode metadata = root.putObject("Metadata");
            ArrayNode ignored =
                    metadata.putObject("cfn-lint").putObject("config").putArray("ignore_checks");
            ObjectNode reasons = metadata.putObject("Reasons");
            template.reasons().forEach((finding, reason) -> {
                ignored.add(finding);
                reasons.put(finding, reason);
            });
        }
        if (!template.parameters().isEmpty()) {
            ObjectNode parameters = root.putObject("Parameters");
            template.parameters()
                    .forEach(parameter -> parameters
                            .putObject(parameter.name())
                            .put("Type", "String")
                            .put("AllowedPattern", parameter.pattern())
                            .put("Description", parameter.description()));
        }
        ObjectNode resources = root.putObject("Resources");
        template.resources().forEach(resource -> resources.set(resource.name(), resource(resource)));
        if (!template.outputs().isEmpty()) {
            ObjectNode outputs = root.putObject("Outputs");
            template.outputs()
                    .forEach(output -> outputs.putObject(output.name())
                            .put("Description", output.description())
                            .set("Value", node(output.value())));
        }
        return text(root);
    }

    static String write(Fields document) {
        return text(node(document));
    }

    private static String text(JsonNode root) {
        try {
            return new ObjectMapper().writer(LAYOUT).writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree could not be written", e);
        }
    }

    private static ObjectNode resource(Resource resource) {
        ObjectNode node = NODES.objectNode();
        node.put("Type", resource.type());
        if (!resource.dependsOn().isEmpty()) {
            node.set("DependsOn", node(Value.texts(resource.dependsOn())));
        }
        resource.attributes().values().forEach((name, value) -> node.set(name, node(value)));
        if (!resource.reasons().isEmpty()) {
            ArrayNode skip =
                    node.withObjectProperty("Metadata").putObject("checkov").putArray("skip");
            resource.reasons()
                    .forEach((finding, reason) ->
                            skip.addObject().put("id", finding).put("comment", reason));
        }
        if (!resource.properties().values().isEmpty()) {
            node.set("Properties", node(resource.properties()));
        }
        return node;
    }

    private static JsonNode node(Value value) {
        if (value instanceof Value.Text text) {
            return TextNode.valueOf(text.text());
        }
        if (value instanceof Value.Whole whole) {
            return LongNode.valueOf(whole.number());
        }
        if (value instanceof Value.Flag flag) {
            return BooleanNode.valueOf(flag.isTrue());
        }
        if (value instanceof Value.Items items) {
            return array(items.items());
        }
        return value instanceof Fields fields ? object(fields.values()) : function(value);
    }

    private static JsonNode function(Value value) {
        if (value instanceof Value.Reference reference) {
            return NODES.objectNode().put("Ref", reference.name());
        }
        if (value instanceof Value.Attribute attribute) {
            return call("Fn::GetAtt", Value.texts(attribute.resource(), attribute.attribute()));
        }
        if (value instanceof Value.Filled filled) {
            return NODES.objectNode().put("Fn::Sub", filled.pattern());
        }
        if (value instanceof Value.Joined joined) {
            return call("Fn::Join", Value.list(Value.of(joined.separator()), Value.list(joined.parts())));
        }
        if (value instanceof Value.Encoded encoded) {
            return call("Fn::Base64", encoded.content());
        }
        if (value instanceof Value.Zone zone) {
            ObjectNode select = NODES.objectNode();
            select.putArray("Fn::Select")
                    .add(zone.index())
                    .add(NODES.objectNode().put("Fn::GetAZs", ""));
            return select;
        }
        throw new IllegalStateException("a value of a kind that nobody writes: " + value);
    }

    private static ObjectNode call(String function, Value argument) {
        ObjectNode node = NODES.objectNode();
        node.set(function, node(argument));
        return node;
    }

    private static ArrayNode array(List<Value> values) {
        ArrayNode array = NODES.arrayNode();
        values.forEach(value -> array.add(node(value)));
        return array;
    }

    private static ObjectNode object(Map<String, Value> values) {
        ObjectNode object = NODES.objectNode();
        values.forEach((name, value) -> object.set(name, node(value)));
        return object;
    }
}
