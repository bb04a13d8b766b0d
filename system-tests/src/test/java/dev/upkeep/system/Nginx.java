package dev.upkeep.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** A real nginx with one worker, on a free port of loopback. */
final class Nginx implements AutoCloseable {
    private static final String FRAME = """
            {user}
            daemon off;
            worker_processes 1;
            pid nginx.pid;
            error_log error.log info;
            events { worker_connections 256; }
            http {
                types { text/html html; text/plain txt; }
                log_format told '$connection|$ssl_session_reused|$ssl_protocol|$host|$status|$bytes_sent|$request';
                access_log access.log told;
                client_body_temp_path body;
                proxy_temp_path proxy;
                fastcgi_temp_path fastcgi;
                uwsgi_temp_path uwsgi;
                scgi_temp_path scgi;
                server {
                    listen unix:status.sock;
                    access_log off;
                    location / { stub_status; }
                }
                {http}
            }
            """;

    private final Path folder;
    private final int port;
    private final Daemon daemon;
    private int looks;

    private Nginx(Path folder, int port, Daemon daemon) {
        this.folder = folder;
        this.port = port;
        this.daemon = daemon;
    }

    /**
     * Starts it and waits until it listens.
     *
     * @param http what stands in the {@code http} block; <code>{listen}</code>, <code>{port}</code> and <code>{folder}</code> are
     *     replaced in it. The folder holds an empty {@code www}
     */
    static Nginx start(Path folder, String http) {
        int port = Ports.free();
        boolean isRoot = "root".equals(System.getProperty("user.name"));
        write(
                folder.resolve("nginx.conf"),
                FRAME.replace("{user}", isRoot ? "user root;" : "")
                        .replace("{http}", http)
                        .replace("unix:status.sock", "unix:" + folder.resolve("status.sock"))
                        .replace("{listen}", "127.0.0.1:" + port)
                        .replace("{port}", Integer.toString(port))
                        .replace("{folder}", folder.toString()));
        write(folder.resolve("www/.keep"), "");
        // Without -e it opens the log of the system first.
        Daemon daemon =
                Daemon.start(folder, List.of("nginx", "-p", folder.toString(), "-c", "nginx.conf", "-e", "error.log"));
        return new Nginx(folder, port, daemon.awaitReady(() -> hasText(folder.resolve("nginx.pid"))));
    }

    /** The version file. */
    URI uri() {
        return uri("/version.txt");
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** The version file at another host name, scheme included. */
    URI uriAt(String schemeAndHost) {
        return URI.create(schemeAndHost + ":" + port + "/version.txt");
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    int port() {
        return port;
    }

    /** Replaces the version file at once, as a deployment does. */
    void publish(String version) {
        publish("version.txt", version + "\n");
    }

    /** Replaces a file of the site at once. */
    void publish(String name, String content) {
        Path file = folder.resolve("www").resolve(name);
        Path aside = folder.resolve("www").resolve(name + ".new");
        write(aside, content);
        try {
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folder that it serves files from. */
    Path site() {
        return folder.resolve("www");
    }

    /** How many connections it has accepted so far, whether or not a request came over them. */
    int connections() {
        String status = ask("GET / HTTP/1.0\r\n\r\n");
        looks++;
        List<String> lines = status.lines().toList();
        int title = lines.indexOf("server accepts handled requests");
        String accepted = lines.get(title + 1).strip().replaceAll(" .*", "");
        return Integer.parseInt(accepted) - looks;
    }

    /** Ends it, so that its log is complete, and returns the requests that it has answered. */
    List<LoggedRequest> stopAndReadLog() {
        close();
        try {
            return Files.readAllLines(folder.resolve("access.log")).stream()
                    .map(LoggedRequest::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        daemon.close();
    }

    private String ask(String request) {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(folder.resolve("status.sock")));
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
            return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean hasText(Path file) {
        try {
            return Files.exists(file) && Files.size(file) > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String content) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A line of the access log.
     *
     * @param connection the number of the connection; two requests over one connection have the same
     * @param sessionReused {@code r} if a TLS session was resumed, {@code .} if not; empty without TLS
     * @param protocol such as {@code TLSv1.3}; {@code -} without TLS
     * @param host what the {@code Host} header asked for
     * @param status the status of the reply
     * @param bytesSent headers and body of the reply, as far as they were sent
     * @param request the request line
     */
    record LoggedRequest(
            long connection,
            String sessionReused,
            String protocol,
            String host,
            int status,
            long bytesSent,
            String request) {
        static LoggedRequest parse(String line) {
            String[] fields = line.split("\\|", 7);
            return new LoggedRequest(
                    Long.parseLong(fields[0]),
                    fields[1],
                    fields[2],
                    fields[3],
                    Integer.parseInt(fields[4]),
                    Long.parseLong(fields[5]),
                    fields[6]);
        }
    }
}
