package dev.upkeep.infra.image.reference;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of an image: {@code registry/repository:tag@digest}, by the grammar of the OCI distribution specification and
 * with Docker's short forms ({@code nginx} is {@code docker.io/library/nginx}).
 *
 * @param registry host and, if it is not the usual one, port
 * @param repository the path on the registry, in lower case
 * @param tag the tag, if it was named; {@link #tagOrDefault()} says {@code latest} for none
 * @param digest such as {@code sha256:...} with 64 hexadecimal digits, if it was named; it wins over the tag
 */
public record ImageReference(String registry, String repository, Optional<String> tag, Optional<String> digest) {

    /** The registry of names without one. */
    public static final String DOCKER_HUB = "docker.io";

    private static final String DEFAULT_TAG = "latest";
    private static final int BRIEF = "sha256:".length() + 12;
    private static final int LONGEST_REPOSITORY = 255;

    private static final Pattern REGISTRY = Pattern.compile("(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)"
            + "(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*(?::[0-9]{1,5})?|\\[[0-9a-fA-F:]+](?::[0-9]{1,5})?");

    private static final Pattern REPOSITORY =
            Pattern.compile("[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*)*");

    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final Pattern PARTS = Pattern.compile("(?<name>[^@]*?)(?::(?<tag>[^/@:]*))?(?:@(?<digest>.*))?");

    /**
     * Checks every part.
     *
     * @throws IllegalArgumentException if a part breaks the grammar, with the part and what is expected
     */
    public ImageReference {
        check(REGISTRY, registry, "registry", "write it like registry.example.org or 127.0.0.1:5000");
        check(
                REPOSITORY,
                repository,
                "repository",
                repository.equals(repository.toLowerCase(Locale.ROOT))
                        ? "use lower-case letters and digits, with single dots, underscores, hyphens and slashes between"
                        : "repositories are in lower case");
        if (repository.length() > LONGEST_REPOSITORY) {
            throw new IllegalArgumentException("the repository has " + repository.length()
                    + " characters; a registry takes at most " + LONGEST_REPOSITORY);
        }
        tag.ifPresent(ImageReference::checkTag);
        digest.ifPresent(text -> check(DIGEST, text, "digest", "write sha256: and 64 hexadecimal digits"));
    }

    private static void check(Pattern rule, String text, String part, String hint) {
        if (!rule.matcher(text).matches()) {
            throw new IllegalArgumentException("\"" + text + "\" cannot be the " + part + " of an image; " + hint);
        }
    }

    /**
     * Checks whether a version can be a tag.
     *
     * @param text the version
     * @throws IllegalArgumentException if it cannot, with the reason
     */
    public static void checkTag(String text) {
        if (text.contains("+")) {
            throw new IllegalArgumentException("\"" + text + "\" cannot be the tag of an image, because of its plus: "
                    + "registries take letters, digits, dots, underscores and hyphens only; "
                    + "leave out the build metadata (with a hyphen it would make a pre-release of the version)");
        }
        check(TAG, text, "tag", "use up to 128 letters, digits, dots, underscores and hyphens");
    }

    /**
     * Reads a name.
     *
     * @param text such as {@code nginx}, {@code nginx:1.28}, or {@code 127.0.0.1:5000/shop/web:1.0.6@sha256:...}
     * @return its parts
     * @throws IllegalArgumentException if it breaks the grammar, with the part and what is expected
     */
    public static ImageReference parse(String text) {
        Matcher parts = PARTS.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is no name of an image; write registry/repository:tag");
        }
        String name = parts.group("name");
        int slash = name.indexOf('/');
        boolean named = slash > 0 && isRegistry(name.substring(0, slash));
        String registry = named ? name.substring(0, slash) : DOCKER_HUB;
        String repository = named ? name.substring(slash + 1) : name;
        boolean official = registry.equals(DOCKER_HUB) && !repository.contains("/");
        return new ImageReference(
                registry,
                official ? "library/" + repository : repository,
                Optional.ofNullable(parts.group("tag")),
                Optional.ofNullable(parts.group("digest")));
    }

    /** As Docker decides: a repository has no dot, no colon and no capitals in its first part, and is not localhost. */
    private static boolean isRegistry(String first) {
        return first.contains(".")
                || first.contains(":")
                || first.equals("localhost")
                || !first.equals(first.toLowerCase(Locale.ROOT));
    }

    /**
     * What a registry is asked for.
     *
     * @return the tag, or {@code latest}
     */
    public String tagOrDefault() {
        return tag.orElse(DEFAULT_TAG);
    }

    /**
     * Registry and repository, without tag and digest.
     *
     * @return such as {@code registry.example.org/shop/web}
     */
    public String place() {
        return registry + "/" + repository;
    }

    /**
     * What identifies the image within its repository.
     *
     * @return the digest if it was named, else the tag
     */
    public String identifier() {
        return digest.orElseGet(this::tagOrDefault);
    }

    /**
     * Another image of the repository.
     *
     * @param other its tag
     * @return a new reference, without a digest
     */
    public ImageReference withTag(String other) {
        return new ImageReference(registry, repository, Optional.of(other), Optional.empty());
    }

    /**
     * The same image, which no later push can change.
     *
     * @param other its digest
     * @return a new reference with the same tag
     */
    public ImageReference withDigest(String other) {
        return new ImageReference(registry, repository, tag, Optional.of(other));
    }

    /**
     * The digest, so short that people can compare it.
     *
     * @return such as {@code sha256:4f5e1c0a9b2d}, empty if no digest was named
     */
    public Optional<String> briefDigest() {
        return digest.map(text -> text.substring(0, Math.min(text.length(), BRIEF)));
    }

    @Override
    public String toString() {
        return place()
                + tag.map(text -> ":" + text).orElse("")
                + digest.map(text -> "@" + text).orElse("");
    }
}
