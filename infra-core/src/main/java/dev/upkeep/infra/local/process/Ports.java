package dev.upkeep.infra.local.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.Set;

/** TCP ports of 127.0.0.1. Safe for use by several threads. */
public final class Ports {

    /** Below the range from which systems take the ports of outgoing connections (32768 on Linux). */
    static final int FIRST = 20000;

    static final int LAST = 31999;

    private final int start;

    /**
     * Chooses ports, beginning at a place that depends on the seed, so that stacks seldom meet.
     *
     * @param seed any text, such as a stack's name
     */
    public Ports(String seed) {
        this.start = FIRST + Math.floorMod(seed.hashCode(), LAST - FIRST + 1);
    }

    /**
     * Chooses a port on which nobody listens at this moment.
     *
     * @param taken ports not to choose
     * @return a port from 20000 to 31999
     * @throws IllegalStateException if all are taken
     */
    public int choose(Set<Integer> taken) {
        for (int offset = 0; offset <= LAST - FIRST; offset++) {
            int port = FIRST + (start - FIRST + offset) % (LAST - FIRST + 1);
            if (!taken.contains(port) && isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("Looked for a free port from " + FIRST + " to " + LAST + ", found none");
    }

    /**
     * A port of 127.0.0.1, which is what everything of ours listens on.
     *
     * @param port 1 to 65535
     * @return its address
     */
    public static InetSocketAddress address(int port) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("Four bytes are always an address", e);
        }
    }

    /**
     * Whether a server could listen on a port now.
     *
     * @param port 1 to 65535
     * @return true if nobody listens on it
     */
    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // As servers do: connections that only linger must not count.
            socket.setReuseAddress(true);
            socket.bind(address(port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
