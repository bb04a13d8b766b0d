package dev.upkeep.infra.image.registry;

import java.io.InputStream;
import java.util.Optional;

/** Where an image can be read from. */
public interface ImageSource {

    /**
     * Reads a manifest.
     *
     * @param identifier a tag or a digest
     * @return the manifest, empty if there is none
     * @throws InterruptedException if the calling thread is interrupted
     */
    Optional<Manifest> manifest(String identifier) throws InterruptedException;

    /**
     * Reads a layer or a configuration.
     *
     * @param digest its digest; whether the content has it is for the reader to check
     * @return the content, to be closed by the caller
     * @throws InterruptedException if the calling thread is interrupted
     */
    InputStream blob(String digest) throws InterruptedException;
}
