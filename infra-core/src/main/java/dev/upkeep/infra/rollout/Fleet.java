package dev.upkeep.infra.rollout;

import dev.upkeep.infra.inventory.Instance;
import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.infra.inventory.Release;

/**
 * What a rollout needs of the instances of one stack. Every step may be repeated: it does nothing if the instance is
 * there already. What cannot be done is a subclass of {@link dev.upkeep.infra.failure.InfraException}.
 */
public interface Fleet {

    /**
     * Looks at one instance.
     *
     * @param id which one
     * @return what it was given to serve, and whether it gets requests
     * @throws InterruptedException if the calling thread is interrupted
     */
    Instance instance(InstanceId id) throws InterruptedException;

    /**
     * Whether there is a load balancer, from which instances are drained.
     *
     * @return false for a single instance, which is swapped while it serves
     */
    boolean isBalanced();

    /**
     * Takes an instance out of rotation and waits, for a bounded time, for its requests to end.
     *
     * @param id which one
     * @throws InterruptedException if the calling thread is interrupted
     */
    void drain(InstanceId id) throws InterruptedException;

    /**
     * Puts a release in the place of the present one. If that fails, the present one should go on.
     *
     * @param id which one
     * @param release what it is to serve
     * @throws InterruptedException if the calling thread is interrupted
     */
    void swap(InstanceId id, Release release) throws InterruptedException;

    /**
     * Looks once whether an instance serves a release and is ready for requests.
     *
     * @param id which one
     * @param release what it is to serve
     * @return what is missing, in one phrase for people; empty if nothing is
     * @throws InterruptedException if the calling thread is interrupted
     */
    String missing(InstanceId id, Release release) throws InterruptedException;

    /**
     * Puts an instance into rotation and waits, for a bounded time, until the load balancer finds it healthy.
     *
     * @param id which one
     * @throws InterruptedException if the calling thread is interrupted
     */
    void rejoin(InstanceId id) throws InterruptedException;
}
