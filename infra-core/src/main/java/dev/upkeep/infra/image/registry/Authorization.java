package dev.upkeep.infra.image.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What a registry was shown of the user: nothing at first, then what it wants to see, by RFC 7617 or by the token
 * protocol of Docker's registry. Safe for use by several threads.
 */
final class Authorization {

    /** A token is replaced this long before its end, so that it outlives the request. */
    private static final int MARGIN_SECONDS = 15;

    /** What a token lives if its server does not say: the specification's value. */
    private static final int DEFAULT_LIFE_SECONDS = 60;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final RegistryAccess access;
    private final String registry;
    private final String repository;
    private Optional<RegistryCredential> credential = Optional.empty();
    private boolean asked;
    private @Nullable String header;
    private @Nullable Challenge tokens;
    private Instant expiry = Instant.MAX;

    Authorization(RegistryAccess access, String registry, String repository) {
        this.access = access;
        this.registry = registry;
        this.repository = repository;
    }

    /** The header for the next request, if there is one to send. */
    synchronized Optional<String> header(RegistryHttp http) throws InterruptedException {
        if (tokens != null && !access.clock().instant().isBefore(expiry)) {
            fetchToken(tokens, http);
        }
        return Optional.ofNullable(header);
    }

    /** Gets what the registry wants to see. Says whether there is now something else to show than before. */
    synchronized boolean satisfy(Challenge challenge, RegistryHttp http) throws InterruptedException {
        String before = header;
        if (challenge.scheme().equals("bearer")) {
            tokens = challenge;
            fetchToken(challenge, http);
        } else if (challenge.scheme().equals("basic")) {
            header = known().map(RegistryCredential::basic).orElse(null);
        }
        return header != null && !header.equals(before);
    }

    synchronized boolean isKnown() {
        return known().isPresent();
    }

    /** For messages. */
    synchronized String who() {
        return known().map(user -> "as user " + user.user()).orElse("without a user");
    }

    private Optional<RegistryCredential> known() {
        if (!asked) {
            asked = true;
            credential = access.login().credentialFor(registry);
        }
        return credential;
    }

    private void fetchToken(Challenge challenge, RegistryHttp http) throws InterruptedException {
        String realm = challenge.parameter("realm").orElse("");
        if (!realm.startsWith("https://") && !(access.isPlain(registry) && realm.startsWith("http://"))) {
            throw new RegistryException(
                    registry,
                    OptionalInt.empty(),
                    "Tried to log in at registry " + registry + ": it sends us to \"" + realm
                            + "\" for a token, and that is not over TLS; nothing was sent there, see its configuration",
                    null);
        }
        RegistryHttp.Call call =
                RegistryHttp.Call.of("get a token for " + repository, "GET", tokenUri(realm, challenge));
        HttpResponse<InputStream> answer = http.exchange(call, call.uri(), known().map(RegistryCredential::basic));
        if (answer.statusCode() != 200) {
            throw refused(realm, answer);
        }
        remember(answer, realm);
    }

    private URI tokenUri(String realm, Challenge challenge) {
        String scope = challenge.parameter("scope").orElse("repository:" + repository + ":pull,push");
        String service = challenge
                .parameter("service")
                .map(name -> "&service=" + URLEncoder.encode(name, StandardCharsets.UTF_8))
                .orElse("");
        return URI.create(realm + (realm.contains("?") ? "&" : "?") + "scope="
                + URLEncoder.encode(scope, StandardCharsets.UTF_8) + service);
    }

    private RegistryException refused(String realm, HttpResponse<InputStream> answer) {
        return new RegistryException(
                registry,
                OptionalInt.of(answer.statusCode()),
                "Tried to get a token for " + repository + " on registry " + registry + " from " + realm + " " + who()
                        + ": it answered " + answer.statusCode() + RegistryFailures.said(answer) + "; "
                        + RegistryFailures.next(answer.statusCode(), registry, isKnown()),
                null);
    }

    private void remember(HttpResponse<InputStream> answer, String realm) {
        try (InputStream body = answer.body()) {
            JsonNode json = MAPPER.readTree(body);
            String token = json.path("token").asText(json.path("access_token").asText());
            int life = json.path("expires_in").asInt(DEFAULT_LIFE_SECONDS);
            header = "Bearer " + token;
            expiry = access.clock().instant().plusSeconds(Math.max(1, life - MARGIN_SECONDS));
        } catch (IOException e) {
            throw new RegistryException(
                    registry,
                    OptionalInt.of(answer.statusCode()),
                    "Tried to get a token for registry " + registry + " from " + realm
                            + ": its answer is no JSON; see the log of that server",
                    e);
        }
    }
}
