package dev.upkeep.infra.rollout;

import java.net.URI;

/** Asks as users do: over the network, from outside of the stack. The caller hands one in, for example with the checker. */
@FunctionalInterface
public interface OutsideCheck extends AutoCloseable {

    /**
     * Asks once.
     *
     * @param edge where users reach the stack
     * @param version what it is to serve
     * @return what is missing, in one phrase for people; empty if users are served that version
     * @throws InterruptedException if the calling thread is interrupted
     */
    String missing(URI edge, String version) throws InterruptedException;

    /**
     * Which address is asked, for messages.
     *
     * @param edge where the platform says that users reach the stack
     * @return that, unless the check was told to ask elsewhere
     */
    default URI asked(URI edge) {
        return edge;
    }

    /** Lets go of what it asks with. A platform closes the one that it was given when it is closed itself. */
    @Override
    default void close() {}
}
