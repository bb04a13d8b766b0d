package dev.upkeep.infra.aws.ecr;

import dev.upkeep.infra.aws.client.AwsAdvice;
import dev.upkeep.infra.failure.AwsException;
import dev.upkeep.infra.image.registry.RegistryException;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/** Words for what AWS answers, and what to do about it. */
final class EcrFailures {

    private EcrFailures() {}

    static RegistryException noCredentials(EcrHost host, AwsException cause) {
        return new RegistryException(name(host), OptionalInt.empty(), String.valueOf(cause.getMessage()), cause);
    }

    private static String name(EcrHost host) {
        return host.account() + " in " + host.region();
    }

    static RegistryException noToken(EcrHost host) {
        return failure(
                host,
                "get a token (ecr:GetAuthorizationToken)",
                "the answer holds none",
                "see where AWS_ENDPOINT_URL leads, if it is set",
                null);
    }

    /** What came of a call that needs a permission. */
    static RegistryException of(String purpose, String permission, EcrHost host, SdkException cause) {
        return failure(host, purpose, AwsAdvice.found(cause), AwsAdvice.next(cause, permission, host.region()), cause);
    }

    /** What to do where the registry does not let this user do something. */
    static String forbidden(EcrHost host, String repository, Optional<String> own) {
        String foreign = own.filter(account -> !account.equals(host.account()))
                .map(account -> "these AWS credentials are of account " + account + ", and the registry is of account "
                        + host.account() + ": check that number, or let the policy of its repository " + repository
                        + " allow this; else ")
                .orElse("");
        return foreign + "allow this user or role to push there (ecr:InitiateLayerUpload, ecr:UploadLayerPart, "
                + "ecr:CompleteLayerUpload, ecr:PutImage) and to pull (ecr:BatchGetImage, ecr:GetDownloadUrlForLayer, "
                + "ecr:BatchCheckLayerAvailability)";
    }

    /** What to do where there is no repository. */
    static String noRepository(EcrHost host, String repository) {
        return "ECR has no repository " + repository + " in " + host.region() + " of account " + host.account()
                + ": push with --create-repository, or create it (aws ecr create-repository --region " + host.region()
                + " --repository-name " + repository + " --image-tag-mutability IMMUTABLE)";
    }

    private static RegistryException failure(
            EcrHost host, String purpose, String found, String next, @Nullable Throwable cause) {
        return new RegistryException(
                name(host),
                OptionalInt.empty(),
                "Tried to " + purpose + " for the registry of account " + name(host) + ": " + found + "; " + next,
                cause);
    }
}
