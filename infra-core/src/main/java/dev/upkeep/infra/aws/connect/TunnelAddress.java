package dev.upkeep.infra.aws.connect;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * The signed address of a tunnel, as {@code aws ec2-instance-connect open-tunnel} makes it: no SDK has a call for it.
 *
 * @param host the name of the endpoint
 * @param endpoint its id
 * @param privateAddress of the instance
 * @param region where
 */
record TunnelAddress(String host, String endpoint, String privateAddress, String region) {

    private static final String SERVICE = "ec2-instance-connect";
    private static final int SSH = 22;

    /** How long the address is good for; the tunnel may last longer. */
    private static final Duration VALID = Duration.ofSeconds(60);

    /** The most that <a href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-connect-endpoint-connect-tunnel.html">AWS allows</a>. */
    private static final Duration LONGEST = Duration.ofHours(1);

    URI signedFor(AwsCredentialsIdentity identity, Clock clock) {
        SdkHttpRequest request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.GET)
                .uri(URI.create("https://" + host + "/openTunnel"))
                .putRawQueryParameter("instanceConnectEndpointId", endpoint)
                .putRawQueryParameter("remotePort", String.valueOf(SSH))
                .putRawQueryParameter("privateIpAddress", privateAddress)
                .putRawQueryParameter("maxTunnelDuration", String.valueOf(LONGEST.toSeconds()))
                .build();
        URI signed = AwsV4HttpSigner.create()
                .sign(signing -> signing.identity(identity)
                        .request(request)
                        .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, SERVICE)
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                        .putProperty(
                                AwsV4FamilyHttpSigner.AUTH_LOCATION, AwsV4FamilyHttpSigner.AuthLocation.QUERY_STRING)
                        .putProperty(AwsV4FamilyHttpSigner.EXPIRATION_DURATION, VALID)
                        .putProperty(HttpSigner.SIGNING_CLOCK, clock))
                .request()
                .getUri();
        return URI.create("wss" + signed.toString().substring("https".length()));
    }
}
