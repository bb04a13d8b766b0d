package dev.upkeep.infra.shell;

import dev.upkeep.infra.inventory.InstanceId;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;

/**
 * Lets SSH into instances that have no open port. Whoever goes in brings an implementation of SSH, and a key that nobody else has. Safe for use by several
 * threads.
 */
public interface SshDoor {

    /**
     * By which keys an instance is known, as it has told on a way that is not SSH.
     *
     * @param instance which instance
     * @return fingerprints such as {@code SHA256:uNiVztks...}; empty if it has told none, or that is not kept any more
     * @throws IOException if that could not be asked; its message is for people
     */
    List<String> hostKeys(InstanceId instance) throws IOException;

    /**
     * Has an instance believe a key for a minute, and connects to its port of SSH.
     *
     * @param instance which instance
     * @param user who to be there
     * @param publicLine the public half of the key, as a line of {@code authorized_keys}
     * @param longest how long connecting may take
     * @return connected; whoever asked closes it
     * @throws IOException if there is no way in; its message is for people
     * @throws InterruptedException if the calling thread is interrupted
     */
    Socket open(InstanceId instance, String user, String publicLine, Duration longest)
            throws IOException, InterruptedException;
}
