package dev.upkeep.infra.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.upkeep.infra.failure.InvalidSpecException;
import dev.upkeep.infra.failure.SpecProblem;
import dev.upkeep.infra.image.StackImages;
import dev.upkeep.infra.image.reference.ImageReference;
import dev.upkeep.infra.json.EnvironmentJson;
import dev.upkeep.infra.plan.FieldChange;
import dev.upkeep.infra.spec.AppEnvironment;
import dev.upkeep.infra.spec.StackSpec;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the parameter of a release says: the version, its images, plain values for the application, and the names of its secrets. */
final class ReleaseText {

    /** A standard parameter of Systems Manager takes no more. */
    static final int LARGEST = 4096;

    static final String VERSION = "version";

    /** The edge has another tag than the version, which may be longer. */
    private static final int LONGEST_EDGE_TAG = 32;

    private ReleaseText() {}

    /**
     * For instances, and for the next plan.
     *
     * @param images by their names
     * @param contents what they are made of, see {@link ReleaseContents}
     */
    static String of(StackSpec spec, Map<String, ImageReference> images, Map<String, String> contents) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put(VERSION, spec.version());
        EnvironmentJson.write(spec.environment(), node);
        images.forEach((image, reference) -> node.put(image, reference.toString()));
        if (!contents.isEmpty()) {
            ObjectNode digests = node.putObject(ReleaseContents.FIELD);
            contents.forEach(digests::put);
        }
        // Systems Manager refuses what begins with two braces: it would be the name of another parameter.
        return node.toString().replaceAll("\\{(?=\\{)", "\\\\u007b");
    }

    /**
     * Looks whether it will fit, before the images are built.
     *
     * @throws InvalidSpecException if it will not
     */
    static void checkSize(StackSpec spec) {
        Map<String, ImageReference> images = new TreeMap<>();
        for (String name : StackImages.names(spec)) {
            images.put(name, StackImages.reference(spec, name).orElseThrow().withDigest("sha256:" + "0".repeat(64)));
        }
        int size =
                of(spec, images, ReleaseContents.largest()).getBytes(StandardCharsets.UTF_8).length + LONGEST_EDGE_TAG;
        if (size > LARGEST) {
            throw new InvalidSpecException(List.of(new SpecProblem(
                    longest(spec.environment()),
                    "instances on AWS are told what to run in " + LARGEST + " bytes, and with the environment of the"
                            + " application that would be " + size,
                    "put large values into a file of the image, or into secrets")));
        }
    }

    private static String longest(AppEnvironment environment) {
        return environment.values().entrySet().stream()
                .max(Map.Entry.comparingByValue((one, other) -> one.length() - other.length()))
                .map(entry -> "/app/env/" + entry.getKey())
                .orElse("/app");
    }

    /** The version that it says, empty if it cannot be read. */
    static Optional<String> version(String text) {
        return Optional.ofNullable(tree(text).get(VERSION)).map(JsonNode::asText);
    }

    /** The images that it says, with their digests. */
    static List<String> images(String text) {
        JsonNode tree = tree(text);
        return Stream.of(StackImages.EDGE, StackImages.WEB, StackImages.APP)
                .flatMap(name -> Optional.ofNullable(tree.get(name)).stream())
                .map(JsonNode::asText)
                .toList();
    }

    /** What of it would be another for a spec. Which images make a version is tied to the version. */
    static List<FieldChange> changes(Optional<String> standing, StackSpec spec) {
        Map<String, String> wanted = fields(spec.version(), spec.environment());
        return FieldChange.between(standing.map(ReleaseText::fields).orElseGet(Map::of), wanted);
    }

    /** Its version, and what else is changed. */
    static String described(String text, List<FieldChange> changes) {
        String others = changes.stream()
                .filter(change -> !change.field().equals(VERSION))
                .map(change -> change.field() + " " + (change.from().isEmpty() ? "none" : change.from()))
                .collect(Collectors.joining(", "));
        return version(text).orElse("") + (others.isEmpty() ? "" : " with " + others);
    }

    private static Map<String, String> fields(String text) {
        return fields(version(text).orElse(""), environment(text));
    }

    private static Map<String, String> fields(String version, AppEnvironment environment) {
        Map<String, String> fields = new LinkedHashMap<>(Map.of(VERSION, version));
        fields.putAll(environment.fields());
        return fields;
    }

    /** As far as it can be read. */
    static AppEnvironment environment(String text) {
        try {
            return EnvironmentJson.read(tree(text));
        } catch (IllegalArgumentException | InvalidSpecException somebodyElseWroteIt) {
            return AppEnvironment.none();
        }
    }

    static JsonNode tree(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException somebodyElseWroteIt) {
            return JsonNodeFactory.instance.objectNode();
        }
    }
}
