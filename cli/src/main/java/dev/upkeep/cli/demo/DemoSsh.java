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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A real sshd on loopback with keys of its own, if this machine has one that starts; else commands go through the shell of this machine. */
final class DemoSsh implements AutoCloseable {

    private static final Path SSHD = Path.of("/usr/sbin/sshd");
    private static final String KEYGEN = "ssh-keygen";
    private static final String LOCAL = "by the shell of this machine: ";
    private static final int LOOKS = 50;

    private final RemoteShell shell;
    private final Optional<Process> server;
    private final List<String> words;

    private DemoSsh(RemoteShell shell, Optional<Process> server, String... words) {
        this.shell = shell;
        this.server = server;
        this.words = List.of(words);
    }

    /** In a folder of the demonstration, which removes it. */
    static DemoSsh in(Path folder) throws InterruptedException {
        return in(folder, SSHD, KEYGEN);
    }

    /** The same with other programs. */
    static DemoSsh in(Path folder, Path sshd, String keygen) throws InterruptedException {
        if (!Files.isExecutable(sshd)) {
            return new DemoSsh(new LocalShell(), Optional.empty(), LOCAL + "no sshd here");
        }
        try {
            return overSsh(folder, sshd, keygen);
        } catch (IOException unusable) {
            return notStarted(unusable.toString());
        }
    }

    private static DemoSsh notStarted(String why) {
        return new DemoSsh(new LocalShell(), Optional.empty(), LOCAL + "no sshd starts here", why);
    }

    private static DemoSsh overSsh(Path folder, Path sshd, String keygen) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        if (!key(keygen, folder.resolve("host")) || !key(keygen, folder.resolve("own"))) {
            return notStarted(keygen + " makes no keys");
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
        Path log = folder.resolve("sshd.log");
        Process server = new ProcessBuilder(sshd.toString(), "-D", "-e", "-f", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        SshShell shell = SshShell.over(SshAccess.to(
                new SshTarget(System.getProperty("user.name"), "127.0.0.1", port),
                SshSettings.of(
                        HostKeys.in(knownHosts(folder, port)), SshKeys.none().withFile(folder.resolve("own")))));
        DemoSsh started = new DemoSsh(shell, Optional.of(server), "over real SSH, by an sshd on loopback");
        if (started.answers()) {
            return started;
        }
        started.close();
        return notStarted("sshd: " + lastLine(log));
    }

    private static String lastLine(Path log) throws IOException {
        return Files.readString(log, StandardCharsets.ISO_8859_1)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .reduce("it says nothing", (before, line) -> line);
    }

    private static boolean key(String keygen, Path file) throws InterruptedException {
        return run(new LocalShell(), keygen, "-q", "-t", "ed25519", "-N", "", "-f", file.toString());
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

    /** The way in for people, and why it is no other one. */
    List<String> words() {
        return words;
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
