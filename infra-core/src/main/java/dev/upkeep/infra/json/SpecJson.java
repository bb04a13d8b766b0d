package dev.upkeep.infra.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.upkeep.infra.image.reference.Architecture;
import dev.upkeep.infra.spec.AppSpec;
import dev.upkeep.infra.spec.AwsSettings;
import dev.upkeep.infra.spec.DomainSpec;
import dev.upkeep.infra.spec.ImageSettings;
import dev.upkeep.infra.spec.LocalSettings;
import dev.upkeep.infra.spec.PlatformSettings;
import dev.upkeep.infra.spec.Shape;
import dev.upkeep.infra.spec.StackName;
import dev.upkeep.infra.spec.StackSpec;
import java.nio.file.Path;
import java.util.Optional;

/** A spec in files, field by field, so that renaming a class never changes what lies on a disk. */
public final class SpecJson {

    private SpecJson() {}

    /**
     * Writes a spec.
     *
     * @param spec what to write
     * @param node where to
     */
    public static void write(StackSpec spec, ObjectNode node) {
        node.put("name", spec.name().text());
        node.put("shape", spec.shape().text());
        node.put("version", spec.version());
        node.put("instances", spec.instances());
        node.put("baseFolder", spec.baseFolder().toString());
        spec.site().ifPresent(site -> node.put("site", site.toString()));
        spec.app().ifPresent(app -> app(app, node.putObject("app")));
        spec.domain()
                .ifPresent(domain ->
                        node.putObject("domain").put("name", domain.name()).put("zone", domain.zone()));
        images(spec.images(), node.putObject("images"));
        ReleaseJson.nginx(spec.nginx(), node.putObject("nginx"));
        settings(
                spec.settings(),
                node.putObject("settings").put("platform", spec.settings().platform()));
    }

    private static void app(AppSpec app, ObjectNode node) {
        node.put("image", app.image()).put("port", app.port());
        app.base().ifPresent(base -> node.put("base", base));
        ArrayNode command = node.putArray("command");
        app.command().forEach(command::add);
        ReleaseJson.health(app.health(), node.putObject("health"));
        EnvironmentJson.write(app.environment(), node);
        PermissionsJson.write(app.permissions(), node);
    }

    private static AppSpec app(JsonNode node) {
        return new AppSpec(
                node.required("image").asText(),
                Optional.ofNullable(node.get("base")).map(JsonNode::asText),
                node.required("port").asInt(),
                ReleaseJson.texts(node.required("command")),
                ReleaseJson.health(node.required("health")),
                EnvironmentJson.read(node),
                PermissionsJson.read(node));
    }

    private static void images(ImageSettings images, ObjectNode node) {
        images.registry().ifPresent(registry -> node.put("registry", registry));
        ArrayNode platforms = node.put("nginx", images.nginx()).putArray("platforms");
        images.platforms().forEach(each -> platforms.add(each.platform()));
    }

    private static ImageSettings images(JsonNode node) {
        return new ImageSettings(
                Optional.ofNullable(node.get("registry")).map(JsonNode::asText),
                node.required("nginx").asText(),
                ReleaseJson.texts(node.required("platforms")).stream()
                        .map(Architecture::parse)
                        .toList());
    }

    private static void settings(PlatformSettings settings, ObjectNode node) {
        if (settings instanceof LocalSettings local) {
            node.put("port", local.port()).put("engine", local.engine().name()).put("network", local.network());
        }
        if (settings instanceof AwsSettings aws) {
            AwsJson.write(aws, node);
        }
    }

    /**
     * Reads a spec.
     *
     * @param node what {@link #write} wrote
     * @return the spec
     * @throws IllegalArgumentException for anything else
     * @throws dev.upkeep.infra.failure.InvalidSpecException if a value breaks its rules
     */
    public static StackSpec read(JsonNode node) {
        return new StackSpec(
                StackName.of(node.required("name").asText()),
                shape(node.required("shape").asText()),
                node.required("version").asText(),
                node.required("instances").asInt(),
                Path.of(node.required("baseFolder").asText()),
                Optional.ofNullable(node.get("site")).map(JsonNode::asText).map(Path::of),
                Optional.ofNullable(node.get("app")).map(SpecJson::app),
                Optional.ofNullable(node.get("domain"))
                        .map(domain -> new DomainSpec(
                                domain.required("name").asText(),
                                domain.required("zone").asText())),
                Optional.ofNullable(node.get("images")).map(SpecJson::images).orElseGet(ImageSettings::standard),
                ReleaseJson.nginx(node),
                settings(node.required("settings")));
    }

    private static Shape shape(String text) {
        for (Shape shape : Shape.values()) {
            if (shape.text().equals(text)) {
                return shape;
            }
        }
        throw new IllegalArgumentException("there is no shape \"" + text + "\"");
    }

    private static PlatformSettings settings(JsonNode node) {
        String platform = node.required("platform").asText();
        return switch (platform) {
            case LocalSettings.PLATFORM ->
                new LocalSettings(
                        node.required("port").asInt(),
                        LocalSettings.Engine.valueOf(node.path("engine").asText(LocalSettings.Engine.PROCESSES.name())),
                        node.path("network").asText(LocalSettings.DEFAULT_NETWORK));
            case AwsSettings.PLATFORM -> AwsJson.read(node);
            default -> throw new IllegalArgumentException("there is no platform \"" + platform + "\"");
        };
    }
}
