package dev.upkeep.infra.local;

import dev.upkeep.infra.Platform;
import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.infra.inventory.StackStatus;
import dev.upkeep.infra.plan.Plan;
import dev.upkeep.infra.progress.ProgressListener;
import dev.upkeep.infra.spec.StackName;
import dev.upkeep.infra.spec.StackSpec;

/**
 * Stacks on this machine: each instance is a real nginx with its own folder, port and application process; the edge of
 * a highly available stack is a real HAProxy. Everything listens on 127.0.0.1 only.
 *
 * <p>Needs nginx, and HAProxy for the highly available shape; if one is missing,
 * {@link dev.upkeep.infra.failure.MissingToolException} says how to install it.
 */
public final class LocalPlatform implements Platform {

    LocalPlatform(LocalPlatformBuilder settings) {}

    /**
     * A platform with every setting at its default.
     *
     * @return a platform, to be closed by the caller
     */
    public static LocalPlatform create() {
        return builder().build();
    }

    /**
     * Begins a platform with other settings.
     *
     * @return a builder with every setting at its default
     */
    public static LocalPlatformBuilder builder() {
        return new LocalPlatformBuilder();
    }

    @Override
    public Plan plan(StackSpec spec) {
        throw new UnsupportedOperationException();
    }

    @Override
    public StackStatus apply(Plan plan, ProgressListener progress) throws InterruptedException {
        throw new UnsupportedOperationException();
    }

    @Override
    public StackStatus status(StackName stack) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void destroy(StackName stack, ProgressListener progress) throws InterruptedException {
        throw new UnsupportedOperationException();
    }

    @Override
    public void drain(StackName stack, InstanceId instance, ProgressListener progress) throws InterruptedException {
        throw new UnsupportedOperationException();
    }

    @Override
    public void rejoin(StackName stack, InstanceId instance, ProgressListener progress) throws InterruptedException {
        throw new UnsupportedOperationException();
    }

    /**
     * Gives one instance another version: drain, swap, verify on the instance itself, rejoin. In a single-instance
     * stack it is swapped in place. A later apply of the old spec puts the instance back; an apply of a spec with the
     * new version brings the others to it, one after another.
     *
     * @param stack the stack's name
     * @param instance which instance
     * @param version the version it is to serve
     * @param progress is told of each step
     * @throws InterruptedException if the calling thread is interrupted; the next apply puts the instance right
     * @throws dev.upkeep.infra.failure.UnknownInstanceException if there is no such instance
     * @throws dev.upkeep.infra.failure.InvalidSpecException if the version breaks its rules
     * @throws dev.upkeep.infra.failure.InstanceFailedException if the instance does not come to serve the version
     */
    public void ship(StackName stack, InstanceId instance, String version, ProgressListener progress)
            throws InterruptedException {
        drain(stack, instance, progress);
    }

    @Override
    public void close() {}
}
