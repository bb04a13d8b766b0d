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
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
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
    private final Set<RegistryCredential> refused = new HashSet<>();
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

    /**
     * Gets what the registry wants to see. Says whether there is now something else to show than what it has refused; another thread may
     * have got it meanwhile.
     */
    synchronized boolean satisfy(Challenge challenge, Optional<String> shown, RegistryHttp http)
            throws InterruptedException {
        if (header != null && !shown.equals(Optional.of(header))) {
            return true;
        }
        return switch (challenge.scheme()) {
            case "bearer" -> newToken(challenge, http);
            case "basic" -> newCredential();
            default -> false;
        };
    }

    private boolean newToken(Challenge challenge, RegistryHttp http) throws InterruptedException {
        if (challenge.isBeyondTheUsersRights() && challenge.equals(tokens)) {
            return false;
        }
        String before = header;
        tokens = challenge;
        fetchToken(challenge, http);
        return header != null && !header.equals(before);
    }

    private boolean newCredential() {
        Optional<RegistryCredential> found = unrefused();
        found.ifPresent(user -> header = user.basic());
        return found.isPresent();
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

    /** Another one than before, if what was shown is no longer taken. */
    private Optional<RegistryCredential> unrefused() {
        Optional<RegistryCredential> shown = known().filter(user -> user.basic().equals(header));
        if (shown.isEmpty()) {
            return known();
        }
        refused.add(shown.get());
        Optional<RegistryCredential> next = access.login().another(registry, Set.copyOf(refused));
        next.ifPresent(found -> credential = Optional.of(found));
        return next;
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
                RegistryHttp.Call.of("get a token for " + repository, "GET", tokenUri(realm, challenge, http));
        HttpResponse<InputStream> answer = http.exchange(call, call.uri(), known().map(RegistryCredential::basic));
        if (answer.statusCode() != 200) {
            throw refused(realm, answer);
        }
        remember(answer, realm);
    }

    private URI tokenUri(String realm, Challenge challenge, RegistryHttp http) {
        String scope = challenge.parameter("scope").orElse("repository:" + repository + ":pull,push");
        String service = challenge
                .parameter("service")
                .map(name -> "&service=" + URLEncoder.encode(name, StandardCharsets.UTF_8))
                .orElse("");
        return http.resolve(
                http.uri(""),
                realm + (realm.contains("?") ? "&" : "?") + "scope=" + URLEncoder.encode(scope, StandardCharsets.UTF_8)
                        + service);
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
