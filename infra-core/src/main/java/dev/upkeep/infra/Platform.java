package dev.upkeep.infra;

import dev.upkeep.infra.bake.Bakery;
import dev.upkeep.infra.drift.Drift;
import dev.upkeep.infra.failure.OperationFailedException;
import dev.upkeep.infra.failure.OperationRefusedException;
import dev.upkeep.infra.inventory.Instance;
import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.infra.inventory.Problem;
import dev.upkeep.infra.inventory.StackStatus;
import dev.upkeep.infra.inventory.WebProcess;
import dev.upkeep.infra.logs.LogListener;
import dev.upkeep.infra.logs.LogQuery;
import dev.upkeep.infra.plan.Plan;
import dev.upkeep.infra.preflight.Finding;
import dev.upkeep.infra.progress.Operation;
import dev.upkeep.infra.progress.Outcome;
import dev.upkeep.infra.progress.ProgressEvent;
import dev.upkeep.infra.progress.ProgressListener;
import dev.upkeep.infra.release.Deployment;
import dev.upkeep.infra.shell.RemoteShell;
import dev.upkeep.infra.shell.SshDoor;
import dev.upkeep.infra.spec.StackName;
import dev.upkeep.infra.spec.StackSpec;
import java.util.List;
import java.util.Optional;

/**
 * A place where stacks stand: this machine, or a cloud.
 *
 * <p>Safe for use by several threads; operations that change the same stack exclude each other, in this process and
 * among processes, and the second is refused with {@link dev.upkeep.infra.progress.StackBusyException}, which names the
 * first, so that it can be followed. Every method blocks for a bounded time, except those that follow an operation to
 * its end, and throws subclasses of {@link dev.upkeep.infra.failure.InfraException}.
 *
 * <p>An operation that ends early, because it was stopped, failed, or its process died, leaves a stack that
 * {@link #status} can describe, and that the next plan puts right.
 */
public interface Platform extends AutoCloseable {

    /**
     * Looks whether a stack could stand here: what is missing, what is in the way. Changes nothing.
     *
     * @param spec what is wanted
     * @return what was looked at, in order
     * @throws InterruptedException if the calling thread is interrupted
     */
    List<Finding> preflight(StackSpec spec) throws InterruptedException;

    /**
     * Computes what has to be done to bring a stack to a spec. Changes nothing that users can reach. Blocks until that is
     * done: a fraction of a second locally, some seconds on a cloud.
     *
     * @param spec what is wanted
     * @return what will be done, empty if the stack is as wanted; it may be saved, and started by another process
     * @throws InterruptedException if the calling thread is interrupted
     * @throws dev.upkeep.infra.failure.InvalidSpecException if the spec cannot be built on this platform
     */
    Plan plan(StackSpec spec) throws InterruptedException;

    /**
     * Computes what has to be done to remove a stack and everything that belongs to it. Changes nothing.
     *
     * @param stack its name
     * @return what will be removed, empty if nothing is there
     * @throws InterruptedException if the calling thread is interrupted
     */
    Plan planDestroy(StackName stack) throws InterruptedException;

    /**
     * Computes what has to be done to remove a stack and everything that belongs to it but what a spec asks to keep. Changes nothing.
     *
     * @param spec of which the name counts, and what a destroy keeps
     * @return what will be removed, empty if nothing is there
     * @throws InterruptedException if the calling thread is interrupted
     * @throws dev.upkeep.infra.failure.OperationRefusedException if something would be removed that the spec asks to keep
     */
    default Plan planDestroy(StackSpec spec) throws InterruptedException {
        return planDestroy(spec.name());
    }

    /**
     * Looks for what somebody has changed by hand since the last apply, and what an apply would do about it. Changes nothing. Blocks for at
     * most some minutes, as long as that takes.
     *
     * @param plan what {@link #plan} computed of the stack
     * @param progress is told how it goes
     * @return what differs from what the platform was told last; a platform that compares with what is there each time it plans has
     *     nothing to add
     * @throws InterruptedException if the calling thread is interrupted
     */
    Drift drift(Plan plan, ProgressListener progress) throws InterruptedException;

