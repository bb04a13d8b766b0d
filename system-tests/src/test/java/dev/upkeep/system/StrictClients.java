package dev.upkeep.system;

import dev.upkeep.infra.local.ResponseHead;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Clients that keep their connections as long as they may and never ask twice: half of them get, half of them post. What is not
 * answered with 200 is a failure.
 */
public final class StrictClients implements AutoCloseable {
    private static final Pattern LENGTH = Pattern.compile("\ncontent-length: ([0-9]+)\r");
    private static final Pattern VERSION = Pattern.compile("Version <b>([^<]*)</b>");

    private final int port;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicBoolean running = new AtomicBoolean(true);
    private final AtomicInteger answered = new AtomicInteger();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final Set<String> versions = ConcurrentHashMap.newKeySet();

    /** Begins at once. */
    public StrictClients(int port, int number) {
        this.port = port;
        for (int client = 0; client < number; client++) {
            String request = client % 2 == 0
                    ? "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
                    : "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello";
            Thread thread = new Thread(() -> work(request), "strict-client-" + client);
            threads.add(thread);
            thread.start();
        }
    }

    private void work(String request) {
        while (running.get()) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5000);
                socket.setSoTimeout(10_000);
                socket.setTcpNoDelay(true);
                boolean open = true;
                while (running.get() && open) {
                    open = ask(socket, request);
                }
            } catch (IOException e) {
                failures.add(e.toString());
            }
        }
    }

    /** Returns whether the connection stays open. */
    private boolean ask(Socket socket, String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        String head = ResponseHead.read(socket.getInputStream());
        Matcher length = LENGTH.matcher(head.toLowerCase(Locale.ROOT));
        if (!head.startsWith("HTTP/1.1 200 ") || !length.find()) {
            failures.add(head.isEmpty() ? "connection closed without an answer" : head);
            return false;
        }
        byte[] body = socket.getInputStream().readNBytes(Integer.parseInt(length.group(1)));
        Matcher version = VERSION.matcher(new String(body, StandardCharsets.UTF_8));
        if (version.find()) {
            versions.add(version.group(1));
            answered.incrementAndGet();
        } else {
            failures.add("an answer without a version");
        }
        return !head.toLowerCase(Locale.ROOT).contains("\nconnection: close\r");
    }

    public int answered() {
        return answered.get();
    }

    public Queue<String> failures() {
        return failures;
    }

    /** The versions that were seen. */
    public Set<String> versions() {
        return versions;
    }

    /** Lets each ask what it has begun to ask, and no more. */
    public void stop() {
        running.set(false);
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while clients end", e);
            }
        }
    }

    @Override
    public void close() {
        stop();
    }
}
