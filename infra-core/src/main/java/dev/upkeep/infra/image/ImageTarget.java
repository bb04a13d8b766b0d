package dev.upkeep.infra.image;

import dev.upkeep.infra.image.reference.ImageReference;
import java.nio.file.Path;

/** Where a built image goes. */
public sealed interface ImageTarget {

    /**
     * To a registry.
     *
     * @param reference its name there, with the tag that it gets
     */
    record Registry(ImageReference reference) implements ImageTarget {}

    /**
     * Into a tar file, as {@code docker save} writes it. It holds an image for one processor.
     *
     * @param file an older one is replaced
     * @param name what the image is called when it is loaded
     */
    record TarFile(Path file, ImageReference name) implements ImageTarget {}

    /** Nowhere: only its digest is wanted. */
    record DigestOnly() implements ImageTarget {}
}
