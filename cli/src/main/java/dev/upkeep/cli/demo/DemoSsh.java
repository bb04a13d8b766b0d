package dev.upkeep.cli.demo;

import dev.upkeep.remediation.local.LocalShell;
import dev.upkeep.remediation.shell.CommandLimits;
import dev.upkeep.remediation.shell.CommandLine;
import dev.upkeep.remediation.shell.RemoteShell;
import dev.upkeep.remediation.ssh.HostKeys;
import dev.upkeep.remediation.ssh.SshAccess;
import dev.upkeep.remediation.ssh.SshKeys;
import dev.upkeep.remediation.ssh.SshSettings;
import dev.upkeep.remediation.ssh.SshShell;
import dev.upkeep.remediation.ssh.SshTarget;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A real sshd on loopback with keys of its own, if this machine has one that starts; else commands go through the shell of this machine. */
final class DemoSsh implements AutoCloseable {

    private static final Path SSHD = Path.of("/usr/sbin/sshd");
    private static final int LOOKS = 50;

    private final RemoteShell shell;
    private final Optional<Process> server;

    private DemoSsh(RemoteShell shell, Optional<Process> server) {
        this.shell = shell;
        this.server = server;
    }

    /** In a folder of the demonstration, which removes it. */
    static DemoSsh in(Path folder) throws InterruptedException {
        try {
            return Files.isExecutable(SSHD) ? overSsh(folder).orElseGet(DemoSsh::local) : local();
        } catch (IOException unusable) {
            return local();
        }
    }

    private static DemoSsh local() {
        return new DemoSsh(new LocalShell(), Optional.empty());
    }

    private static Optional<DemoSsh> overSsh(Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        if (!key(folder.resolve("host")) || !key(folder.resolve("own"))) {
            return Optional.empty();
        }
        int port = freePort();
        Path configuration = folder.resolve("sshd_config");
        Files.writeString(
                configuration,
                String.join(
                        "\n",
                        "ListenAddress 127.0.0.1:" + port,
                        "HostKey " + folder.resolve("host"),
                        "AuthorizedKeysFile " + folder.resolve("own.pub"),
                        "PidFile none",
                        "StrictModes no",
                        "UsePAM no",
                        ""));
        Process server = new ProcessBuilder(SSHD.toString(), "-D", "-e", "-f", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("sshd.log").toFile())
                .start();
        SshShell shell = SshShell.over(SshAccess.to(
                new SshTarget(System.getProperty("user.name"), "127.0.0.1", port),
                SshSettings.of(
                        HostKeys.in(knownHosts(folder, port)), SshKeys.none().withFile(folder.resolve("own")))));
        DemoSsh started = new DemoSsh(shell, Optional.of(server));
        if (started.answers()) {
            return Optional.of(started);
        }
        started.close();
        return Optional.empty();
    }

    private static boolean key(Path file) throws InterruptedException {
        return run(new LocalShell(), "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file.toString());
    }

    private static boolean run(RemoteShell shell, String... argv) throws InterruptedException {
        return shell.run(CommandLine.of(argv), CommandLimits.DEFAULT)
                .match(ended -> ended.isSuccess(), failed -> false);
    }

    private static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        }
    }

    private static Path knownHosts(Path folder, int port) throws IOException {
        Path file = folder.resolve("known_hosts");
        String[] key = Files.readString(folder.resolve("host.pub")).split(" ", 3);
        Files.writeString(file, "[127.0.0.1]:" + port + " " + key[0] + " " + key[1] + "\n");
        return file;
    }

    private boolean answers() throws InterruptedException {
        for (int look = 0; look < LOOKS && server.filter(Process::isAlive).isPresent(); look++) {
            if (run(shell, "true")) {
                return true;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return false;
    }

    /** The way in. */
    RemoteShell shell() {
        return shell;
    }

    /** For people. */
    String words() {
        return server.isPresent()
                ? "over real SSH, by an sshd on loopback"
                : "by the shell of this machine: no sshd here";
    }

    @Override
    public void close() {
        if (shell instanceof SshShell ssh) {
            ssh.close();
        }
        server.ifPresent(process -> {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        });
    }
}
