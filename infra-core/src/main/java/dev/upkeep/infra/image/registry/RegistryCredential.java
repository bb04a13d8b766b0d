package dev.upkeep.infra.image.registry;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A user of a registry.
 *
 * @param user the name
 * @param password the password or token; never shown
 */
public record RegistryCredential(String user, String password) {

    String basic() {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "RegistryCredential[" + user + "]";
    }
}
