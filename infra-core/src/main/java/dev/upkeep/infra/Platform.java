package dev.upkeep.infra;

import dev.upkeep.infra.inventory.Instance;
import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.infra.inventory.StackStatus;
import dev.upkeep.infra.plan.Plan;
import dev.upkeep.infra.progress.ProgressListener;
import dev.upkeep.infra.spec.StackName;
import dev.upkeep.infra.spec.StackSpec;
import java.util.List;

/**
 * A place where stacks stand: this machine, or a cloud.
 *
 * <p>Safe for use by several threads; operations that change the same stack exclude each other, in this process and
 * among processes, and the second is refused with {@link dev.upkeep.infra.failure.StackBusyException}. Every method
 * blocks for a bounded time and throws subclasses of {@link dev.upkeep.infra.failure.InfraException}.
 *
 * <p>An operation that ends early, by an interrupt, an exception or the death of the process, leaves a stack that
 * {@link #status} can describe, and that the next {@link #apply} or {@link #destroy} puts right.
 */
public interface Platform extends AutoCloseable {

    /**
     * Computes what an apply would change. Changes nothing that users can reach. Blocks until that is done: a fraction of
     * a second locally, some seconds on a cloud.
     *
     * @param spec what is wanted
     * @return the difference to what stands, empty if there is none; it may be applied by another process, as long as
     *     the stack does not change
     * @throws InterruptedException if the calling thread is interrupted
     * @throws dev.upkeep.infra.failure.InvalidSpecException if the spec cannot be built on this platform
     */
    Plan plan(StackSpec spec) throws InterruptedException;

    /**
     * Brings the stack to the plan's spec. Blocks until that is done: a second or two locally, many minutes on a cloud.
     * An operation that was interrupted is picked up where it ended, and the listener is told.
     *
     * @param plan what {@link #plan} computed; an empty one repairs what broke since
     * @param progress is told of each step
     * @return the stack as it was found at the end
     * @throws InterruptedException if the calling thread is interrupted; the next apply goes on
     * @throws dev.upkeep.infra.failure.StalePlanException if the stack changed after the plan was made
     * @throws dev.upkeep.infra.failure.StackBusyException if somebody else is changing the stack
     * @throws dev.upkeep.infra.failure.ResourceFailedException if something did not come to work in its time; what was
     *     being changed serves what it served before, as far as that was possible
     */
    StackStatus apply(Plan plan, ProgressListener progress) throws InterruptedException;

    /**
     * Looks at a stack without changing anything.
     *
     * @param stack its name
     * @return how it was found; a stack that does not exist has the state
     *     {@link dev.upkeep.infra.inventory.StackState#ABSENT}
     */
    StackStatus status(StackName stack);

    /**
     * Looks at the instances of a stack without changing anything.
     *
     * @param stack its name
     * @return its instances in order, empty if the stack does not exist
     */
    default List<Instance> instances(StackName stack) {
        return status(stack).instances();
    }

    /**
     * Removes a stack and everything that belongs to it. Does nothing if it does not exist.
     *
     * @param stack its name
     * @param progress is told of each step
     * @throws InterruptedException if the calling thread is interrupted; the next destroy goes on
     * @throws dev.upkeep.infra.failure.StackBusyException if somebody else is changing the stack
     */
    void destroy(StackName stack, ProgressListener progress) throws InterruptedException;

    /**
     * Takes an instance out of rotation and waits, for a bounded time, until the requests it is serving have ended.
     * The instance goes on running. Does nothing if it is already drained.
     *
     * @param stack the stack's name
     * @param instance which instance
     * @param progress is told of each step
     * @throws InterruptedException if the calling thread is interrupted; the instance may be drained or not
     * @throws dev.upkeep.infra.failure.OperationRefusedException if the stack has no load balancer, or no other
     *     instance would be left in rotation
     * @throws dev.upkeep.infra.failure.UnknownInstanceException if there is no such instance
     */
    void drain(StackName stack, InstanceId instance, ProgressListener progress) throws InterruptedException;

    /**
     * Puts a drained instance back into rotation and waits until the load balancer finds it healthy. Does nothing if it
     * is in rotation.
     *
     * @param stack the stack's name
     * @param instance which instance
     * @param progress is told of each step
     * @throws InterruptedException if the calling thread is interrupted; the instance may be in rotation or not
     * @throws dev.upkeep.infra.failure.OperationRefusedException if the stack has no load balancer
     * @throws dev.upkeep.infra.failure.UnknownInstanceException if there is no such instance
     */
    void rejoin(StackName stack, InstanceId instance, ProgressListener progress) throws InterruptedException;

    /** Lets go of connections and files of this process. Stacks go on running. May be called more than once. */
    @Override
    void close();
}
