package dev.upkeep.infra.image;

import dev.upkeep.infra.image.reference.Architecture;
import dev.upkeep.infra.image.reference.ImageReference;
import java.util.Set;

/**
 * An image that stands on a registry.
 *
 * @param reference its name with its digest
 * @param architectures the processors that it is made for, of those known here
 */
public record FoundImage(ImageReference reference, Set<Architecture> architectures) {

    /** Copies the set. */
    public FoundImage {
        architectures = Set.copyOf(architectures);
    }
}
