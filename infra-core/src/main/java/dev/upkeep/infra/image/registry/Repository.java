package dev.upkeep.infra.image.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.upkeep.infra.image.registry.RegistryHttp.Call;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The images of one name on a registry, by the OCI distribution specification. Every method blocks and throws
 * {@link RegistryException}. Safe for use by several threads.
 */
public final class Repository implements ImageSource {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Pattern NEXT_PAGE = Pattern.compile("<([^>]+)>\\s*;\\s*rel=\"?next\"?");

    private final RegistryHttp http;

    Repository(RegistryHttp http) {
        this.http = http;
    }

    /**
     * Where it is.
     *
     * @return host and, if it is not the usual one, port
     */
    public String registry() {
        return http.registry();
    }

    /**
     * What it is called there.
     *
     * @return the path on the registry
     */
    public String name() {
        return http.repository();
    }

    /**
     * The digest that a tag stands for.
     *
     * @param identifier a tag or a digest
     * @return the digest, empty if there is no such image
     * @throws InterruptedException if the calling thread is interrupted
     */
    public Optional<String> digest(String identifier) throws InterruptedException {
        Call call = Call.of("find " + identifier, "HEAD", http.uri("manifests/" + identifier))
                .accepting(Manifest.TYPES);
        HttpResponse<InputStream> answer = http.send(call, Set.of(200, 404));
        RegistryHttp.close(answer);
        if (answer.statusCode() == 404) {
            return Optional.empty();
        }
        Optional<String> said = answer.headers().firstValue("Docker-Content-Digest");
        return said.isPresent() ? said : manifest(identifier).map(Manifest::digest);
    }

    @Override
    public Optional<Manifest> manifest(String identifier) throws InterruptedException {
        Call call = Call.of("read the manifest of " + identifier, "GET", http.uri("manifests/" + identifier))
                .accepting(Manifest.TYPES);
        HttpResponse<InputStream> answer = http.send(call, Set.of(200, 404));
        try (InputStream body = answer.body()) {
            if (answer.statusCode() == 404) {
                return Optional.empty();
            }
            Manifest manifest =
                    Manifest.parse(answer.headers().firstValue("Content-Type").orElse(""), body.readAllBytes());
            if (identifier.startsWith("sha256:") && !manifest.digest().equals(identifier)) {
                throw unusable(call, "what it sent has the digest " + manifest.digest());
            }
            return Optional.of(manifest);
        } catch (IOException e) {
            throw RegistryFailures.noAnswer(call.purpose(), http.where(), registry(), e);
        }
    }

    @Override
    public InputStream blob(String digest) throws InterruptedException {
        Call call = Call.of("read " + digest, "GET", http.uri("blobs/" + digest));
        return new ResumedBlob(
                () -> http.send(call, Set.of(200)).body(),
                broken -> RegistryFailures.noAnswer(call.purpose(), http.where(), registry(), broken));
    }

    /**
     * Whether it has a layer or configuration.
     *
     * @param digest its digest
     * @return true if it need not be sent
     * @throws InterruptedException if the calling thread is interrupted
     */
    public boolean hasBlob(String digest) throws InterruptedException {
        HttpResponse<InputStream> answer =
                http.send(Call.of("look for " + digest, "HEAD", http.uri("blobs/" + digest)), Set.of(200, 404));
        RegistryHttp.close(answer);
        return answer.statusCode() == 200;
    }

    /**
     * Takes a layer over from another repository of the same registry, without sending it.
     *
     * @param digest its digest
     * @param other the path of the repository that has it
     * @return whether the registry did so
     * @throws InterruptedException if the calling thread is interrupted
     */
    public boolean takeOver(String digest, String other) throws InterruptedException {
        URI uri = http.uri(
                "blobs/uploads/?mount=" + digest + "&from=" + URLEncoder.encode(other, StandardCharsets.UTF_8));
        HttpResponse<InputStream> answer =
                http.send(Call.of("take " + digest + " over from " + other, "POST", uri), Set.of(201, 202));
        RegistryHttp.close(answer);
        if (answer.statusCode() == 202) {
            cancel(location(answer, uri));
        }
        return answer.statusCode() == 201;
    }

    private void cancel(URI upload) throws InterruptedException {
        RegistryHttp.close(http.send(Call.of("cancel an upload", "DELETE", upload), anyStatus()));
    }

    private static Set<Integer> anyStatus() {
        return Set.of(200, 202, 204, 400, 404, 405);
    }

