package dev.upkeep.infra.image.registry;

import java.util.Optional;
import java.util.Set;

/** Two logins, the second of which is asked where the first knows nothing. */
record TwoLogins(RegistryLogin first, RegistryLogin second) implements RegistryLogin {

    @Override
    public Optional<RegistryCredential> credentialFor(String registry) {
        return first.credentialFor(registry).or(() -> second.credentialFor(registry));
    }

    @Override
    public Optional<RegistryCredential> another(String registry, Set<RegistryCredential> refused) {
        return first.another(registry, refused).or(() -> second.another(registry, refused));
    }

    @Override
    public Optional<String> advice(String registry, String repository, int status) {
        return first.advice(registry, repository, status).or(() -> second.advice(registry, repository, status));
    }
}
