package dev.upkeep.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A real nginx on loopback that serves the version by every {@link Protocol}, under ten addresses and any path. */
final class Site implements AutoCloseable {
    static final String VERSION = "1.0.6";

    private static final int ADDRESSES = 10;

    private final Path folder;
    private final Map<Protocol, Integer> ports;
    private final Process nginx;

    private Site(Path folder, Map<Protocol, Integer> ports, Process nginx) {
        this.folder = folder;
        this.ports = ports;
        this.nginx = nginx;
    }

    static Site start(Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder.resolve("html"));
        Files.createDirectories(folder.resolve("logs"));
        // Started by root, nginx serves as another user.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(folder.resolve("html/version.txt"), VERSION + "\n");
        Map<Protocol, Integer> ports = new EnumMap<>(Protocol.class);
        StringBuilder servers = new StringBuilder();
        StringBuilder authorities = new StringBuilder();
        int port = 0;
        for (Protocol protocol : Protocol.values()) {
            port = ChildProcess.freePort();
            ports.put(protocol, port);
            servers.append(server(protocol, port));
            if (protocol != Protocol.PLAIN) {
                authorities.append(new SiteCertificate(folder, protocol.toString(), protocol.key())
                        .make(everyAddress("IP:%s", ",")));
            }
        }
        Files.writeString(folder.resolve("authorities.pem"), authorities);
        Files.writeString(folder.resolve("nginx.conf"), configuration(servers.toString()));
        return new Site(folder, ports, nginx(folder, port));
    }

    /** Ends with this process, however that ends, but for SIGKILL. */
    private static Process nginx(Path folder, int lastPort) throws IOException, InterruptedException {
        Process nginx = new ProcessBuilder(
                        "nginx", "-p", folder + "/", "-c", "nginx.conf", "-e", "logs/error.log", "-g", "daemon off;")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("logs/nginx.log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(nginx::destroy));
        ChildProcess.awaitPort(nginx, lastPort);
        return nginx;
    }

    /** Addresses that differ from each other in host or path. */
    List<String> targets(Protocol protocol, int count) {
        int port = ports.getOrDefault(protocol, 0);
        return IntStream.range(0, count)
                .mapToObj(i ->
                        protocol.scheme() + "://" + address(i % ADDRESSES) + ":" + port + "/site-" + i + "/version.txt")
                .toList();
    }

    /** The authorities that signed the certificates, as PEM. */
    Path authority() {
        return folder.resolve("authorities.pem");
    }

    @Override
    public void close() {
        ChildProcess.end(nginx);
    }

    private static String address(int index) {
        return "127.0.0." + (index + 1);
    }

    private static String everyAddress(String pattern, String separator) {
        return IntStream.range(0, ADDRESSES)
                .mapToObj(i -> String.format(pattern, address(i)))
                .collect(Collectors.joining(separator));
    }

    private static String configuration(String servers) {
        return """
                pid nginx.pid;
                worker_processes 1;
                worker_rlimit_nofile 16384;
                events { worker_connections 8192; }
                http {
                  access_log off;
                  default_type text/plain;
                  ssl_protocols TLSv1.2 TLSv1.3;
                  ssl_ecdh_curve X25519:prime256v1:secp384r1;
                %s}
                """.formatted(servers);
    }

    private static String server(Protocol protocol, int port) {
        String tls = protocol == Protocol.PLAIN ? "" : " ssl";
        String certificate = protocol == Protocol.PLAIN
                ? ""
                : "ssl_certificate %s.pem; ssl_certificate_key %s.key;".formatted(protocol, protocol);
        return """
                  server {
                    %s
                    %s
                    root html;
                    location / { try_files /version.txt =404; }
                  }
                """.formatted(everyAddress("listen %s:" + port + tls + " backlog=4096;", "\n    "), certificate);
    }
}
