package dev.upkeep.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A real {@code openssl s_server} on a free port of loopback: does in a handshake whatever it is told. Answers in HTTP/1.0. */
final class OpenSslServer implements AutoCloseable {
    private final int port;
    private final Daemon daemon;

    private OpenSslServer(int port, Daemon daemon) {
        this.port = port;
        this.daemon = daemon;
    }

    /** Starts it, serving version 1.0.6, and waits until it listens. */
    static OpenSslServer start(Path folder, Certified certified, List<String> options) {
        int port = Ports.free();
        try {
            Files.writeString(folder.resolve("version.txt"), "1.0.6\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> command = new ArrayList<>(List.of(
                "openssl",
                "s_server",
                "-accept",
                "127.0.0.1:" + port,
                "-cert",
                certified.chain().toString(),
                "-key",
                certified.key().toString(),
                "-WWW"));
        command.addAll(options);
        Daemon daemon = Daemon.start(folder, command);
        return new OpenSslServer(
                port, daemon.awaitReady(() -> daemon.output().lines().anyMatch("ACCEPT"::equals)));
    }

    /** The version file at a host name. */
    URI uriAt(String host) {
        return URI.create("https://" + host + ":" + port + "/version.txt");
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** What it has printed so far. */
    String output() {
        return daemon.output();
    }

    @Override
    public void close() {
        daemon.close();
    }
}
