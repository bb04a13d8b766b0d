package dev.upkeep.infra.release;

import dev.upkeep.infra.image.reference.ImageReference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A version with the images that make it. What a version means never changes.
 *
 * @param version what {@code /version.txt} says
 * @param images by what they are, such as {@code web} and {@code app}, each with its digest
 * @param created when they were tied together
 * @param createdBy who did so
 */
public record ImageRelease(
        String version, SortedMap<String, ImageReference> images, Instant created, String createdBy) {

    /**
     * Checks and copies.
     *
     * @throws IllegalArgumentException if the version cannot be a tag, or an image has no digest
     */
    public ImageRelease {
        ImageReference.checkTag(version);
        images = new TreeMap<>(images);
        images.forEach((name, image) -> {
            if (image.digest().isEmpty()) {
                throw new IllegalArgumentException("the image " + image + " has no digest; a release needs one");
            }
        });
    }

    /**
     * Whether both consist of the same images in the same places.
     *
     * @param other another release
     * @return true if all digests are the same, and all repositories
     */
    public boolean hasSameImages(ImageRelease other) {
        return images.keySet().equals(other.images.keySet())
                && differences(other).isEmpty()
                && moves(other).isEmpty();
    }

    /**
     * Which images lie elsewhere than in another release, whatever they are.
     *
     * @param other the other one
     * @return one line for each
     */
    List<String> moves(ImageRelease other) {
        List<String> lines = new ArrayList<>();
        images.forEach((name, image) -> Optional.ofNullable(other.images.get(name))
                .filter(there -> !there.place().equals(image.place()))
                .ifPresent(there -> lines.add(name + ": " + there.place() + " -> " + image.place())));
        return lines;
    }

    /**
     * What changed against an older release.
     *
     * @param older the one before
     * @return one line for each image that is another, new or gone
     */
    public List<String> differences(ImageRelease older) {
        List<String> lines = new ArrayList<>();
        images.forEach((name, image) -> {
            Optional<String> before =
                    Optional.ofNullable(older.images.get(name)).flatMap(ImageReference::digest);
            if (!before.equals(image.digest())) {
                lines.add(name + ": " + before.orElse("none") + " -> "
                        + image.digest().orElseThrow());
            }
        });
        older.images.forEach((name, image) -> {
            if (!images.containsKey(name)) {
                lines.add(name + ": " + image.digest().orElseThrow() + " -> none");
            }
        });
        return lines;
    }
}
