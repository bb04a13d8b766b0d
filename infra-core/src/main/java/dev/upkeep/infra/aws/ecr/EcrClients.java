package dev.upkeep.infra.aws.ecr;

import dev.upkeep.infra.aws.client.AwsSession;
import dev.upkeep.infra.failure.AwsException;
import java.util.Optional;
import software.amazon.awssdk.services.ecr.EcrClient;

/** Opens clients for the API of ECR. */
@FunctionalInterface
interface EcrClients {

    /** A client for the region of a registry, to be closed. */
    EcrClient open(EcrHost host);

    /** By the SDK's own rules for credentials and endpoints. Only the region is that of the registry. */
    static EcrClients standard() {
        return host -> {
            try {
                return AwsSession.of(Optional.of(host.region())).client(EcrClient.builder());
            } catch (AwsException e) {
                throw EcrFailures.noCredentials(host, e);
            }
        };
    }
}