    /**
     * Computes how what exists already under the names that a stack gives would belong to the stack. Changes nothing.
     *
     * @param spec what is wanted
     * @return what will be adopted, empty if nothing is in the way of the stack
     * @throws InterruptedException if the calling thread is interrupted
     * @throws dev.upkeep.infra.failure.OperationRefusedException if something of that cannot be adopted, or nothing can on this platform
     */
    default Plan planAdopt(StackSpec spec) throws InterruptedException {
        throw new OperationRefusedException(
                spec.name().text(),
                "on the platform " + spec.settings().platform() + " there is nothing that a stack could adopt");
    }

    /**
     * Lets go of what the platform keeps for a plan that will not be started. Does nothing if it keeps nothing, or not any more.
     *
     * @param plan what {@link #plan} or {@link #planDestroy} computed
     */
    default void discard(Plan plan) {}

    /**
     * Looks whether a plan can be started at all, before somebody is asked about it. Changes nothing.
     *
     * @param plan what {@link #plan} computed
     * @throws InterruptedException if the calling thread is interrupted
     * @throws OperationRefusedException if it holds what this version cannot do to a stack that stands, so that {@link #start} would refuse it
     */
    default void requireStartable(Plan plan) throws InterruptedException {}

    /**
     * Starts to do what a plan says, exactly that, and returns at once. {@link #follow} tells how it goes on.
     *
     * @param plan what {@link #plan} or {@link #planDestroy} computed; an empty one verifies what stands
     * @return the operation
     * @throws InterruptedException if the calling thread is interrupted
     * @throws dev.upkeep.infra.failure.StalePlanException if the plan is too old, or what it was made on changed
     * @throws dev.upkeep.infra.progress.StackBusyException if another operation is changing the stack
     */
    Operation start(Plan plan) throws InterruptedException;

    /**
     * Finds the operation that is changing a stack now, whoever started it.
     *
     * @param stack its name
     * @return the operation, empty if nothing changes the stack
     * @throws InterruptedException if the calling thread is interrupted
     */
    Optional<Operation> current(StackName stack) throws InterruptedException;

    /**
     * Finds the operation that is changing a stack now, or else the last one that the platform still knows.
     *
     * @param stack its name; it need not be there any more
     * @return the operation, empty if nothing is known of any
     * @throws InterruptedException if the calling thread is interrupted
     */
    Optional<Operation> latest(StackName stack) throws InterruptedException;

    /**
     * Reads what has happened in an operation up to now, whoever started it. Waits for nothing.
     *
     * @param operation which one
     * @return its events in order, as far as the platform still has them
     * @throws InterruptedException if the calling thread is interrupted
     */
    List<ProgressEvent> events(Operation operation) throws InterruptedException;

    /**
     * Has an operation taken back, whoever started it, and returns at once. {@link #follow} tells how it goes on.
     *
     * @param operation one that is changing its stack now
     * @throws InterruptedException if the calling thread is interrupted
     * @throws dev.upkeep.infra.failure.OperationRefusedException if it cannot be taken back, or only where it runs
     */
    void cancel(Operation operation) throws InterruptedException;

    /**
     * Follows an operation, whoever started it, and blocks until it has ended.
     *
     * @param operation which one
     * @param cursor the id of the last event that was seen, 0 for all of them
     * @param progress is told of each event after that, as long as the platform still has it
     * @return how it ended
     * @throws InterruptedException if the calling thread is interrupted; the operation goes on
     */
    Outcome follow(Operation operation, long cursor, ProgressListener progress) throws InterruptedException;

    /**
     * Stops an operation that was started by this object, and blocks until it has stopped. Does nothing if it has ended,
     * or if it was started elsewhere. What {@linkplain #goesOnAlone goes on by itself} is only followed no longer.
     *
     * @param operation which one
     * @throws InterruptedException if the calling thread is interrupted
     */
    void stop(Operation operation) throws InterruptedException;

