package dev.upkeep.infra.image.jib;

import dev.upkeep.infra.image.registry.Manifest;
import java.io.IOException;
import java.io.InputStream;

/** Where the parts of an image go. Used by several threads at once. */
public interface Destination {

    /** A part that was sent and does not count yet. */
    @FunctionalInterface
    interface Begun {

        /**
         * Makes it count.
         *
         * @param digest of its content
         * @throws InterruptedException if the calling thread is interrupted
         */
        void finish(String digest) throws InterruptedException;
    }

    /**
     * Whether a part need not be sent.
     *
     * @param part its digest and size
     * @param ofBase whether it is a layer of the base
     * @return true if it is there
     * @throws InterruptedException if the calling thread is interrupted
     */
    boolean has(Manifest.Part part, boolean ofBase) throws InterruptedException;

    /**
     * Sends a part.
     *
     * @param content what is sent
     * @return what makes it count
     * @throws IOException if the content cannot be read
     * @throws InterruptedException if the calling thread is interrupted
     */
    Begun begin(InputStream content) throws IOException, InterruptedException;

    /**
     * Sends a manifest, after everything it points to.
     *
     * @param identifier a tag, or its digest for none
     * @param manifest what is sent
     * @throws InterruptedException if the calling thread is interrupted
     */
    void manifest(String identifier, Manifest manifest) throws InterruptedException;
}
