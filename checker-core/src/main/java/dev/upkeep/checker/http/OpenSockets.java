package dev.upkeep.checker.http;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sockets of attempts under way, so that closing the checker ends them. Safe for use by many threads. */
final class OpenSockets {
    private static final Logger LOG = LoggerFactory.getLogger(OpenSockets.class);

    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    void add(Socket socket) throws SocketException {
        sockets.add(socket);
        if (closed) {
            sockets.remove(socket);
            throw new SocketException("the checker is closed");
        }
    }

    void remove(Socket socket) {
        sockets.remove(socket);
    }

    /** An attempt that was cut by closing the checker has no outcome: the server had no part in it. */
    void refuseIfClosed() {
        if (closed) {
            throw new IllegalStateException("the checker is closed; nothing can be checked with it any more");
        }
    }

    void close() {
        closed = true;
        for (Socket socket : sockets) {
            try {
                socket.close();
            } catch (IOException e) {
                LOG.debug("closing {} failed; the others are closed nevertheless", socket, e);
            }
        }
    }
}
