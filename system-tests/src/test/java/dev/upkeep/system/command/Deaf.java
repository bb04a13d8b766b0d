package dev.upkeep.system.command;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Deque;

/** A server that accepts a connection and never says a word. */
final class Deaf implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 30_000;

    private final ServerSocket door;
    private final Deque<Socket> visitors = new ArrayDeque<>();

    private Deaf(ServerSocket door) {
        this.door = door;
    }

    static Deaf open() throws IOException {
        ServerSocket door = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        door.setSoTimeout(PATIENCE_MILLIS);
        return new Deaf(door);
    }

    String url() {
        return "http://127.0.0.1:" + door.getLocalPort() + "/version.txt";
    }

    /** Blocks until somebody has connected. */
    void awaitVisitor() throws IOException {
        visitors.add(door.accept());
    }

    @Override
    public void close() throws IOException {
        for (Socket visitor : visitors) {
            visitor.close();
        }
        door.close();
    }
}
