package dev.upkeep.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

/** Accepts every connection and never says a word. */
final class HangingServer implements AutoCloseable {
    private static final int KEPT = 4000;

    private final ServerSocket listener;
    private final Queue<Socket> accepted = new ConcurrentLinkedQueue<>();

    HangingServer() throws IOException {
        this.listener = new ServerSocket(0, 4096, InetAddress.getLoopbackAddress());
        Thread acceptor = new Thread(this::accept, "hanging-server");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    List<String> targets(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "http://127.0.0.1:" + listener.getLocalPort() + "/hanging-" + i + "/version.txt")
                .toList();
    }

    /** Those of long ago have been given up by the other side, and are closed so that file descriptors do not run out. */
    private void accept() {
        try {
            while (!listener.isClosed()) {
                accepted.add(listener.accept());
                if (accepted.size() > KEPT) {
                    accepted.remove().close();
                }
            }
        } catch (IOException closed) {
            accepted.clear();
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : accepted) {
            socket.close();
        }
    }
}
