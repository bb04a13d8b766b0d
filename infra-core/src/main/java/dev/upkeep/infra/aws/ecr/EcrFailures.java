package dev.upkeep.infra.aws.ecr;

import dev.upkeep.infra.image.registry.RegistryException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** Words for what AWS answers, and what to do about it. */
final class EcrFailures {

    private static final int LONGEST_QUOTE = 300;
    private static final String LOG_IN =
            "log in (aws sso login, or aws configure), or set AWS_PROFILE or AWS_ACCESS_KEY_ID and "
                    + "AWS_SECRET_ACCESS_KEY";

    private EcrFailures() {}

    static RegistryException noCredentials(EcrHost host, SdkException cause) {
        return failure(
                host,
                "find AWS credentials",
                "there are none that can be used (" + quoted(cause.getMessage()) + ")",
                LOG_IN,
                cause);
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
        return cause instanceof AwsServiceException answer
                ? answered(purpose, permission, host, answer)
                : notAnswered(purpose, host, cause);
    }

    private static RegistryException answered(
            String purpose, String permission, EcrHost host, AwsServiceException answer) {
        String code = answer.awsErrorDetails() == null
                ? ""
                : String.valueOf(answer.awsErrorDetails().errorCode());
        String said = answer.awsErrorDetails() == null
                ? ""
                : String.valueOf(answer.awsErrorDetails().errorMessage());
        return failure(
                host,
                purpose,
                "AWS answered " + answer.statusCode() + " (" + code + ": " + quoted(said) + ")",
                next(code, permission, host, answer.statusCode()),
                answer);
    }

    private static String next(String code, String permission, EcrHost host, int status) {
        return switch (code) {
            case "ExpiredToken", "ExpiredTokenException" ->
                "the AWS session has expired: log in again (aws sso login), or get new temporary credentials";
            case "UnrecognizedClientException",
                    "InvalidClientTokenId",
                    "InvalidSignatureException",
                    "SignatureDoesNotMatch" ->
                "AWS does not know these credentials in " + host.region()
                        + ": check the key and its secret, the profile, and whether the account uses that region";
            case "RequestExpired", "RequestTimeTooSkewed" -> "set the clock of this machine";
            case "AccessDeniedException", "AccessDenied" ->
                "allow " + permission + " to this user or role (for GetAuthorizationToken on the resource *)";
            case "OptInRequired" -> "enable the region " + host.region() + " in the account, or name another one";
            default -> status >= 500 ? "AWS is out of order; try again" : "see what AWS says about it";
        };
    }

    private static RegistryException notAnswered(String purpose, EcrHost host, SdkException cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof UnknownHostException) {
                return failure(
                        host,
                        purpose,
                        "there is no ECR of this name (" + quoted(each.getMessage()) + ")",
                        "check the region " + host.region() + " in the registry's name, and this machine's network",
                        cause);
            }
        }
        return failure(
                host,
                purpose,
                "AWS did not answer (" + quoted(cause.getMessage()) + ")",
                "check this machine's network, and AWS_ENDPOINT_URL if it is set",
                cause);
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
                host.account() + " in " + host.region(),
                OptionalInt.empty(),
                "Tried to " + purpose + " for the registry of account " + host.account() + " in " + host.region() + ": "
                        + found + "; " + next,
                cause);
    }

    private static String quoted(@Nullable String text) {
        String line = String.valueOf(text).replaceAll("\\p{Cntrl}", " ");
        return line.substring(0, Math.min(LONGEST_QUOTE, line.length()));
    }
}
