package dev.upkeep.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A real sshd on loopback, with host keys of its own. Whoever runs the tests may log in with a key from {@link #allow}. */
public final class OpenSshServer implements AutoCloseable {
    private static final Path SSHD = Path.of("/usr/sbin/sshd");

    /** Where sshd as root locks itself up before a login; the package's own start script makes it. */
    private static final Path LOCK_UP = Path.of("/run/sshd");

    private final Path folder;
    private final int port;
    private Daemon daemon;

    private OpenSshServer(Path folder, int port, Daemon daemon) {
        this.folder = folder;
        this.port = port;
        this.daemon = daemon;
    }

    /** Starts one with host keys of these types, and further lines of sshd_config. */
    public static OpenSshServer start(Path folder, List<String> hostKeyTypes, String... lines) {
        int port = Ports.free();
        StringBuilder config = new StringBuilder();
        for (String type : hostKeyTypes) {
            SshTool.generateKey(folder.resolve("host_" + type), type, "");
            config.append("HostKey ")
                    .append(folder)
                    .append("/host_")
                    .append(type)
                    .append('\n');
        }
        config.append(String.join("\n", lines)).append('\n');
        config.append(String.join(
                "\n",
                "Port " + port,
                "ListenAddress 127.0.0.1",
                "PidFile none",
                "AuthorizedKeysFile " + folder + "/authorized_keys",
                "StrictModes no",
                "UsePAM no",
                "PasswordAuthentication no",
                "KbdInteractiveAuthentication no",
                ""));
        write(folder.resolve("sshd_config"), config.toString());
        write(folder.resolve("authorized_keys"), "");
        return new OpenSshServer(folder, port, run(folder, port));
    }

    private static Daemon run(Path folder, int port) {
        try {
            if (Files.isWritable(LOCK_UP.getParent())) {
                Files.createDirectories(LOCK_UP);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Daemon.start(
                        folder,
                        List.of(
                                SSHD.toString(),
                                "-D",
                                "-e",
                                "-f",
                                folder.resolve("sshd_config").toString()))
                .awaitReady(() -> SshTool.answers(port));
    }

    /** Ends it and starts it again on the same port. */
    void restart() {
        daemon.close();
        daemon = run(folder, port);
    }

    /** Lets a key in, besides others. */
    public void allow(Path privateKey) {
        try {
            Files.writeString(
                    folder.resolve("authorized_keys"),
                    Files.readString(folder.resolve("authorized_keys"))
                            + Files.readString(Path.of(privateKey + ".pub")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it listens. */
    public int port() {
        return port;
    }

    /** A line of known_hosts. */
    public String knownAs(String type) {
        String[] words = hostKey(type).split(" ", -1);
        return "[127.0.0.1]:" + port + " " + words[0] + " " + words[1] + "\n";
    }

    /** Of a host key, as {@code ssh-keygen -l} prints it. */
    public String fingerprint(String type) {
        return SshTool.fingerprint(folder.resolve("host_" + type + ".pub"));
    }

    private String hostKey(String type) {
        try {
            return Files.readString(folder.resolve("host_" + type + ".pub"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String log() {
        return daemon.output();
    }

    /** Ends the processes of all connections; it goes on listening. */
    void cutConnections() {
        daemon.killChildren();
    }

    @Override
    public void close() {
        daemon.killChildren();
        daemon.close();
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
