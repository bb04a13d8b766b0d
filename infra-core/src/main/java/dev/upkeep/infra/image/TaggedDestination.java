package dev.upkeep.infra.image;

import dev.upkeep.infra.image.jib.Destination;
import dev.upkeep.infra.image.registry.Manifest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Gives the image its tag; where one was looked at before, only if it is that one. */
final class TaggedDestination implements Destination {

    private final Destination destination;
    private final String tag;
    private final Optional<String> digest;
    private final Tag stands;

    /** Throws if the tag stands for another image than this. */
    @FunctionalInterface
    interface Tag {
        void check(String digest) throws InterruptedException;
    }

    TaggedDestination(Destination destination, String tag, Optional<String> digest, Tag stands) {
        this.destination = destination;
        this.tag = tag;
        this.digest = digest;
        this.stands = stands;
    }

    @Override
    public boolean has(Manifest.Part part, boolean ofBase) throws InterruptedException {
        return destination.has(part, ofBase);
    }

    @Override
    public Begun begin(InputStream content) throws IOException, InterruptedException {
        return destination.begin(content);
    }

    @Override
    public void manifest(String identifier, Manifest manifest) throws InterruptedException {
        if (identifier.equals(manifest.digest())) {
            destination.manifest(identifier, manifest);
        } else if (digest.isEmpty() || digest.get().equals(manifest.digest())) {
            stands.check(manifest.digest());
            destination.manifest(tag, manifest);
            // Somebody who looked when the tag was free as well may have written it since.
            stands.check(manifest.digest());
        } else {
            throw new ImageException(
                    tag, "its files changed while it was built", "build it again when they are at rest", null);
        }
    }
}
