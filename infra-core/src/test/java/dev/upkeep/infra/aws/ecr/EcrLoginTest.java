package dev.upkeep.infra.aws.ecr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import dev.upkeep.infra.image.registry.RegistryCredential;
import dev.upkeep.infra.image.registry.RegistryException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecr.EcrClient;

class EcrLoginTest {

    private static final String REGISTRY = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";

    private HttpServer server;
    private int status = 200;
    private String body = "";
    private int asked;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
        server.createContext("/", exchange -> {
            asked++;
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private EcrClients at(String endpoint) {
        return host -> EcrClient.builder()
                .region(Region.of(host.region()))
                .endpointOverride(URI.create(endpoint))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("AKID", "s3cret")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    private EcrLogin login() {
        return new EcrLogin(at("http://127.0.0.1:" + server.getAddress().getPort()));
    }

    private void token(String token, String account) {
        body = """
                {"authorizationData": [{"authorizationToken": "%s", "expiresAt": 1795000000,
                 "proxyEndpoint": "https://%s.dkr.ecr.eu-west-1.amazonaws.com"}]}
                """.formatted(Base64.getEncoder().encodeToString(token.getBytes(StandardCharsets.UTF_8)), account);
    }

    private void refuse(int code, String type) {
        status = code;
        body = "{\"__type\": \"" + type + "\", \"message\": \"User: arn:aws:iam::1:user/me may not\"}";
    }

    private String failure(EcrLogin login) {
        return org.assertj.core.api.Assertions.catchThrowableOfType(
                        RegistryException.class, () -> login.credentialFor(REGISTRY))
                .getMessage();
    }

    @Test
    void givesTheTokenAsAPassword() {
        token("AWS:to:ken", "123456789012");

        assertThat(login().credentialFor(REGISTRY)).contains(new RegistryCredential("AWS", "to:ken"));
    }

    @Test
    void asksAwsForNoOtherRegistry() {
        assertThat(login().credentialFor("registry.example.org")).isEmpty();
        assertThat(asked).isZero();
    }

    @Test
    void fetchesAnewWhenOneWasRefused() {
        token("AWS:one", "123456789012");
        EcrLogin login = login();
        RegistryCredential first = login.credentialFor(REGISTRY).orElseThrow();
        token("AWS:two", "123456789012");

        assertThat(login.another(REGISTRY, Set.of(first))).contains(new RegistryCredential("AWS", "two"));
    }

    @Test
    void saysWhatToDoAboutEachRefusal() {
        refuse(400, "ExpiredTokenException");
        assertThat(failure(login())).contains("ExpiredTokenException", "the AWS session has expired: log in again");
        refuse(400, "UnrecognizedClientException");
        assertThat(failure(login())).contains("AWS does not know these credentials in eu-west-1");
        refuse(400, "AccessDeniedException");
        assertThat(failure(login()))
                .contains(
                        "Tried to get a token (ecr:GetAuthorizationToken) for the registry of account 123456789012",
                        "user/me may not",
                        "allow ecr:GetAuthorizationToken to this user or role");
        refuse(403, "InvalidSignatureException");
        assertThat(failure(login())).contains("check the key and its secret").doesNotContain("s3cret");
    }

    @Test
    void saysThatARegionDoesNotExist() {
        EcrLogin login = new EcrLogin(at("http://api.ecr.invalid"));

        assertThat(failure(login)).contains("no name server knows ", "check the region eu-west-1");
    }

    @Test
    void doesNotQuoteATokenThatItCannotRead() {
        body = "{\"authorizationData\": [{\"authorizationToken\": \"QVdT-s3cret\"}]}";

        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> login().credentialFor(REGISTRY))
                .withMessageContaining("the answer holds none")
                .withNoCause();
    }

    @Test
    void namesBothAccountsWhereTheyDiffer() {
        token("AWS:one", "999999999999");
        EcrLogin login = login();
        login.credentialFor(REGISTRY);

        assertThat(login.advice(REGISTRY, "shop/web", 403).orElseThrow())
                .contains("of account 999999999999, and the registry is of account 123456789012");
        assertThat(login.advice(REGISTRY, "shop/web", 404).orElseThrow())
                .contains("ECR has no repository shop/web", "--create-repository");
        assertThat(login.advice("registry.example.org", "shop/web", 403)).isEmpty();
    }
}
