package dev.upkeep.system;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Gives out the tokens that a real registry demands, by Docker's token authentication specification: JSON Web Tokens, signed with RS256.
 * It knows one user, {@link DockerRegistry#USER}, who may do what the test says.
 */
final class TokenServer implements AutoCloseable {
    /** How long its tokens live: the least that the specification allows for. */
    private static final int LIFE_SECONDS = 60;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final String SERVICE = "registry of the test";

    private final HttpServer server;
    private final PrivateKey key;
    private final Certificate certificate;
    private final Path bundle;
    private final List<String> granted;
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

    private TokenServer(HttpServer server, SelfSigned signer, List<String> granted) {
        this.server = server;
        this.key = signer.key();
        this.certificate = signer.certificate();
        this.bundle = signer.file();
        this.granted = List.copyOf(granted);
        server.createContext("/token", this::answer);
        server.start();
    }

    private record SelfSigned(PrivateKey key, Certificate certificate, Path file) {}

    /**
     * Starts one.
     *
     * @param granted what the user may do, such as {@code push}
     */
    static TokenServer granting(Path folder, String... granted) {
        try {
            HttpServer server =
                    HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
            return new TokenServer(server, signer(folder), List.of(granted));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SelfSigned signer(Path folder) throws IOException, GeneralSecurityException {
        PrivateKey key = KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate();
        Path file = folder.resolve("signer.key");
        Files.writeString(
                file,
                "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(key.getEncoded())
                        + "\n-----END PRIVATE KEY-----\n");
        Path pem = folder.resolve("signer.pem");
        Command.run("openssl", "req", "-x509", "-key", file.toString(), "-out", pem.toString(), "-subj", "/CN=tokens")
                .orFail();
        try (InputStream content = Files.newInputStream(pem)) {
            return new SelfSigned(key, CertificateFactory.getInstance("X.509").generateCertificate(content), pem);
        }
    }

    /** What a registry has to be told of it. */
    String configuration() {
        return """
                auth:
                  token:
                    realm: http://127.0.0.1:%d/token
                    service: %s
                    issuer: test
                    rootcertbundle: %s
                """.formatted(server.getAddress().getPort(), SERVICE, bundle);
    }

    /** The scopes that it was asked for, the actions of each in the order of the alphabet: a registry demands them in any. */
    List<String> asked() {
        return asked.stream().map(TokenServer::inOrder).toList();
    }

    private static String inOrder(String scopes) {
        return Arrays.stream(scopes.split(" ", -1))
                .map(each -> {
                    int actions = each.lastIndexOf(':') + 1;
                    String[] names = each.substring(actions).split(",", -1);
                    Arrays.sort(names);
                    return each.substring(0, actions) + String.join(",", names);
                })
                .collect(Collectors.joining(" "));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String user = DockerRegistry.USER + ":" + DockerRegistry.PASSWORD;
        String basic = "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
        String shown = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        List<String> scopes = parameter(exchange, "scope");
        asked.addAll(scopes);
        if (!shown.equals(basic) || !parameter(exchange, "service").contains(SERVICE)) {
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
            return;
        }
        byte[] body = JSON.writeValueAsBytes(Map.of("token", token(scopes), "expires_in", LIFE_SECONDS));
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static List<String> parameter(HttpExchange exchange, String name) {
        return Arrays.stream(exchange.getRequestURI().getRawQuery().split("&", -1))
                .filter(each -> each.startsWith(name + "="))
                .map(each -> URLDecoder.decode(each.substring(name.length() + 1), StandardCharsets.UTF_8))
                .toList();
    }

    private String token(List<String> scopes) {
        long now = Instant.now().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", "test");
        claims.put("sub", DockerRegistry.USER);
        claims.put("aud", SERVICE);
        claims.put("nbf", now - 5);
        claims.put("iat", now);
        claims.put("exp", now + LIFE_SECONDS);
        claims.put("jti", UUID.randomUUID().toString());
        claims.put(
                "access",
                scopes.stream()
                        .flatMap(each -> Arrays.stream(each.split(" ", -1)))
                        .map(this::access)
                        .toList());
        try {
            String chain = Base64.getEncoder().encodeToString(certificate.getEncoded());
            String text = encode(Map.of("typ", "JWT", "alg", "RS256", "x5c", List.of(chain))) + "." + encode(claims);
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return text + "." + BASE64.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encode(Object value) {
        try {
            return BASE64.encodeToString(JSON.writeValueAsBytes(value));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What of a scope, such as {@code repository:shop/web:pull,push}, the user may do. */
    private Map<String, Object> access(String scope) {
        String[] parts = scope.split(":", -1);
        List<String> actions =
                Arrays.stream(parts[2].split(",", -1)).filter(granted::contains).toList();
        return Map.of("type", parts[0], "name", parts[1], "actions", actions);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
