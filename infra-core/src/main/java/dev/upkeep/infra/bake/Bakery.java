package dev.upkeep.infra.bake;

import dev.upkeep.infra.progress.Operation;
import dev.upkeep.infra.spec.StackName;
import dev.upkeep.infra.spec.StackSpec;
import java.util.List;

/**
 * Makes machine images for stacks, and removes them. Belongs to a {@link dev.upkeep.infra.Platform}, which follows and stops what is begun here;
 * open for as long as that. Safe for use by several threads. What it does to one stack and what the platform does to it exclude each other.
 */
public interface Bakery {

    /** How many images a prune keeps unless it is told otherwise: that of now, and the one to go back to. */
    int USUAL_KEEP = 2;

    /**
     * Starts to make an image for a stack, and returns at once. An instance is started of the base image, everything is installed and pulled, the image
     * is made of it, and another instance of that has to serve the version and be ready. Then the images before are deprecated. If the same recipe
     * has made an image of the same base and the same release, nothing is made, and that one is the newest from then on. What a process has begun
     * that was ended, the next one goes on with.
     *
     * <p>What is made holds the images of the release that the stack runs. A stack that runs none yet is given that of the spec, with what
     * has to stand before its servers.
     *
     * @param spec the stack
     * @return the operation; when it fails because an instance did not come up, nothing of the image is left
     * @throws InterruptedException if the calling thread is interrupted
     * @throws dev.upkeep.infra.failure.InvalidSpecException if the spec cannot be built on this platform
     * @throws dev.upkeep.infra.progress.StackBusyException if another operation is changing the stack
     */
    Operation bake(StackSpec spec) throws InterruptedException;

    /**
     * Looks for the images that were made for a stack, and who uses them. Changes nothing.
     *
     * @param stack its name; it need not stand
     * @return the newest first
     * @throws InterruptedException if the calling thread is interrupted
     */
    List<BakedImage> list(StackName stack) throws InterruptedException;

    /**
     * Computes which images of a stack can go. Changes nothing. An image in use stays, however old it is.
     *
     * @param stack its name
     * @param keep how many images that have served stay, the newest first, used or not; 0 keeps none that is not used
     * @return what would go
     * @throws InterruptedException if the calling thread is interrupted
     */
    Pruning planPrune(StackName stack, int keep) throws InterruptedException;

    /**
     * Starts to remove images with their snapshots, and returns at once. Whether one is used is asked again before it goes.
     *
     * @param pruning what {@link #planPrune} computed
     * @return the operation
     * @throws InterruptedException if the calling thread is interrupted
     * @throws dev.upkeep.infra.progress.StackBusyException if another operation is changing the stack
     */
    Operation prune(Pruning pruning) throws InterruptedException;
}
