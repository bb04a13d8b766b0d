package dev.upkeep.infra.image.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.upkeep.infra.image.reference.Architecture;
import dev.upkeep.infra.server.Sha256;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** What an image consists of, or the list of the images of an index, exactly as a registry has it. Immutable. */
public final class Manifest {

    /** All kinds that are understood, for the header {@code Accept}. */
    static final String TYPES = "application/vnd.docker.distribution.manifest.v2+json, "
            + "application/vnd.docker.distribution.manifest.list.v2+json, "
            + "application/vnd.oci.image.manifest.v1+json, application/vnd.oci.image.index.v1+json";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final String mediaType;
    private final byte[] bytes;
    private final JsonNode json;

    /**
     * A thing that a manifest points to.
     *
     * @param digest of its content
     * @param size in bytes
     */
    public record Part(String digest, long size) {}

    /**
     * One image of an index.
     *
     * @param digest of its manifest
     * @param architecture what it runs on, empty if it is one that is not known here
     */
    public record Variant(String digest, Optional<Architecture> architecture) {}

    private Manifest(String mediaType, byte[] bytes, JsonNode json) {
        this.mediaType = mediaType;
        this.bytes = bytes;
        this.json = json;
    }

    /**
     * Reads a manifest.
     *
     * @param mediaType as the registry said
     * @param bytes copied
     * @return the manifest
     * @throws IOException if it is no JSON
     */
    public static Manifest parse(String mediaType, byte[] bytes) throws IOException {
        JsonNode json = MAPPER.readTree(bytes);
        return new Manifest(json.path("mediaType").asText(mediaType), bytes.clone(), json);
    }

    /**
     * Its kind.
     *
     * @return the media type
     */
    public String mediaType() {
        return mediaType;
    }

    /**
     * Its text.
     *
     * @return a copy of the bytes that the digest is made of
     */
    public byte[] bytes() {
        return bytes.clone();
    }

    /**
     * What identifies it.
     *
     * @return {@code sha256:} and 64 hexadecimal digits
     */
    public String digest() {
        return digestOf(bytes);
    }

    /**
     * The digest of anything.
     *
     * @param content the bytes
     * @return {@code sha256:} and 64 hexadecimal digits
     */
    public static String digestOf(byte[] content) {
        return "sha256:" + HexFormat.of().formatHex(Sha256.begin().digest(content));
    }

    /**
     * Whether it lists images for several platforms.
     *
     * @return true for an index
     */
    public boolean isIndex() {
        return json.has("manifests");
    }

    /**
     * The images of an index.
     *
     * @return in order, none for an image
     */
    public List<Variant> variants() {
        List<Variant> variants = new ArrayList<>();
        json.path("manifests")
                .forEach(each -> variants.add(new Variant(
                        each.path("digest").asText(),
                        Architecture.of(each.path("platform")
                                        .path("architecture")
                                        .asText())
                                .filter(known -> each.path("platform")
                                        .path("os")
                                        .asText()
                                        .equals("linux")))));
        return variants;
    }

    /**
     * The configuration of an image.
     *
     * @return where it is, empty for an index
     */
    public Optional<Part> config() {
        return json.has("config") ? Optional.of(part(json.path("config"))) : Optional.empty();
    }

    /**
     * The layers of an image.
     *
     * @return from below, none for an index
     */
    public List<Part> layers() {
        List<Part> layers = new ArrayList<>();
        json.path("layers").forEach(each -> layers.add(part(each)));
        return layers;
    }

    private static Part part(JsonNode node) {
        return new Part(node.path("digest").asText(), node.path("size").asLong());
    }

    /**
     * The architecture that a configuration names.
     *
     * @param config the bytes of an image's configuration
     * @return the word, empty if it names none
     * @throws IOException if it is no JSON
     */
    public static String architecture(byte[] config) throws IOException {
        return MAPPER.readTree(config).path("architecture").asText();
    }
}
