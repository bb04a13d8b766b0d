package dev.upkeep.infra.image.jib;

import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.api.CredentialRetriever;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.frontend.CredentialRetrieverFactory;
import com.google.cloud.tools.jib.registry.credentials.CredentialRetrievalException;
import dev.upkeep.infra.image.registry.RegistryCredential;
import dev.upkeep.infra.image.registry.RegistryException;
import dev.upkeep.infra.image.registry.RegistryLogin;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What {@code docker login} has written down: a password in the configuration, or in the keeping of a credential helper. */
public final class DockerConfigLogin implements RegistryLogin {

    private static final String ANY = "any";

    @Override
    public Optional<RegistryCredential> credentialFor(String registry) {
        String host = registry.equals("docker.io") ? "registry-1.docker.io" : registry;
        CredentialRetrieverFactory factory =
                CredentialRetrieverFactory.forImage(ImageReference.of(host, ANY, ANY), event -> {});
        try {
            for (CredentialRetriever each : List.of(factory.dockerConfig(), factory.wellKnownCredentialHelpers())) {
                Optional<Credential> found = each.retrieve().filter(credential -> !credential.isOAuth2RefreshToken());
                if (found.isPresent()) {
                    return found.map(user -> new RegistryCredential(user.getUsername(), user.getPassword()));
                }
            }
            return Optional.empty();
        } catch (CredentialRetrievalException e) {
            throw new RegistryException(
                    registry,
                    OptionalInt.empty(),
                    "Tried to read the credential for registry " + registry + " that docker login has kept: "
                            + e.getMessage() + "; log in again",
                    e);
        }
    }
}
