package dev.upkeep.infra.image;

import dev.upkeep.infra.image.reference.ImageReference;
import dev.upkeep.infra.image.registry.RegistryAccess;
import dev.upkeep.infra.image.registry.Repository;
import java.util.Optional;

/**
 * A tag on a registry, looked at.
 *
 * @param reference its name
 * @param repository where it is; one throughout a push, so that what the registry was shown of the user serves for all of it
 * @param digest what the tag stood for, empty if it was free
 */
record FoundTag(ImageReference reference, Repository repository, Optional<String> digest) {

    static FoundTag of(ImageReference reference, RegistryAccess access) throws InterruptedException {
        Repository repository = access.repository(reference);
        return new FoundTag(reference, repository, repository.digest(reference.tagOrDefault()));
    }
}
