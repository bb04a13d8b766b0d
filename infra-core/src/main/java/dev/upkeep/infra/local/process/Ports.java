package dev.upkeep.infra.local.process;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.Set;

/** TCP ports of 127.0.0.1. Safe for use by several threads. */
public final class Ports {

    private final PortRange range;
    private final int start;

    /**
     * Chooses ports, beginning at a place that depends on the seed, so that stacks seldom meet.
     *
     * @param seed any text, such as a stack's name
     */
    public Ports(String seed) {
        this(seed, PortRange.ofThisMachine());
    }

    Ports(String seed, PortRange range) {
        this.range = range;
        this.start = Math.floorMod(seed.hashCode(), range.size());
    }

    /**
     * Chooses a port that nobody has at this moment, outside the range from which the system takes the ports of outgoing
     * connections. Somebody may take it before it is used.
     *
     * @param taken ports not to choose
     * @return a free port
     * @throws IllegalStateException if all are taken
     */
    public int choose(Set<Integer> taken) {
        for (int offset = 0; offset < range.size(); offset++) {
            int port = range.first() + (start + offset) % range.size();
            if (!taken.contains(port) && isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException(
                "Looked for a free port from " + range.first() + " to " + range.last() + ", found none");
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
     * Whether a server could listen on a port now. Looking does not listen: a server that starts at the same moment would
     * find the port taken.
     *
     * @param port 1 to 65535
     * @return true if nobody listens on it and no outgoing connection has it
     */
    public static boolean isFree(int port) {
        try {
            look(port).close();
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    /** Has the port, without listening, until it is closed. */
    static Closeable look(int port) throws IOException {
        Socket socket = new Socket();
        try {
            // As servers do: connections that only linger must not count.
            socket.setReuseAddress(true);
            socket.bind(address(port));
            return socket;
        } catch (IOException taken) {
            socket.close();
            throw taken;
        }
    }
}
