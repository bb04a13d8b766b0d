package dev.upkeep.infra.aws;

import dev.upkeep.infra.image.reference.ImageReference;
import dev.upkeep.infra.progress.Reporter;
import dev.upkeep.infra.spec.StackSpec;
import java.util.SortedMap;

/** Brings the images of a spec to its registry. The caller hands one in: the platform itself builds nothing. */
@FunctionalInterface
public interface ImagePublisher {

    /**
     * Builds what is to be built, and sends what the registry lacks. Blocks until that is done.
     *
     * @param spec a stack with a registry
     * @param report is told of each step
     * @return the images by their names ({@code web}, {@code edge}, and {@code app} if there is an application), each with its digest
     * @throws InterruptedException if the calling thread is interrupted; what has arrived stays there
     */
    SortedMap<String, ImageReference> publish(StackSpec spec, Reporter report) throws InterruptedException;
}
