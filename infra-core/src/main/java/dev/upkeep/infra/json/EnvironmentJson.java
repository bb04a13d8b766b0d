package dev.upkeep.infra.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.upkeep.infra.spec.AppEnvironment;
import dev.upkeep.infra.spec.SecretReference;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The environment of an application in files, and in the parameter that instances on AWS read. */
public final class EnvironmentJson {

    private static final String VALUES = "env";
    private static final String SECRETS = "secrets";

    private EnvironmentJson() {}

    /**
     * Writes an environment, and nothing for an empty one.
     *
     * @param environment what to write
     * @param node where to
     */
    public static void write(AppEnvironment environment, ObjectNode node) {
        write(environment.values(), VALUES, node);
        write(environment.secrets(), SECRETS, node);
    }

    private static void write(Map<String, ?> entries, String field, ObjectNode node) {
        if (!entries.isEmpty()) {
            ObjectNode object = node.putObject(field);
            entries.forEach((name, value) -> object.put(name, value.toString()));
        }
    }

    /**
     * Reads an environment.
     *
     * @param node what {@link #write} wrote
     * @return the environment; an empty one if nothing is there, as in what was written before there was any
     * @throws IllegalArgumentException if a secret is referred to in a way that is not known
     * @throws dev.upkeep.infra.failure.InvalidSpecException if it breaks its rules
     */
    public static AppEnvironment read(JsonNode node) {
        return new AppEnvironment(
                read(node.path(VALUES), Function.identity()), read(node.path(SECRETS), SecretReference::parse));
    }

    private static <T> Map<String, T> read(JsonNode object, Function<String, T> parser) {
        Map<String, T> entries = new TreeMap<>();
        object.properties()
                .forEach(entry -> entries.put(
                        entry.getKey(), parser.apply(entry.getValue().asText())));
        return entries;
    }
}
