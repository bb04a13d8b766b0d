package dev.upkeep.checker.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;

/**
 * A port on loopback that refuses every connection for as long as it is open: for testing what happens when nobody listens. It is held
 * by a socket that is bound and does not listen, so no other program can take the port meanwhile.
 */
public final class RefusingPort implements AutoCloseable {
    private final Socket bound;

    private RefusingPort(Socket bound) {
        this.bound = bound;
    }

    /**
     * Takes a free port of 127.0.0.1.
     *
     * @throws UncheckedIOException if no port can be had
     */
    public static RefusingPort open() {
        return open(InetAddress.getLoopbackAddress());
    }

    /**
     * Takes a free port of an address of this machine, such as 127.0.0.2 or ::1.
     *
     * @throws UncheckedIOException if no port can be had
     */
    public static RefusingPort open(InetAddress address) {
        Socket socket = new Socket();
        try {
            socket.bind(new InetSocketAddress(address, 0));
            return new RefusingPort(socket);
        } catch (IOException e) {
            throw new UncheckedIOException("no port of " + address + " can be had", e);
        }
    }

    /** The address that refuses. */
    public InetSocketAddress address() {
        return (InetSocketAddress) bound.getLocalSocketAddress();
    }

    /** Where {@code /version.txt} would be. */
    public URI uri() {
        String host = address().getAddress().getHostAddress();
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":"
                + address().getPort() + "/version.txt");
    }

    /** Gives the port back. */
    @Override
    public void close() {
        try {
            bound.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the port " + address() + " cannot be given back", e);
        }
    }
}
