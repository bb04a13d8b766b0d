package dev.upkeep.infra.image.jib;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;

/**
 * Stands before an HTTP server and hangs up at once on whoever begins with TLS. Jib tries that first, always, and the JDK's
 * server would let it wait until Jib gives up, 20 seconds later.
 */
final class PlainFront implements AutoCloseable {

    /** The first byte of a TLS connection: the type of a handshake record (RFC 8446, 5.1). */
    private static final int TLS_HANDSHAKE = 22;

    private static final int BACKLOG = 50;

    private final InetSocketAddress server;
    private final ServerSocket listening;
    private final ExecutorService threads;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    PlainFront(InetSocketAddress server, ExecutorService threads) throws IOException {
        this.server = server;
        this.threads = threads;
        this.listening = new ServerSocket(0, BACKLOG, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        threads.execute(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    private void accept() {
        try {
            while (!listening.isClosed()) {
                Socket client = listening.accept();
                open.add(client);
                threads.execute(() -> serve(client));
            }
        } catch (IOException closed) {
            close();
        }
    }

    private void serve(Socket client) {
        try (client;
                InputStream input = client.getInputStream()) {
            client.setTcpNoDelay(true);
            int first = input.read();
            if (first >= 0 && first != TLS_HANDSHAKE) {
                relay(client, input, first);
            }
        } catch (IOException gone) {
            // One of the two hung up; the other learns it, for both are closed.
            return;
        } finally {
            open.remove(client);
        }
    }

    private void relay(Socket client, InputStream input, int first) throws IOException {
        try (Socket behind = new Socket(server.getAddress(), server.getPort())) {
            open.add(behind);
            behind.setTcpNoDelay(true);
            threads.execute(() -> copyBack(behind, client));
            OutputStream output = behind.getOutputStream();
            output.write(first);
            input.transferTo(output);
            open.remove(behind);
        }
    }

    private static void copyBack(Socket behind, Socket client) {
        try (client) {
            behind.getInputStream().transferTo(client.getOutputStream());
        } catch (IOException gone) {
            // Jib has hung up; there is nobody left to tell.
            return;
        }
    }

    @Override
    public void close() {
        closeQuietly(listening);
        open.forEach(PlainFront::closeQuietly);
    }

    private static void closeQuietly(Closeable each) {
        try {
            each.close();
        } catch (IOException gone) {
            // It was to be closed, and is of no use any more.
            return;
        }
    }
}