    /**
     * Whether an operation that was started by this object goes on by itself from now on, also when the process ends.
     *
     * @param operation which one
     * @return true once a cloud does the rest; false where the process does the work itself
     */
    boolean goesOnAlone(Operation operation);

    /**
     * Does what a plan says and waits until that is done: a second or two locally, many minutes on a cloud. The same as
     * {@link #start} and {@link #follow}.
     *
     * @param plan what {@link #plan} or {@link #planDestroy} computed
     * @param progress is told of each event
     * @return the stack as it was found at the end
     * @throws InterruptedException if the calling thread is interrupted. The operation is stopped, unless
     *     {@linkplain #goesOnAlone it goes on by itself}
     * @throws dev.upkeep.infra.failure.StalePlanException if the plan is too old, or what it was made on changed
     * @throws dev.upkeep.infra.progress.StackBusyException if another operation is changing the stack
     * @throws dev.upkeep.infra.failure.ResourceFailedException if something did not come to work in its time; what was
     *     being changed serves what it served before, as far as that was possible
     */
    default StackStatus apply(Plan plan, ProgressListener progress) throws InterruptedException {
        await(start(plan), progress);
        return status(plan.stack());
    }

    /**
     * Waits for an operation that the caller has started, and throws what went wrong with it.
     *
     * @param operation which one
     * @param progress is told of each event
     * @throws InterruptedException if the calling thread is interrupted. The operation is stopped, unless
     *     {@linkplain #goesOnAlone it goes on by itself}
     * @throws dev.upkeep.infra.failure.InfraException whatever made the operation fail, or that its end is not known
     * @throws RuntimeException what the listener threw; the operation is stopped as by an interrupt
     */
    default void await(Operation operation, ProgressListener progress) throws InterruptedException {
        try {
            Outcome outcome = follow(operation, 0, progress);
            if (outcome.failure().isPresent()) {
                throw outcome.failure().get();
            }
            if (outcome.ending() == Outcome.Ending.STOPPED) {
                throw new InterruptedException("the operation was stopped");
            }
            if (outcome.ending() == Outcome.Ending.UNKNOWN) {
                String problem = operation.describe() + " has ended, and nobody knows how; the status of stack "
                        + operation.stack() + " says how it stands";
                throw new OperationFailedException(operation.stack().text(), problem, null);
            }
        } catch (InterruptedException | RuntimeException e) {
            if (!goesOnAlone(operation)) {
                stop(operation);
            }
            throw e;
        }
    }

    /**
     * Looks at a stack without changing anything. Blocks for a bounded time, however much of it hangs.
     *
     * @param stack its name
     * @return how it was found; a stack that does not exist has the state
     *     {@link dev.upkeep.infra.inventory.StackState#ABSENT}
     * @throws InterruptedException if the calling thread is interrupted
     */
    StackStatus status(StackName stack) throws InterruptedException;

    /**
     * Looks at a stack, and asks instances from the inside what they serve, where nobody outside can. Changes nothing. Blocks for a bounded time: seconds,
     * or half a minute where an instance does not take the question.
     *
     * @param stack its name
     * @return how it was found, as {@link #status} with what instances answered
     * @throws InterruptedException if the calling thread is interrupted
     */
    default StackStatus inspect(StackName stack) throws InterruptedException {
        return status(stack);
    }

    /**
     * Asks as users do whether they get what was deployed last: a platform that goes on alone may have done its part before they do. Blocks for
     * some seconds at most.
     *
     * @param stack its name
     * @return what they miss, and what to do, also where an operation has left a part of the stack only; empty if they get it, if it is not
     *     known what they should get, or if an operation on this platform succeeds only when they get it
     * @throws InterruptedException if the calling thread is interrupted
     */
    default Optional<Problem> unserved(StackName stack) throws InterruptedException {
        return Optional.empty();
    }

