package dev.upkeep.infra.spec;

import dev.upkeep.infra.failure.InvalidSpecException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an application finds in its environment, beside {@code PORT} and {@code VERSION}, which the platform sets.
 *
 * @param values plain values by their names, sorted; plans show them
 * @param secrets where secret values lie, by their names, sorted
 */
public record AppEnvironment(Map<String, String> values, Map<String, SecretReference> secrets) {

    /**
     * Checks and copies.
     *
     * @throws InvalidSpecException if a name is none or is taken, stands on both sides, or a value has several lines
     */
    public AppEnvironment {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
        secrets = Collections.unmodifiableSortedMap(new TreeMap<>(secrets));
        SpecRules.throwIfAny(EnvironmentRules.environment(values, secrets.keySet()));
    }

    /**
     * Nothing of the application's own.
     *
     * @return an empty environment
     */
    public static AppEnvironment none() {
        return new AppEnvironment(Map.of(), Map.of());
    }

    /**
     * The environment as the fields of a plan.
     *
     * @return {@code env NAME} with its value and {@code secret NAME} with where it lies, sorted
     */
    public Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        values.forEach((name, value) -> fields.put("env " + name, value));
        secrets.forEach((name, reference) -> fields.put("secret " + name, reference.toString()));
        return fields;
    }
}
