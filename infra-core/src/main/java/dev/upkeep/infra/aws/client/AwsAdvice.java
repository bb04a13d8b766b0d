package dev.upkeep.infra.aws.client;

import dev.upkeep.infra.failure.AwsException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/** Words for what AWS answers, and what to do about it. */
public final class AwsAdvice {

    private static final int LONGEST_QUOTE = 300;

    private static final int INTERNAL_ERROR = 500;

    private AwsAdvice() {}

    /**
     * What was found, in one phrase.
     *
     * @param problem what the SDK threw
     * @return such as {@code AWS answered 403 (AccessDenied: ...)}
     */
    public static String found(SdkException problem) {
        if (problem instanceof AwsServiceException answer) {
            String reason = Stream.of(code(answer), quoted(said(answer)))
                    .filter(text -> !text.isEmpty())
                    .collect(Collectors.joining(": "));
            return "AWS answered " + answer.statusCode()
                    + (reason.isEmpty() ? " without a reason" : " (" + reason + ")");
        }
        return unknownHost(problem)
                .map(host -> "no name server knows " + quoted(host))
                .orElseGet(() -> "AWS did not answer (" + quoted(String.valueOf(problem.getMessage())) + ")");
    }

    /**
     * What was found, in one phrase.
     *
     * @param problem what came of a call
     * @return the same as for what the SDK threw
     */
    public static String found(AwsException problem) {
        return problem.getCause() instanceof SdkException thrown ? found(thrown) : String.valueOf(problem.getMessage());
    }

    /**
     * What to do about it.
     *
     * @param problem what the SDK threw
     * @param permission the action of IAM that the call needs, such as {@code ecr:CreateRepository}
     * @param region where it was asked
     * @return one phrase
     */
    public static String next(SdkException problem, String permission, String region) {
        return problem instanceof AwsServiceException answer
                ? next(code(answer), answer.statusCode(), permission, region)
                : unreached(problem, region);
    }

    private static String next(String code, int status, String permission, String region) {
        return switch (code) {
            case "ExpiredToken", "ExpiredTokenException" ->
                "the AWS session has expired: log in again (aws sso login), or get new temporary credentials";
            case "UnrecognizedClientException",
                    "InvalidClientTokenId",
                    "InvalidSignatureException",
                    "SignatureDoesNotMatch",
                    "AuthFailure" ->
                "AWS does not know these credentials in " + region
                        + ": check the key and its secret, the profile, and whether the account uses that region";
            case "RequestExpired", "RequestTimeTooSkewed" -> "set the clock of this machine";
            case "AccessDeniedException", "AccessDenied", "UnauthorizedOperation" ->
                "allow " + permission + " to this user or role"
                        + (permission.endsWith("GetAuthorizationToken") ? ", on the resource *" : "");
            case "OptInRequired" -> "enable the region " + region + " in the account, or name another one";
            case "Throttling", "ThrottlingException", "RequestLimitExceeded" ->
                "the account asks AWS too often at the moment; try again";
            default -> status >= INTERNAL_ERROR ? "AWS is out of order; try again" : unexplained(code);
        };
    }

    /** AWS itself always gives a code. */
    private static String unexplained(String code) {
        return code.isEmpty()
                ? "look whether it is AWS that answers: see AWS_ENDPOINT_URL and the proxy, if they are set"
                : "see what AWS says about it";
    }

    private static String unreached(SdkException problem, String region) {
        return unknownHost(problem).isPresent()
                ? "check the region " + region + ", and this machine's network"
                : "check this machine's network, and AWS_ENDPOINT_URL if it is set";
    }

    /**
     * Whether a call may succeed a little later without anybody doing anything: AWS was asked too often, is out of order, or was not reached.
     *
     * @param problem what came of the call
     * @return false where somebody has to do something first, such as to log in
     */
    public static boolean isTransient(AwsException problem) {
        if (problem.getCause() instanceof SdkServiceException answer) {
            return answer.isThrottlingException() || answer.statusCode() >= INTERNAL_ERROR;
        }
        for (Throwable each = problem.getCause(); each != null; each = each.getCause()) {
            if (each instanceof IOException || each instanceof ApiCallTimeoutException) {
                return true;
            }
        }
        return false;
    }

    private static Optional<String> unknownHost(SdkException problem) {
        for (Throwable each = problem; each != null; each = each.getCause()) {
            if (each instanceof UnknownHostException) {
                return Optional.of(String.valueOf(each.getMessage()));
            }
        }
        return Optional.empty();
    }

    /**
     * The error code of an answer.
     *
     * @param answer of AWS
     * @return empty if it has none
     */
    public static String code(AwsServiceException answer) {
        return Optional.ofNullable(answer.awsErrorDetails())
                .map(AwsErrorDetails::errorCode)
                .orElse("");
    }

    private static String said(AwsServiceException answer) {
        return Optional.ofNullable(answer.awsErrorDetails())
                .map(AwsErrorDetails::errorMessage)
                .orElse("");
    }

    /**
     * A text of AWS so that it fits into one line.
     *
     * @param text as it came
     * @return at most 300 characters, none of which moves a cursor
     */
    public static String quoted(String text) {
        String line = AwsWords.of(text).replaceAll("\\p{Cntrl}", " ");
        return line.substring(0, Math.min(LONGEST_QUOTE, line.length()));
    }
}
