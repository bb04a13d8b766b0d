package dev.upkeep.infra.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.upkeep.infra.image.reference.ImageReference;
import dev.upkeep.infra.inventory.Application;
import dev.upkeep.infra.inventory.Release;
import dev.upkeep.infra.spec.AppHealth;
import dev.upkeep.infra.spec.NginxLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A release in files, field by field, so that renaming a class never changes what lies on a disk. */
public final class ReleaseJson {

    private ReleaseJson() {}

    /**
     * Writes a release.
     *
     * @param release what to write
     * @param node where to
     */
    public static void write(Release release, ObjectNode node) {
        node.put("version", release.version());
        release.site().ifPresent(site -> node.put("site", site));
        ObjectNode application = node.putObject("application");
        release.application()
                .match(
                        () -> application.put("kind", "none"),
                        sample -> application.put("kind", "sample"),
                        command -> command(command, application.put("kind", "command")),
                        image -> application
                                .put("kind", "image")
                                .put("image", image.reference().toString()));
        release.application().healthCheck().ifPresent(health -> health(health, application.putObject("health")));
        EnvironmentJson.write(release.environment(), node);
        nginx(release.nginx(), node.putObject("nginx"));
        release.containers()
                .ifPresent(containers -> node.putObject("containers")
                        .put("web", containers.web().toString())
                        .put("network", containers.network()));
    }

    static void health(AppHealth health, ObjectNode node) {
        node.put("rule", health.rule().name())
                .put("path", health.path())
                .put("limit", health.limit().toString());
    }

    static AppHealth health(JsonNode node) {
        return new AppHealth(
                AppHealth.Rule.valueOf(node.required("rule").asText()),
                node.required("path").asText(),
                Duration.parse(node.required("limit").asText()));
    }

    static void nginx(NginxLimits limits, ObjectNode node) {
        node.put("maxBodyMegabytes", limits.maxBodyMegabytes())
                .put("answerWithin", limits.answerWithin().toString());
    }

    /** Of what was written before these could be set there is none. */
    static NginxLimits nginx(JsonNode parent) {
        return Optional.ofNullable(parent.get("nginx"))
                .map(node -> new NginxLimits(
                        node.required("maxBodyMegabytes").asInt(),
                        Duration.parse(node.required("answerWithin").asText())))
                .orElseGet(NginxLimits::standard);
    }

    private static ObjectNode command(Application.Command command, ObjectNode node) {
        ArrayNode words = node.put("folder", command.folder().toString()).putArray("command");
        command.command().forEach(words::add);
        return node;
    }

    /**
     * Reads a release.
     *
     * @param node what {@link #write} wrote
     * @return the release
     * @throws IllegalArgumentException for anything else
     */
    public static Release read(JsonNode node) {
        return new Release(
                node.required("version").asText(),
                Optional.ofNullable(node.get("site")).map(JsonNode::asText),
                application(node.required("application")),
                EnvironmentJson.read(node),
                nginx(node),
                Optional.ofNullable(node.get("containers")).map(ReleaseJson::containers));
    }

    private static Release.Containers containers(JsonNode node) {
        return new Release.Containers(
                ImageReference.parse(node.required("web").asText()),
                node.required("network").asText());
    }

    private static Application application(JsonNode node) {
        String kind = node.required("kind").asText();
        return switch (kind) {
            case "none" -> new Application.None();
            case "sample" -> new Application.Sample(health(node.required("health")));
            case "command" ->
                new Application.Command(
                        texts(node.required("command")),
                        Path.of(node.required("folder").asText()),
                        health(node.required("health")));
            case "image" ->
                new Application.Image(
                        ImageReference.parse(node.required("image").asText()), health(node.required("health")));
            default -> throw new IllegalArgumentException("there is no kind of application \"" + kind + "\"");
        };
    }

    /**
     * Reads an array of texts.
     *
     * @param array what to read
     * @return the texts in order
     */
    public static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
