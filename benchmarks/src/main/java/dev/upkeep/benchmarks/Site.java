package dev.upkeep.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A real nginx on loopback that serves the version, plain and over TLS, under ten addresses and any path. Its certificate (EC P-256) is
 * signed by an authority made for the occasion, directly: the shortest path there is.
 */
final class Site implements AutoCloseable {
    static final String VERSION = "1.0.6";

    private static final int ADDRESSES = 10;

    private final Path folder;
    private final int plainPort;
    private final int tlsPort;
    private final Process nginx;

    private Site(Path folder, int plainPort, int tlsPort, Process nginx) {
        this.folder = folder;
        this.plainPort = plainPort;
        this.tlsPort = tlsPort;
        this.nginx = nginx;
    }

    static Site start(Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder.resolve("html"));
        Files.createDirectories(folder.resolve("logs"));
        // Started by root, nginx serves as another user.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(folder.resolve("html/version.txt"), VERSION + "\n");
        makeCertificates(folder);
        int plainPort = ChildProcess.freePort();
        int tlsPort = ChildProcess.freePort();
        Files.writeString(folder.resolve("nginx.conf"), configuration(plainPort, tlsPort));
        Process nginx = new ProcessBuilder(
                        "nginx", "-p", folder + "/", "-c", "nginx.conf", "-e", "logs/error.log", "-g", "daemon off;")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("logs/nginx.log").toFile())
                .start();
        ChildProcess.awaitPort(nginx, tlsPort);
        return new Site(folder, plainPort, tlsPort, nginx);
    }

    /** Addresses that differ from each other in host or path. */
    List<String> targets(Protocol protocol, int count) {
        int port = protocol == Protocol.TLS ? tlsPort : plainPort;
        return IntStream.range(0, count)
                .mapToObj(i ->
                        protocol.scheme() + "://" + address(i % ADDRESSES) + ":" + port + "/site-" + i + "/version.txt")
                .toList();
    }

    /** The authority that signed the certificate, as PEM. */
    Path authority() {
        return folder.resolve("authority.pem");
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

    private static String configuration(int plainPort, int tlsPort) {
        return """
                pid nginx.pid;
                worker_processes 1;
                worker_rlimit_nofile 16384;
                events { worker_connections 8192; }
                http {
                  access_log off;
                  default_type text/plain;
                  server {
                    %s
                    %s
                    ssl_certificate site.pem;
                    ssl_certificate_key site.key;
                    ssl_protocols TLSv1.2 TLSv1.3;
                    ssl_ecdh_curve X25519:prime256v1:secp384r1;
                    root html;
                    location / { try_files /version.txt =404; }
                  }
                }
                """.formatted(
                        everyAddress("listen %s:" + plainPort + " backlog=4096;", "\n    "),
                        everyAddress("listen %s:" + tlsPort + " ssl backlog=4096;", "\n    "));
    }

    private static void makeCertificates(Path folder) throws IOException, InterruptedException {
        String key = folder.resolve("authority.key").toString();
        String authority = folder.resolve("authority.pem").toString();
        String siteKey = folder.resolve("site.key").toString();
        String request = folder.resolve("site.csr").toString();
        Path extensions = folder.resolve("site.ext");
        Files.writeString(
                extensions, "subjectAltName=" + everyAddress("IP:%s", ",") + "\nextendedKeyUsage=serverAuth\n");
        List<String> newKey = List.of("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout");
        ChildProcess.run(command(
                List.of(
                        "openssl",
                        "req",
                        "-x509",
                        "-days",
                        "90",
                        "-subj",
                        "/CN=Benchmark Authority",
                        "-out",
                        authority),
                newKey,
                List.of(key)));
        ChildProcess.run(command(
                List.of("openssl", "req", "-subj", "/CN=Benchmark Site", "-out", request), newKey, List.of(siteKey)));
        ChildProcess.run(command(
                List.of("openssl", "x509", "-req", "-days", "60", "-in", request, "-extfile", extensions.toString()),
                List.of("-CA", authority, "-CAkey", key, "-CAcreateserial"),
                List.of("-out", folder.resolve("site.pem").toString())));
    }

    private static List<String> command(List<String> first, List<String> second, List<String> third) {
        return Stream.of(first, second, third).flatMap(List::stream).toList();
    }
}
