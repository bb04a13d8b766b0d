package dev.upkeep.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.upkeep.system.command.Upkeep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** What cloud-init of an instance is told: the user data of a template, as CloudFormation resolves it. */
public final class AwsUserData {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, String> values;

    private AwsUserData(Map<String, String> values) {
        this.values = values;
    }

    /**
     * Of the template that {@code upkeep template} prints for a file.
     *
     * @param home an empty folder
     * @param file what {@code upkeep.yaml} says
     * @param values what stands for a reference, such as {@code AWS::Region} or {@code Address.AllocationId}
     */
    public static String of(Path home, String file, Map<String, String> values) throws IOException {
        Files.writeString(home.resolve("upkeep.yaml"), file);
        return in(Upkeep.in(home, "template").run().with(0).out(), values);
    }

    /**
     * Of a template with one instance, or one launch template.
     *
     * @param values as above
     */
    public static String in(String template, Map<String, String> values) throws IOException {
        JsonNode encoded = JSON.readTree(template).findValue("UserData").path("Fn::Base64");
        return new AwsUserData(values).resolve(encoded);
    }

    private String resolve(JsonNode node) {
        if (node.isTextual()) {
            return node.asText();
        }
        if (node.has("Ref")) {
            return value(node.get("Ref").asText());
        }
        if (node.has("Fn::GetAtt")) {
            return value(node.get("Fn::GetAtt").get(0).asText() + "."
                    + node.get("Fn::GetAtt").get(1).asText());
        }
        if (node.has("Fn::Join")) {
            return StreamSupport.stream(node.get("Fn::Join").get(1).spliterator(), false)
                    .map(this::resolve)
                    .collect(Collectors.joining(node.get("Fn::Join").get(0).asText()));
        }
        throw new IllegalArgumentException("not known how to resolve " + node);
    }

    private String value(String reference) {
        return Objects.requireNonNull(values.get(reference), () -> "no value for " + reference);
    }
}
