package dev.upkeep.remediation.ssh;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;

/** How a connection to the first host on the way is made, where it is not made straight to its address: through a tunnel, or a proxy. */
@FunctionalInterface
public interface SshDial {

    /**
     * Connects. Called for each connection, on a thread that is interrupted when the attempt is given up.
     *
     * @param longest how long it may take
     * @return connected to the port of SSH there; whoever asked closes it
     * @throws IOException if there is no way; its message is shown to people, after "cannot connect to HOST: "
     * @throws InterruptedException if the calling thread is interrupted
     */
    Socket dial(Duration longest) throws IOException, InterruptedException;
}
