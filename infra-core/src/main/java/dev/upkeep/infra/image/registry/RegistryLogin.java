package dev.upkeep.infra.image.registry;

import java.util.Optional;

/** Knows who the user is at a registry. */
@FunctionalInterface
public interface RegistryLogin {

    /**
     * Looks for the user's credential. Called when a registry asks for one.
     *
     * @param registry host and, if it is not the usual one, port
     * @return the credential, empty if none is known
     */
    Optional<RegistryCredential> credentialFor(String registry);

    /**
     * Knows nobody.
     *
     * @return a login without credentials
     */
    static RegistryLogin none() {
        return registry -> Optional.empty();
    }

    /**
     * Asks another login where this one knows nothing.
     *
     * @param other asked second
     * @return both together
     */
    default RegistryLogin or(RegistryLogin other) {
        return registry -> credentialFor(registry).or(() -> other.credentialFor(registry));
    }
}