    /**
     * Which releases a stack had.
     *
     * @param stack the stack's name
     * @return each time that it was brought to another release, the latest first; empty where that is not kept
     * @throws dev.upkeep.infra.failure.InfraException if what is kept cannot be read
     */
    default List<Deployment> deployments(StackName stack) {
        return List.of();
    }

    /**
     * What makes machine images for stacks here.
     *
     * @return empty where instances are made of none; otherwise open for as long as this platform
     */
    default Optional<Bakery> bakery() {
        return Optional.empty();
    }

    /**
     * The way into instances that cannot be asked over the network.
     *
     * @return empty where every instance has an {@linkplain Instance#address address} to be asked at; otherwise open for as long as this platform
     */
    default Optional<RemoteShell> shell() {
        return Optional.empty();
    }

    /**
     * What lets SSH into instances that have no open port.
     *
     * @return empty where nothing of that kind is known; whether a stack has such a door is found out when it is opened
     */
    default Optional<SshDoor> sshDoor() {
        return Optional.empty();
    }

    /**
     * How the web server of an instance is run, for whoever goes in to repair it.
     *
     * @param stack the stack's name
     * @param instance which instance
     * @return empty where that is to be found out on the host, or there is no such instance
     */
    default Optional<WebProcess> webProcess(StackName stack, InstanceId instance) {
        return Optional.empty();
    }

    /**
     * Looks at the instances of a stack without changing anything.
     *
     * @param stack its name
     * @return its instances in order, empty if the stack does not exist
     * @throws InterruptedException if the calling thread is interrupted
     */
    default List<Instance> instances(StackName stack) throws InterruptedException {
        return status(stack).instances();
    }

    /**
     * Reads what the programs of a stack have logged. Changes nothing and waits for nothing.
     *
     * @param stack its name
     * @param query which lines
     * @param lines is told of each, in the order of time as far as that is known; lines of one log stay in their order
     * @throws InterruptedException if the calling thread is interrupted
     * @throws dev.upkeep.infra.failure.OperationRefusedException if the stack does not exist
     * @throws dev.upkeep.infra.failure.UnknownInstanceException if there is no such instance, and the platform keeps no logs of
     *     instances that are gone
     */
    void logs(StackName stack, LogQuery query, LogListener lines) throws InterruptedException;

    /**
     * The same as {@link #logs}, and then goes on with each line that is written, until the calling thread is interrupted.
     * Instances and programs that come later are followed too.
     *
     * @param stack its name
     * @param query which lines; how many of them limits only those that are there already
     * @param lines is told of each
     * @throws InterruptedException if the calling thread is interrupted, which is its only end but a failure
     * @throws dev.upkeep.infra.failure.OperationRefusedException if the stack does not exist
     * @throws dev.upkeep.infra.failure.UnknownInstanceException if there is no such instance, and the platform keeps no logs of
     *     instances that are gone
     */
    void followLogs(StackName stack, LogQuery query, LogListener lines) throws InterruptedException;

    /**
     * Removes a stack and everything that belongs to it, whatever state it is in. Does nothing if it does not exist.
     *
     * @param stack its name
     * @param progress is told of each event
     * @throws InterruptedException if the calling thread is interrupted; the next destroy goes on
     * @throws dev.upkeep.infra.progress.StackBusyException if another operation is changing the stack
     */
    default void destroy(StackName stack, ProgressListener progress) throws InterruptedException {
        Plan plan = planDestroy(stack);
        if (!plan.isEmpty()) {
            apply(plan, progress);
        }
    }

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
     * @throws dev.upkeep.infra.progress.StackBusyException if another operation is changing the stack
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
     * @throws dev.upkeep.infra.progress.StackBusyException if another operation is changing the stack
     */
    void rejoin(StackName stack, InstanceId instance, ProgressListener progress) throws InterruptedException;

    /**
     * Lets go of connections and files of this process, and stops the operations that it started and that do not go on by
     * themselves. Stacks go on running. May be called more than once.
     */
    @Override
    void close();
}
