package dev.upkeep.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/** The real servers of one test, and the folder they live in. Closing ends all of them and removes the folder. */
final class Peers implements AutoCloseable {
    private final Path folder;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private int folders;

    Peers() {
        try {
            this.folder = Files.createTempDirectory("upkeep-system-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** See {@link Nginx#start}. */
    Nginx nginx(String http) {
        return closing(Nginx.start(folder("nginx"), http));
    }

    /** An nginx that serves the version from a file, which {@link Nginx#publish} replaces. */
    Nginx nginxServing(String version) {
        Nginx nginx = nginx("server { listen {listen}; root {folder}/www; }");
        nginx.publish(version);
        return nginx;
    }

    /** See {@link HaProxy#start}. */
    HaProxy haProxy(String sections) {
        return closing(HaProxy.start(folder("haproxy"), sections));
    }

    /** See {@link OpenSslServer#start}. */
    OpenSslServer openSslServer(Certified certified, String... options) {
        return closing(OpenSslServer.start(folder("openssl"), certified, List.of(options)));
    }

    /** Closes something else as well. */
    <T extends AutoCloseable> T closing(T closeable) {
        open.push(closeable);
        return closeable;
    }

    /** Opens connections that nobody accepts, until the kernel leaves the next one without an answer. */
    void fill(ServerSocket listener) throws IOException {
        InetSocketAddress address = (InetSocketAddress) listener.getLocalSocketAddress();
        for (int i = 0; i < 10; i++) {
            try {
                closing(new Socket()).connect(address, 300);
            } catch (SocketTimeoutException full) {
                return;
            }
        }
        throw new IllegalStateException("the listener takes more connections than its backlog");
    }

    /** A new folder. */
    Path folder(String name) {
        try {
            folders++;
            return Files.createDirectory(folder.resolve(name + "-" + folders));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            close(open.pop());
        }
        try (Stream<Path> below = Files.walk(folder)) {
            for (Path path : below.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            throw new IllegalStateException(closeable + " could not be closed: " + e.getMessage(), e);
        }
    }
}