    /**
     * Begins to send a layer or configuration, and sends its content.
     *
     * @param content what is sent; not closed
     * @return what {@link #finish} needs
     * @throws InterruptedException if the calling thread is interrupted
     */
    public URI begin(InputStream content) throws InterruptedException {
        URI uploads = http.uri("blobs/uploads/");
        HttpResponse<InputStream> begun = http.send(Call.of("begin to send a layer", "POST", uploads), Set.of(202));
        RegistryHttp.close(begun);
        Call patch = Call.of("send a layer", "PATCH", location(begun, uploads))
                .sending(BodyPublishers.ofInputStream(() -> content))
                .accepting("application/octet-stream");
        HttpResponse<InputStream> sent = http.send(patch, Set.of(201, 202, 204));
        RegistryHttp.close(sent);
        return location(sent, patch.uri());
    }

    /**
     * Ends what was begun. Only now the registry has it.
     *
     * @param begun what {@link #begin} returned
     * @param digest of the content, which the registry checks
     * @throws InterruptedException if the calling thread is interrupted
     */
    public void finish(URI begun, String digest) throws InterruptedException {
        URI end = URI.create(begun + (begun.getRawQuery() == null ? "?" : "&") + "digest=" + digest);
        RegistryHttp.close(http.send(Call.of("finish sending " + digest, "PUT", end), Set.of(201, 204)));
    }

    private URI location(HttpResponse<InputStream> answer, URI asked) {
        return http.next(asked, answer.headers().firstValue("Location").orElse(""));
    }

    /**
     * Sends a manifest, of which everything it points to is there already.
     *
     * @param identifier the tag that it gets, or its digest for no tag
     * @param manifest what is sent
     * @throws InterruptedException if the calling thread is interrupted
     */
    public void send(String identifier, Manifest manifest) throws InterruptedException {
        Call call = Call.of("send the manifest of " + identifier, "PUT", http.uri("manifests/" + identifier))
                .sending(BodyPublishers.ofByteArray(manifest.bytes()))
                .accepting(manifest.mediaType());
        RegistryHttp.close(http.send(call, Set.of(200, 201, 202)));
    }

    /**
     * Lists what is there.
     *
     * @return every tag with its digest, sorted by tag; none if the repository does not exist
     * @throws InterruptedException if the calling thread is interrupted
     */
    public List<TaggedImage> images() throws InterruptedException {
        List<TaggedImage> images = new ArrayList<>();
        for (String tag : tags()) {
            digest(tag).ifPresent(digest -> images.add(new TaggedImage(tag, digest)));
        }
        return images;
    }

    private List<String> tags() throws InterruptedException {
        List<String> tags = new ArrayList<>();
        Optional<URI> page = Optional.of(http.uri("tags/list?n=1000"));
        while (page.isPresent()) {
            Call call = Call.of("list the tags", "GET", page.get());
            HttpResponse<InputStream> answer = http.send(call, Set.of(200, 404));
            try (InputStream body = answer.body()) {
                JsonNode json = MAPPER.readTree(body);
                json.path("tags").forEach(tag -> tags.add(tag.asText()));
            } catch (IOException e) {
                throw RegistryFailures.noAnswer(call.purpose(), http.where(), registry(), e);
            }
            page = next(answer, call.uri());
        }
        return tags.stream().sorted().toList();
    }

    private Optional<URI> next(HttpResponse<InputStream> answer, URI asked) {
        return answer.headers()
                .firstValue("Link")
                .map(NEXT_PAGE::matcher)
                .filter(Matcher::find)
                .map(found -> http.next(asked, found.group(1)));
    }

    /**
     * Removes an image with all its tags.
     *
     * @param digest of its manifest
     * @return false if it was not there
     * @throws InterruptedException if the calling thread is interrupted
     */
    public boolean delete(String digest) throws InterruptedException {
        HttpResponse<InputStream> answer = http.send(
                Call.of("delete " + digest, "DELETE", http.uri("manifests/" + digest)), Set.of(200, 202, 404));
        RegistryHttp.close(answer);
        return answer.statusCode() != 404;
    }

    private RegistryException unusable(Call call, String found) {
        return new RegistryException(
                registry(),
                OptionalInt.empty(),
                "Tried to " + call.purpose() + " on registry " + http.where() + ": " + found
                        + "; do not use this image, and see who can change what the registry sends",
                null);
    }
}
