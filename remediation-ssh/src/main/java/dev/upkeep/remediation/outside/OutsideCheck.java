package dev.upkeep.remediation.outside;

/** Looks at a host as its users do. The only judge of a repair: that a command on the host succeeded says nothing. */
@FunctionalInterface
public interface OutsideCheck {

    /**
     * Looks once. Blocks for a bounded time.
     *
     * @return how users find the host now
     * @throws InterruptedException if the calling thread is interrupted
     */
    Sight look() throws InterruptedException;
}
