package dev.upkeep.system.container;

import dev.upkeep.checker.VersionChecker;
import dev.upkeep.checker.check.RetryPolicy;
import dev.upkeep.checker.check.Timeouts;
import dev.upkeep.checker.check.VersionCheck;
import dev.upkeep.checker.verdict.Reason;
import dev.upkeep.checker.verdict.Verdict;
import dev.upkeep.checker.version.ExpectedVersion;
import dev.upkeep.remediation.outside.Condition;
import dev.upkeep.remediation.outside.OutsideCheck;
import dev.upkeep.remediation.outside.Sight;
import dev.upkeep.remediation.shell.RemoteShell;
import dev.upkeep.remediation.ssh.HostKeys;
import dev.upkeep.remediation.ssh.SshAccess;
import dev.upkeep.remediation.ssh.SshKeys;
import dev.upkeep.remediation.ssh.SshSettings;
import dev.upkeep.remediation.ssh.SshShell;
import dev.upkeep.remediation.ssh.SshTarget;
import dev.upkeep.system.Ports;
import dev.upkeep.system.Waiting;
import dev.upkeep.system.command.Ended;
import dev.upkeep.system.command.Program;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A machine with a web server, in a container that boots with systemd. Closing it ends and removes it. */
final class WebHostMachine implements AutoCloseable {
    private static final String NAME = "upkeep-system-tests-web-host";
    private static final Duration LIMIT = Duration.ofMillis(500);

    private static final Timeouts TIMEOUTS = new Timeouts(LIMIT, LIMIT, LIMIT, LIMIT, LIMIT, Duration.ofSeconds(5));

    /** As it was when it was made; whatever a test did is undone. */
    private static final String RESET = """
            umount /var/log /var/lib/upkeep 2>/dev/null
            systemctl start docker.service
            ids=$(docker ps -aq) && [ -z "$ids" ] || docker rm -f $ids
            docker network rm shop 2>/dev/null
            podman rm -f -a -t 0
            pkill -CONT nginx
            pkill -KILL 'busybox|nc'
            rm -rf /etc/systemd/system/nginx.service* /etc/systemd/system/loop.service /var/lib/upkeep /home/*/.local /srv/broken
            tar -C / -xf /srv/etc.tar
            systemctl daemon-reload
            systemctl stop loop.service 2>/dev/null
            systemctl reset-failed
            systemctl is-enabled -q nginx.service || systemctl enable -q nginx.service
            systemctl stop nginx.service
            pkill -KILL nginx
            systemctl restart shop.service
            systemctl start nginx.service
            # All of its workers, as many as there are processors.
            timeout 10 sh -c 'until [ $(pgrep -c nginx) -gt $(nproc) ]; do sleep 0.05; done'
            """;

    private final DockerEngine engine;
    private final Path key;
    private final int port = Ports.free();
    private final int sshPort = Ports.free();
    private final Map<String, SshShell> shells = new ConcurrentHashMap<>();
    private final VersionChecker checker = VersionChecker.create();
    private final VersionCheck check = VersionCheck.builder(
                    URI.create("http://127.0.0.1:" + port + Http.VERSION), ExpectedVersion.exactly("1.0.6"))
            .readyAt(Http.READY)
            .retryPolicy(RetryPolicy.once())
            .timeouts(TIMEOUTS)
            .build();

    private WebHostMachine(DockerEngine engine, Path key) {
        this.engine = engine;
        this.key = key;
    }

    /** With a folder for the key with which all its users are let in. */
    static WebHostMachine boot(DockerEngine engine, Path folder) throws IOException {
        Path key = folder.resolve("key");
        Program.of(folder, "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString())
                .run()
                .with(0);
        WebHostMachine machine = new WebHostMachine(engine, key);
        engine.docker(
                        "run",
                        "--detach",
                        "--tty",
                        "--stop-signal=SIGRTMIN+3",
                        "--name=" + NAME,
                        "--hostname=www1",
                        "--label=dev.upkeep.stack=hosts",
                        "--network=" + DockerEngine.NETWORK,
                        "--publish=127.0.0.1:" + machine.port + ":80",
                        "--publish=127.0.0.1:" + machine.sshPort + ":22",
                        "--sysctl=net.ipv4.ip_forward=1",
                        "--tmpfs=/run",
                        "--tmpfs=/run/lock",
                        "--tmpfs=/tmp",
                        "--cgroupns=host",
                        "--cgroup-parent=/",
                        "--cap-add=SYS_ADMIN",
                        "--cap-add=NET_ADMIN",
                        "--cap-add=SYS_PTRACE",
                        "--cap-add=MKNOD",
                        "--security-opt=seccomp=unconfined",
                        "--security-opt=apparmor=unconfined",
                        "--volume=/sys/fs/cgroup:/sys/fs/cgroup:rw",
                        "--volume=/var/lib/docker",
                        "--volume=/var/lib/containers",
                        WebHostImage.in(engine))
                .with(0);
        Waiting.until(
                "the machine has booted",
                () -> machine.exec("systemctl is-system-running").out().startsWith("running"));
        machine.run("docker import /srv/site.tar site:1\npodman import -q /srv/site.tar site:1\necho '"
                + Files.readString(folder.resolve("key.pub")).strip() + "' >/etc/ssh/authorized_keys");
        return machine;
    }

    /** Undoes what a test did. */
    void reset() {
        exec(RESET);
        Waiting.until("the machine serves", () -> look().condition() == Condition.SERVES);
    }

    /** Runs a script as root, which has to succeed, and returns what it printed. */
    String run(String script) {
        return exec("set -e\n" + script).with(0).out();
    }

    private Ended exec(String script) {
        return engine.docker("exec", NAME, "sh", "-c", script);
    }

    /** The way in for a user, over SSH. */
    RemoteShell shell(String user) {
        return shells.computeIfAbsent(
                user,
                any -> SshShell.over(SshAccess.to(
                        new SshTarget(user, "127.0.0.1", sshPort),
                        SshSettings.of(
                                HostKeys.pinned(fingerprint()), SshKeys.none().withFile(key)))));
    }

    private String fingerprint() {
        return run("ssh-keygen -l -f /etc/ssh/ssh_host_ed25519_key.pub").split(" ", -1)[1];
    }

    /** How users find it. */
    OutsideCheck outside() {
        return this::look;
    }

    private Sight look() {
        try {
            Verdict verdict = checker.check(check);
            return verdict.match(
                    up -> new Sight(Condition.SERVES, "UP"),
                    stale -> new Sight(Condition.OTHER, "STALE"),
                    down -> new Sight(
                            down.cause() == Reason.NOT_READY ? Condition.NOT_READY : Condition.DOWN,
                            down.cause().meaning()),
                    unknown -> new Sight(Condition.UNKNOWN, unknown.cause().meaning()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        checker.close();
        shells.values().forEach(SshShell::close);
        engine.docker("rm", "--force", "--volumes", NAME).with(0);
    }
}
