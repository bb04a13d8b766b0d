package dev.upkeep.infra.aws.ecr;

import dev.upkeep.infra.image.registry.RegistryCredential;
import dev.upkeep.infra.image.registry.RegistryLogin;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.AuthorizationData;

/**
 * Fetches the token that a private registry of ECR wants to see. It lives for 12 hours; when the registry refuses one, another is
 * fetched. Credentials and endpoint are found by the AWS SDK's own rules ({@code AWS_PROFILE}, {@code AWS_ENDPOINT_URL} and so on);
 * the region is the one in the registry's name. Needs {@code software.amazon.awssdk:ecr} and {@code url-connection-client} on the class
 * path. Safe for use by several threads.
 */
public final class EcrLogin implements RegistryLogin {

    private final EcrClients clients;

    /** By the registry: the account of the user, which need not be the registry's. */
    private final Map<String, String> accounts = new ConcurrentHashMap<>();

    /** Asks nobody yet. */
    public EcrLogin() {
        this(EcrClients.standard());
    }

    EcrLogin(EcrClients clients) {
        this.clients = clients;
    }

    @Override
    public Optional<RegistryCredential> credentialFor(String registry) {
        return EcrHost.parse(registry).map(host -> fetch(registry, host));
    }

    /** Each token that is fetched is a new one, whatever it looks like. */
    @Override
    public Optional<RegistryCredential> another(String registry, Set<RegistryCredential> refused) {
        return credentialFor(registry);
    }

    private RegistryCredential fetch(String registry, EcrHost host) {
        try (EcrClient client = clients.open(host)) {
            AuthorizationData data = client.getAuthorizationToken().authorizationData().stream()
                    .findFirst()
                    .orElseThrow(() -> EcrFailures.noToken(host));
            ownAccount(data).ifPresent(account -> accounts.put(registry, account));
            return credential(data, host);
        } catch (SdkException e) {
            throw EcrFailures.of("get a token (ecr:GetAuthorizationToken)", "ecr:GetAuthorizationToken", host, e);
        }
    }

    private static Optional<String> ownAccount(AuthorizationData data) {
        return Optional.ofNullable(data.proxyEndpoint())
                .flatMap(endpoint -> Optional.ofNullable(URI.create(endpoint).getHost()))
                .flatMap(EcrHost::parse)
                .map(EcrHost::account);
    }

    private static RegistryCredential credential(AuthorizationData data, EcrHost host) {
        try {
            String[] parts = new String(
                            Base64.getDecoder().decode(String.valueOf(data.authorizationToken())),
                            StandardCharsets.UTF_8)
                    .split(":", 2);
            if (parts.length == 2) {
                return new RegistryCredential(parts[0], parts[1]);
            }
        } catch (IllegalArgumentException notBase64) {
            // The message of the cause may hold part of the token.
            throw EcrFailures.noToken(host);
        }
        throw EcrFailures.noToken(host);
    }

    @Override
    public Optional<String> advice(String registry, String repository, int status) {
        return EcrHost.parse(registry).flatMap(host -> switch (status) {
            case 403 ->
                Optional.of(EcrFailures.forbidden(host, repository, Optional.ofNullable(accounts.get(registry))));
            case 404 -> Optional.of(EcrFailures.noRepository(host, repository));
            default -> Optional.empty();
        });
    }
}
