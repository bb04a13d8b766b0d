package dev.upkeep.infra.image.jib;

import dev.upkeep.infra.image.registry.Manifest;
import dev.upkeep.infra.image.registry.Manifest.Part;
import java.io.IOException;
import java.io.InputStream;

/** Gives the image its tag, where nothing speaks against it, and remembers what the image is. */
public final class TaggedDestination implements Destination {

    private final Destination destination;
    private final String tag;
    private final Rule rule;
    private final ImageRecord record = new ImageRecord();

    /** Says whether a tag may stand for an image. */
    @FunctionalInterface
    public interface Rule {

        /**
         * Throws what speaks against it.
         *
         * @param digest of the image
         * @throws InterruptedException if the calling thread is interrupted
         */
        void check(String digest) throws InterruptedException;
    }

    /**
     * A destination before another.
     *
     * @param destination where everything goes
     * @param tag what the whole image is called there
     * @param rule is asked just before the tag is written and just after it: somebody else may have written it in the same moment
     */
    public TaggedDestination(Destination destination, String tag, Rule rule) {
        this.destination = destination;
        this.tag = tag;
        this.rule = rule;
    }

    @Override
    public boolean has(Part part, boolean ofBase) throws InterruptedException {
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
        } else {
            rule.check(manifest.digest());
            destination.manifest(tag, manifest);
            rule.check(manifest.digest());
        }
        record.add(identifier, manifest);
    }

    /**
     * What the image is.
     *
     * @return complete once it was built
     */
    public ImageRecord record() {
        return record;
    }
}
