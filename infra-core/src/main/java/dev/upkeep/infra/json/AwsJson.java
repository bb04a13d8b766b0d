package dev.upkeep.infra.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.upkeep.infra.spec.AwsSettings;
import dev.upkeep.infra.spec.InstanceType;
import dev.upkeep.infra.spec.Ipv4Network;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What only a stack on Amazon Web Services has, in files. */
final class AwsJson {

    private AwsJson() {}

    static void write(AwsSettings aws, ObjectNode node) {
        aws.region().ifPresent(region -> node.put("region", region));
        ArrayNode zones = node.putObject("network")
                .put("addresses", aws.network().addresses().toString())
                .put("private", aws.network().isPrivate())
                .putArray("zones");
        aws.network().zones().forEach(zones::add);
        ObjectNode server = node.putObject("server")
                .put("image", aws.server().image())
                .put("baseImage", aws.server().baseImage())
                .put("diskGigabytes", aws.server().diskGigabytes())
                .put("maxInstances", aws.server().maxInstances());
        aws.server().type().ifPresent(type -> server.put("type", type.name()));
        aws.server().permissionsBoundary().ifPresent(policy -> server.put("permissionsBoundary", policy));
        node.putObject("balancing")
                .put("checkEvery", aws.balancing().checkEvery().toString())
                .put("drainWithin", aws.balancing().drainWithin().toString())
                .put("replacesUnhealthy", aws.balancing().replacesUnhealthy());
        ObjectNode access =
                node.putObject("access").put("endpoint", aws.access().endpoint());
        aws.access().sshFrom().ifPresent(from -> access.put("sshFrom", from.toString()));
        aws.access().address().ifPresent(address -> access.put("address", address));
        ObjectNode operation =
                node.putObject("operation").put("logDays", aws.operation().logDays());
        aws.operation().mail().ifPresent(mail -> operation.put("mail", mail));
        aws.operation().accessLogs().ifPresent(bucket -> operation.put("accessLogs", bucket));
        ArrayNode kept = operation.putArray("keep");
        aws.operation().keep().stream().sorted().forEach(keep -> kept.add(keep.name()));
        ObjectNode tags = node.putObject("tags");
        aws.tags().forEach(tags::put);
    }

    static AwsSettings read(JsonNode node) {
        JsonNode network = node.required("network");
        return new AwsSettings(
                text(node, "region"),
                new AwsSettings.Network(
                        Ipv4Network.parse(network.required("addresses").asText()),
                        ReleaseJson.texts(network.required("zones")),
                        network.required("private").asBoolean()),
                server(node.required("server")),
                balancing(node.required("balancing")),
                access(node.required("access")),
                operation(node.required("operation")),
                tags(node.required("tags")));
    }

    private static AwsSettings.Server server(JsonNode server) {
        return new AwsSettings.Server(
                text(server, "type").map(InstanceType::new),
                server.required("image").asText(),
                text(server, "baseImage").orElse(AwsSettings.Server.AMAZON_LINUX),
                server.required("diskGigabytes").asInt(),
                server.required("maxInstances").asInt(),
                text(server, "permissionsBoundary"),
                false);
    }

    private static AwsSettings.Balancing balancing(JsonNode balancing) {
        return new AwsSettings.Balancing(
                Duration.parse(balancing.required("checkEvery").asText()),
                Duration.parse(balancing.required("drainWithin").asText()),
                balancing.required("replacesUnhealthy").asBoolean());
    }

    private static AwsSettings.Access access(JsonNode access) {
        return new AwsSettings.Access(
                text(access, "sshFrom").map(Ipv4Network::parse),
                access.required("endpoint").asBoolean(),
                text(access, "address"));
    }

    private static AwsSettings.Operation operation(JsonNode operation) {
        return new AwsSettings.Operation(
                text(operation, "mail"),
                operation.required("logDays").asInt(),
                text(operation, "accessLogs"),
                ReleaseJson.texts(operation.path("keep")).stream()
                        .map(AwsSettings.Keep::valueOf)
                        .collect(Collectors.toUnmodifiableSet()));
    }

    private static Map<String, String> tags(JsonNode node) {
        Map<String, String> tags = new TreeMap<>();
        node.properties().forEach(tag -> tags.put(tag.getKey(), tag.getValue().asText()));
        return tags;
    }

    private static Optional<String> text(JsonNode node, String name) {
        return Optional.ofNullable(node.get(name)).map(JsonNode::asText);
    }
}
