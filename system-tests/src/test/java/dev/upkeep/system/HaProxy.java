package dev.upkeep.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A real HAProxy on a free port of loopback. */
final class HaProxy implements AutoCloseable {
    private static final String FRAME = """
            global
                log stdout format raw local0
            defaults
                mode http
                log global
                option httplog
                timeout connect 1s
                timeout client 10s
                timeout server 10s
                timeout check 1s
                retries 2
                option redispatch

            {sections}
            """;

    private final int port;
    private final Daemon daemon;

    private HaProxy(int port, Daemon daemon) {
        this.port = port;
        this.daemon = daemon;
    }

    /**
     * Starts it and waits until it listens.
     *
     * @param sections frontends, backends and so on; <code>{bind}</code> is replaced in it
     */
    static HaProxy start(Path folder, String sections) {
        int port = Ports.free();
        try {
            Files.writeString(
                    folder.resolve("haproxy.cfg"),
                    FRAME.replace("{sections}", sections).replace("{bind}", "127.0.0.1:" + port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Daemon daemon = Daemon.start(folder, List.of("haproxy", "-db", "-f", "haproxy.cfg"));
        return new HaProxy(port, daemon.awaitReady(() -> listens(port)));
    }

    /** The version file. */
    URI uri() {
        return URI.create("http://127.0.0.1:" + port + "/version.txt");
    }

    /** What it has logged so far. */
    String log() {
        return daemon.output();
    }

    @Override
    public void close() {
        daemon.close();
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }
}
