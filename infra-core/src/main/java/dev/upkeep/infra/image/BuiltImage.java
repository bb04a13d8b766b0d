package dev.upkeep.infra.image;

import dev.upkeep.infra.image.reference.ImageReference;
import java.util.Optional;

/**
 * An image that was built.
 *
 * @param reference its name with its digest, if it is on a registry
 * @param digest what identifies it, on every registry
 * @param size what a registry needs for it, in bytes
 * @param delivery what was done with it
 */
public record BuiltImage(Optional<ImageReference> reference, String digest, long size, Delivery delivery) {

    /** What was done with an image. */
    public enum Outcome {
        /** Only the digest was computed. */
        COMPUTED,
        /** It was written into a file. */
        WRITTEN,
        /** It was sent to a registry. */
        SENT,
        /** The registry has it under this tag already; nothing was sent. */
        UNCHANGED
    }

    /**
     * What was done, in numbers.
     *
     * @param outcome in a word
     * @param layersSent how many layers had to be sent
     * @param layersThere how many layers the registry had already
     * @param bytesSent layers and configurations, in bytes
     */
    public record Delivery(Outcome outcome, int layersSent, int layersThere, long bytesSent) {

        static Delivery of(Outcome outcome, int layers) {
            return new Delivery(outcome, 0, layers, 0);
        }
    }
}
