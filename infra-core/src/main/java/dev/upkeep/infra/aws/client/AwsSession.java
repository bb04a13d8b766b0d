package dev.upkeep.infra.aws.client;

import dev.upkeep.infra.failure.AwsException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * One region, asked with the credentials of one user: both found by the SDK's own rules ({@code AWS_PROFILE}, {@code AWS_REGION},
 * {@code AWS_ENDPOINT_URL}, the role of a machine and so on). Safe for use by several threads.
 */
public final class AwsSession {

    private static final String ENDPOINT = "AWS_ENDPOINT_URL";

    /** What the SDK says of a whole configuration file behind the reason. */
    private static final Pattern DUMP = Pattern.compile(": ProfileFile\\(.*", Pattern.DOTALL);

    /** What the SDK says where a profile needs a service of which the jar is not there. */
    private static final Pattern MODULE = Pattern.compile("the '(\\w+)' service module must be on the class path");

    private static final String ARTIFACT = "software.amazon.awssdk:";

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

    /** All tries together. */
    private static final Duration CALL_TIMEOUT = Duration.ofMinutes(2);

    private final Region region;
    private final AwsCredentialsProvider credentials;

    private AwsSession(Region region, AwsCredentialsProvider credentials) {
        this.region = region;
        this.credentials = credentials;
    }

    /**
     * A session.
     *
     * @param region where; empty takes the one of the user's own AWS configuration
     * @return the session; only credentials were looked for
     * @throws AwsException if there are no credentials, or no region
     */
    public static AwsSession of(Optional<String> region) {
        checkEndpoint();
        Region where = region.map(Region::of).orElseGet(AwsSession::configured);
        return new AwsSession(where, credentials(where.id()));
    }

    private static void checkEndpoint() {
        String endpoint = System.getenv(ENDPOINT);
        if (endpoint != null && !endpoint.matches("https?://.+")) {
            throw new AwsException(
                    "find AWS",
                    ENDPOINT + " is \"" + AwsAdvice.quoted(endpoint) + "\", which is no address",
                    "write it like https://aws.example.org, or unset it",
                    "",
                    null);
        }
    }

    private static Region configured() {
        try {
            return DefaultAwsRegionProviderChain.builder().build().getRegion();
        } catch (SdkClientException e) {
            throw new AwsException(
                    "find the AWS region",
                    "neither the file nor the AWS configuration names one",
                    "write region: eu-west-1 into the file, or set AWS_REGION",
                    "",
                    e);
        }
    }

    private static AwsCredentialsProvider credentials(String region) {
        AwsCredentialsProvider provider = DefaultCredentialsProvider.builder().build();
        try {
            provider.resolveCredentials();
            return provider;
        } catch (SdkClientException e) {
            String reason = ofProfile().orElse(String.valueOf(e.getMessage()));
            throw new AwsException(
                    "find AWS credentials for " + region,
                    "there are none that can be used (" + AwsAdvice.quoted(reason) + ")",
                    missing(reason).orElseGet(AwsSession::login),
                    "",
                    e);
        }
    }

    /** What has to be added to the program; the command has all of it. Single sign-on takes two. */
    private static Optional<String> missing(String reason) {
        Matcher module = MODULE.matcher(reason);
        return module.find()
                ? Optional.of("add " + ARTIFACT + module.group(1)
                        + (module.group(1).equals("sso") ? " and " + ARTIFACT + "ssooidc" : "") + " to the class path")
                : Optional.empty();
    }

    private static String login() {
        return "log in (aws sso login"
                + profile().map(name -> " --profile " + name).orElse("")
                + ", or aws configure), or set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY";
    }

    /** Why the profile has none, such as a login that has expired; the SDK itself tells of all places where credentials could be. */
    private static Optional<String> ofProfile() {
        try (ProfileCredentialsProvider provider = ProfileCredentialsProvider.create()) {
            provider.resolveCredentials();
            return Optional.empty();
        } catch (SdkClientException | IllegalStateException e) {
            return Optional.ofNullable(e.getMessage())
                    .map(text -> DUMP.matcher(text).replaceFirst(""));
        }
    }

    /** The profile that the user names, as the SDK finds it. */
    private static Optional<String> profile() {
        return Optional.ofNullable(System.getProperty("aws.profile"))
                .or(() -> Optional.ofNullable(System.getenv("AWS_PROFILE")))
                .filter(name -> !name.isBlank())
                .map(AwsAdvice::quoted);
    }

    /**
     * Where it asks.
     *
     * @return such as {@code eu-west-1}
     */
    public String region() {
        return region.id();
    }

    /**
     * Who asks, for what no client signs.
     *
     * @return credentials that are valid now
     * @throws AwsException if they have expired and cannot be renewed
     */
    public AwsCredentialsIdentity identity() {
        return ask("renew the AWS credentials", "", credentials::resolveCredentials);
    }

    /**
     * A client of one service.
     *
     * @param builder a new builder of the SDK
     * @param <B> the builder
     * @param <C> the client
     * @return the client, to be closed
     */
    public <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C client(B builder) {
        return builder.region(region)
                .credentialsProvider(credentials)
                .overrideConfiguration(settings -> settings.apiCallTimeout(CALL_TIMEOUT))
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT_TIMEOUT)
                        .socketTimeout(ANSWER_TIMEOUT))
                .build();
    }

    /**
     * A client of one service that is opened when it is asked for first.
     *
     * @param builder makes a new builder of the SDK
     * @param <B> the builder
     * @param <C> the client
     * @return the client, to be closed
     */
    public <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C extends SdkAutoCloseable>
            LazyClient<C> lazily(Supplier<B> builder) {
        return new LazyClient<>(() -> client(builder.get()));
    }

    /**
     * Makes a call, and says what went wrong with it.
     *
     * @param tried in a phrase that follows "Tried to"
     * @param permission the action of IAM that it needs
     * @param call the call
     * @param <T> what it gives
     * @return what it gave
     * @throws AwsException if it failed
     */
    public <T> T ask(String tried, String permission, Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException e) {
            String code = e instanceof AwsServiceException answer ? AwsAdvice.code(answer) : "";
            throw new AwsException(
                    tried + " in " + region.id(),
                    AwsAdvice.found(e),
                    AwsAdvice.next(e, permission, region.id()),
                    code,
                    e);
        }
    }
}
