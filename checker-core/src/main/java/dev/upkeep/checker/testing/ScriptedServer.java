package dev.upkeep.checker.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real HTTP server on loopback that follows a script for each connection and records the requests. For testing code that embeds the
 * checker: what does it do when the server is stale, slow, or resets the first connection?
 *
 * <pre>{@code
 * try (ScriptedServer server = ScriptedServer.start(Behaviour.version("1.0.6"))) {
 *     server.next(Behaviour.reset());
 *     Verdict verdict = checker.check(VersionCheck.of(server.uri(), ExpectedVersion.exactly("1.0.6")));
 *     // up, with two attempts; server.connections() is 2
 * }
 * }</pre>
 *
 * <p>Safe for use by many threads. Runs on daemon threads, one for each connection, which {@link #close()} ends.
 */
public final class ScriptedServer implements AutoCloseable {
    private static final int BACKLOG = 128;
    private static final int MAXIMUM_HEAD = 64 * 1024;

    private final ServerSocket listener;
    private final Queue<Behaviour> script = new ConcurrentLinkedQueue<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile Behaviour usual;

    private final Thread accepting;

    private ScriptedServer(Behaviour usual, ServerSocket listener) {
        this.usual = usual;
        this.listener = listener;
        this.accepting = thread("accept", this::acceptAll);
    }

    /**
     * Starts a server on a free port of 127.0.0.1.
     *
     * @param usual what it does to each connection for which nothing else is scripted
     * @throws UncheckedIOException if no port can be had
     */
    public static ScriptedServer start(Behaviour usual) {
        return start(usual, InetAddress.getLoopbackAddress());
    }

    /**
     * Starts a server on a free port of an address of this machine, such as 127.0.0.2 or ::1.
     *
     * @throws UncheckedIOException if no port can be had
     */
    public static ScriptedServer start(Behaviour usual, InetAddress address) {
        try {
            ScriptedServer server = new ScriptedServer(usual, new ServerSocket(0, BACKLOG, address));
            server.accepting.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("no test server can listen on " + address, e);
        }
    }

    /** Changes what it usually does, from the next connection on. */
    public void usually(Behaviour behaviour) {
        this.usual = behaviour;
    }

    /** Scripts the next connections, one after the other; after them it is as usual again. */
    public void next(Behaviour... behaviours) {
        script.addAll(List.of(behaviours));
    }

    /** Where {@code /version.txt} is. */
    public URI uri() {
        String host = listener.getInetAddress().getHostAddress();
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + listener.getLocalPort()
                + "/version.txt");
    }

    /** The address it listens on. */
    public InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    /** How many connections were opened so far. */
    public int connections() {
        return connections.get();
    }

    /** The heads of the requests so far: request line and headers. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** Stops listening and cuts every connection. When it returns, the port refuses connections. May be called more than once. */
    @Override
    public void close() {
        closeQuietly(listener);
        // The kernel keeps listening for as long as a thread still waits in accept().
        awaitEnd(accepting);
        threads.forEach(Thread::interrupt);
        open.forEach(ScriptedServer::closeQuietly);
    }

    private static void awaitEnd(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException callerIsToStop) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void acceptAll() {
        while (!listener.isClosed()) {
            try {
                Socket connection = listener.accept();
                connections.incrementAndGet();
                open.add(connection);
                serve(connection);
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void answer(Socket connection) {
        Behaviour scripted = script.poll();
        try (connection) {
            requests.add(readHead(connection.getInputStream()));
            (scripted == null ? usual : scripted).answer(connection);
        } catch (IOException otherSideHasGone) {
            open.remove(connection);
        } catch (InterruptedException serverIsClosed) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(connection);
        }
    }

    private static String readHead(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        String text = "";
        while (!text.endsWith("\r\n\r\n") && head.size() < MAXIMUM_HEAD) {
            int b = in.read();
            if (b < 0) {
                break;
            }
            head.write(b);
            text = b == '\n' ? head.toString(StandardCharsets.ISO_8859_1) : "";
        }
        return head.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    private void serve(Socket connection) {
        Thread thread = thread("connection", () -> {
            try {
                answer(connection);
            } finally {
                threads.remove(Thread.currentThread());
            }
        });
        threads.add(thread);
        thread.start();
    }

    private static Thread thread(String name, Runnable task) {
        Thread thread = new Thread(task, "scripted-server-" + name);
        thread.setDaemon(true);
        return thread;
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception alreadyGone) {
            return;
        }
    }
}
