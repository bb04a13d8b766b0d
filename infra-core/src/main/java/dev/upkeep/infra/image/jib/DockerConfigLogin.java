package dev.upkeep.infra.image.jib;

import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.api.CredentialRetriever;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.frontend.CredentialRetrieverFactory;
import com.google.cloud.tools.jib.registry.credentials.CredentialRetrievalException;
import dev.upkeep.infra.image.registry.RegistryCredential;
import dev.upkeep.infra.image.registry.RegistryException;
import dev.upkeep.infra.image.registry.RegistryLogin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** What {@code docker login} has written down: a password in the configuration, or in the keeping of a credential helper. */
public final class DockerConfigLogin implements RegistryLogin {

    private static final String ANY = "any";

    private final List<Path> files;

    /**
     * Looks where docker, and tools that follow it, keep what a login has written down.
     *
     * @param environment the variables {@code DOCKER_CONFIG}, {@code XDG_RUNTIME_DIR} and {@code HOME} say where
     */
    public DockerConfigLogin(Map<String, String> environment) {
        this.files = Stream.of(
                        folder(environment, "DOCKER_CONFIG").map(folder -> folder.resolve("config.json")),
                        folder(environment, "XDG_RUNTIME_DIR")
                                .map(folder -> folder.resolve("containers").resolve("auth.json")),
                        folder(environment, "HOME")
                                .map(folder -> folder.resolve(".docker").resolve("config.json")))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Path> folder(Map<String, String> environment, String variable) {
        return Optional.ofNullable(environment.get(variable))
                .filter(text -> !text.isEmpty())
                .map(Path::of);
    }

    @Override
    public Optional<RegistryCredential> credentialFor(String registry) {
        String host = registry.equals("docker.io") ? "registry-1.docker.io" : registry;
        CredentialRetrieverFactory factory =
                CredentialRetrieverFactory.forImage(ImageReference.of(host, ANY, ANY), event -> {});
        try {
            List<CredentialRetriever> places = new ArrayList<>();
            files.forEach(file -> places.add(factory.dockerConfig(file)));
            places.add(factory.wellKnownCredentialHelpers());
            for (CredentialRetriever each : places) {
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
