package dev.upkeep.infra.spec;

import dev.upkeep.infra.failure.InvalidSpecException;
import dev.upkeep.infra.image.reference.Architecture;
import java.util.List;
import java.util.Optional;

/**
 * How the images of a stack are built, and where they go.
 *
 * @param registry where they go: a registry, with the first part of the path if it is shared, such as
 *     {@code registry.example.org/team}; empty if nothing is pushed
 * @param nginx what the web image is laid on: an image on a registry, a tar file or a folder in OCI layout
 * @param platforms what they are made for, at least one
 */
public record ImageSettings(Optional<String> registry, String nginx, List<Architecture> platforms) {

    /** What the web image is laid on unless told otherwise. */
    public static final String DEFAULT_NGINX = "docker.io/library/nginx:1.28.0";

    /**
     * Checks and copies.
     *
     * @throws InvalidSpecException if the registry is none, or there is no platform
     */
    public ImageSettings {
        platforms = List.copyOf(platforms);
        SpecRules.throwIfAny(SpecRules.images(registry, nginx, platforms));
    }

    /**
     * The public nginx, for 64-bit x86, and no registry.
     *
     * @return the defaults
     */
    public static ImageSettings standard() {
        return new ImageSettings(Optional.empty(), DEFAULT_NGINX, List.of(Architecture.AMD64));
    }
}
