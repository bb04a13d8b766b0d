package dev.upkeep.cli.heal;

import dev.upkeep.cli.exit.UsageException;
import dev.upkeep.infra.Platform;
import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.infra.shell.SshDoor;
import dev.upkeep.infra.spec.AwsSettings;
import dev.upkeep.infra.spec.StackSpec;
import dev.upkeep.remediation.local.LocalShell;
import dev.upkeep.remediation.shell.RemoteShell;
import dev.upkeep.remediation.ssh.FreshKey;
import dev.upkeep.remediation.ssh.HostKeys;
import dev.upkeep.remediation.ssh.SshAccess;
import dev.upkeep.remediation.ssh.SshDial;
import dev.upkeep.remediation.ssh.SshKeys;
import dev.upkeep.remediation.ssh.SshSettings;
import dev.upkeep.remediation.ssh.SshShell;
import dev.upkeep.remediation.ssh.SshTarget;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The ways into the instances of a stack: SSH through its endpoint if its file has one, else that of the platform, else the shell of this machine. Each
 * instance is told a key that is made for it here, and known by the keys that stand on its console.
 */
public final class InstanceShells implements AutoCloseable {

    /** A tunnel has three questions to AWS before it, and a way around half of the world. */
    private static final Duration CONNECT = Duration.ofSeconds(30);

    private final Platform platform;
    private final Optional<Door> door;
    private final Login login;
    private final Map<InstanceId, SshShell> open = new HashMap<>();

    /** Whom SSH lets in, and through what. */
    private record Door(SshDoor door, String user) {}

    /**
     * What is chosen by whoever goes in over SSH.
     *
     * @param user who to be there; else whom the machine image lets in
     * @param hostKeys believed besides those of the consoles
     */
    public record Login(Optional<String> user, HostKeys hostKeys) {

        /** Nothing is chosen. */
        public static final Login USUAL = new Login(Optional.empty(), HostKeys.known());
    }

    private InstanceShells(Platform platform, Optional<Door> door, Login login) {
        this.platform = platform;
        this.door = door;
        this.login = login;
    }

    /**
     * No way is gone yet.
     *
     * @throws UsageException if a user is chosen, and no way in asks for one
     */
    public static InstanceShells of(Platform platform, StackSpec spec, Login login) {
        Optional<Door> door =
                spec.settings() instanceof AwsSettings aws && aws.access().endpoint()
                        ? platform.sshDoor()
                                .map(way -> new Door(
                                        way, login.user().orElse(aws.server().loginUser())))
                        : Optional.empty();
        if (door.isEmpty() && login.user().isPresent()) {
            throw new UsageException(
                    "only SSH asks for a user; with ssh-endpoint: true under aws: in the file, instances are"
                            + " gone into over SSH");
        }
        return new InstanceShells(platform, door, login);
    }

    /** The same for the same instance. */
    public RemoteShell on(InstanceId instance) {
        if (door.isPresent()) {
            return open.computeIfAbsent(instance, each -> through(door.get(), each));
        }
        return platform.shell()
                .<RemoteShell>map(way -> new InstanceShell(way, instance))
                .orElseGet(() -> new LocalShell(instance.text()));
    }

    private SshShell through(Door way, InstanceId instance) {
        FreshKey key = FreshKey.make();
        SshTarget target = new SshTarget(way.user(), instance.text(), SshTarget.DEFAULT_PORT);
        HostKeys believed = login.hostKeys();
        SshDial dial = longest -> way.door().open(instance, way.user(), key.publicLine(), longest);
        try {
            believed = believed.orPinned(way.door().hostKeys(instance).toArray(String[]::new));
        } catch (IOException unasked) {
            dial = longest -> {
                throw unasked;
            };
        }
        SshSettings settings =
                SshSettings.of(believed, SshKeys.none().withMade(key)).connectingWithin(CONNECT);
        return SshShell.over(SshAccess.to(target, settings), dial);
    }

    @Override
    public void close() {
        open.values().forEach(SshShell::close);
        open.clear();
    }
}
