package dev.upkeep.infra.aws.ecr;

import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecr.EcrClient;

/** Opens clients for the API of ECR. */
@FunctionalInterface
interface EcrClients {

    Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

    /** A client for the region of a registry, to be closed. */
    EcrClient open(EcrHost host);

    /** By the SDK's own rules for credentials and endpoints. Only the region is that of the registry. */
    static EcrClients standard() {
        return host -> EcrClient.builder()
                .region(Region.of(host.region()))
                .credentialsProvider(credentials(host))
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT_TIMEOUT)
                        .socketTimeout(ANSWER_TIMEOUT))
                .build();
    }

    private static AwsCredentialsProvider credentials(EcrHost host) {
        AwsCredentialsProvider provider = DefaultCredentialsProvider.builder().build();
        try {
            provider.resolveCredentials();
            return provider;
        } catch (SdkClientException e) {
            throw EcrFailures.noCredentials(host, e);
        }
    }
}
