package dev.upkeep.infra.image.registry;

import java.util.Optional;
import java.util.Set;

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
     * Looks for another credential, after the registry has refused some: one that was valid may have expired meanwhile.
     *
     * @param registry host and, if it is not the usual one, port
     * @param refused what the registry no longer takes, at least one
     * @return another credential, empty if none is known
     */
    default Optional<RegistryCredential> another(String registry, Set<RegistryCredential> refused) {
        return credentialFor(registry).filter(found -> !refused.contains(found));
    }

    /**
     * What to do about an answer, where this login knows more of the registry than that it is one.
     *
     * @param registry host and, if it is not the usual one, port
     * @param repository the path there
     * @param status the HTTP status that it answered with
     * @return what to do next, empty if there is nothing special
     */
    default Optional<String> advice(String registry, String repository, int status) {
        return Optional.empty();
    }

    /**
     * Asks another login where this one knows nothing.
     *
     * @param other asked second
     * @return both together
     */
    default RegistryLogin or(RegistryLogin other) {
        return new TwoLogins(this, other);
    }
}
