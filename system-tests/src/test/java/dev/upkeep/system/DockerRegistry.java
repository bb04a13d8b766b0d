package dev.upkeep.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A real registry, that of Debian's package docker-registry, on a free port of loopback. */
public final class DockerRegistry implements AutoCloseable {
    /** Who may enter where {@link #withPassword} was asked for. */
    static final String USER = "deployer";

    /** The password. The registry knows its bcrypt digest only. */
    static final String PASSWORD = "s3cret-pass";

    private static final String PASSWORD_FILE =
            USER + ":$2b$05$abcdefghijklmnopqrstuuV7fpPozvyqJfnY19y0802WTlXUm6Rjy\n";
    private static final String CONFIGURATION = """
            version: 0.1
            log: { level: info, accesslog: { disabled: false } }
            storage:
              filesystem: { rootdirectory: FOLDER/data }
              delete: { enabled: true }
            http: { addr: 127.0.0.1:PORT, relativeurls: true, HTTP }
            """;

    /** What an emulator of AWS (moto) gives as token to the account 123456789012. */
    private static final String TOKEN_FILE = "AWS:$2b$05$abcdefghijklmnopqrstuu/4ofrUS75HrKu6f.iuRo0I/XlrmpqlC\n";

    private final int port;
    private final Daemon daemon;

    private DockerRegistry(int port, Daemon daemon) {
        this.port = port;
        this.daemon = daemon;
    }

    /** Starts one that lets everybody in, and waits until it answers. */
    public static DockerRegistry open(Path folder) {
        return start(folder, "", "");
    }

    /** Starts one that lets in who knows the password. */
    static DockerRegistry withPassword(Path folder) {
        return start(folder, passwords(folder, PASSWORD_FILE), "");
    }

    /** Starts one that lets in who has the token of ECR, over TLS. */
    static DockerRegistry withTokenOfEcr(Path folder, Certified certified) {
        return start(
                folder,
                passwords(folder, TOKEN_FILE),
                "tls: { certificate: " + certified.chain() + ", key: " + certified.key() + " }");
    }

    /** Starts one that lets in who has the token of ECR, in plain HTTP. */
    static DockerRegistry withTokenOfEcr(Path folder) {
        return start(folder, passwords(folder, TOKEN_FILE), "");
    }

    /** Starts one that lets in who brings a token of a server. */
    static DockerRegistry withTokensOf(Path folder, String configuration) {
        return start(folder, configuration, "");
    }

    private static String passwords(Path folder, String content) {
        try {
            Files.writeString(folder.resolve("passwords"), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "auth: { htpasswd: { realm: test, path: " + folder.resolve("passwords") + " } }\n";
    }

    private static DockerRegistry start(Path folder, String more, String http) {
        int port = Ports.free();
        try {
            Files.writeString(
                    folder.resolve("config.yml"),
                    CONFIGURATION
                                    .replace("FOLDER", folder.toString())
                                    .replace("PORT", String.valueOf(port))
                                    .replace("HTTP", http)
                            + more);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Daemon daemon = Daemon.start(folder, List.of("docker-registry", "serve", "config.yml"));
        return new DockerRegistry(port, daemon.awaitReady(() -> answers(port)));
    }

    private static boolean answers(int port) {
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create("http://127.0.0.1:" + port + "/v2/").toURL().openConnection();
            return connection.getResponseCode() > 0;
        } catch (IOException notYet) {
            return false;
        }
    }

    int port() {
        return port;
    }

    /** As names of images begin. */
    public String address() {
        return "127.0.0.1:" + port;
    }

    /** How many requests of a method it has answered so far. */
    long requests(String method) {
        return daemon.output()
                .lines()
                .filter(line -> line.contains("\"" + method + " /v2/"))
                .count();
    }

    /** Has another client send it an image of an OCI layout, such as {@code oci:amd64} in a folder. */
    void take(Path folder, String layout, String name, String... options) {
        List<String> command =
                new ArrayList<>(List.of("skopeo", "copy", "--format", "v2s2", "--dest-tls-verify=false"));
        command.addAll(List.of(options));
        command.addAll(List.of("oci:" + layout, "docker://" + address() + "/" + name));
        Command.run(folder, command).orFail();
    }

    /** The digest that another client finds. */
    String digest(String image) {
        return Command.run(
                        "skopeo",
                        "inspect",
                        "--tls-verify=false",
                        "--format",
                        "{{.Digest}}",
                        "docker://" + address() + "/" + image)
                .orFail()
                .output()
                .strip();
    }

    @Override
    public void close() {
        daemon.close();
    }
}
