package dev.upkeep.cli.command;

import dev.upkeep.cli.exit.FailedException;
import dev.upkeep.cli.exit.UsageException;
import dev.upkeep.cli.terminal.Terminal;
import dev.upkeep.remediation.ssh.HostKeys;
import dev.upkeep.remediation.ssh.SshConfig;
import dev.upkeep.remediation.ssh.SshConfigException;
import dev.upkeep.remediation.ssh.SshKeys;
import dev.upkeep.remediation.ssh.SshSettings;
import dev.upkeep.remediation.ssh.SshShell;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** How SSH gets in: what {@code ~/.ssh/config} says, and what is said here. */
final class SshOptions {

    /** The passphrase of the key that is named here; an option could be seen by everybody who lists processes. */
    private static final String PASSPHRASE = "UPKEEP_SSH_PASSPHRASE";

    private static final String IDENTITY = "--identity";
    private static final String HOST_KEY = "--host-key";

    private static final String UNLOCKING =
            "name it with " + IDENTITY + " and set " + PASSPHRASE + " in the environment, or add it to the agent";

    private final Argument<Path> identity = Argument.option(IDENTITY)
            .help("SSH: a private key, besides those of the agent and of ~/.ssh. " + PASSPHRASE
                    + " in the environment is its passphrase.")
            .takingFile();

    private final Argument<Path> knownHosts = Argument.option("--known-hosts")
            .help("SSH: the host keys that are believed, instead of ~/.ssh/known_hosts and /etc/ssh/ssh_known_hosts.")
            .takingFile();

    private final Argument<List<String>> hostKeys = Argument.option(HOST_KEY)
            .help("SSH: believe this key, too, such as SHA256:uNiVztks...; may be given several times.")
            .takingEach("FINGERPRINT");

    private final Argument<Boolean> anyHostKey = Argument.option("--any-host-key")
            .help("SSH: believe any key. Whoever stands between can then read and change everything.")
            .alone();

    List<Argument<?>> all() {
        return List.of(identity, knownHosts, hostKeys, anyHostKey);
    }

    /**
     * A way into a host; it is not gone yet.
     *
     * @param target as OpenSSH takes it
     */
    SshShell shell(String target, Terminal terminal) {
        try {
            return SshShell.over(SshConfig.usual().access(target, SshSettings.of(hostKeys(terminal), keys(terminal))));
        } catch (SshConfigException e) {
            throw new FailedException(String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private SshKeys keys(Terminal terminal) {
        SshKeys usual = SshKeys.usual().unlockedBy(UNLOCKING);
        if (identity.value().isEmpty()) {
            return usual;
        }
        Path file = terminal.resolve(identity.value().get());
        if (!Files.isReadable(file)) {
            throw new UsageException(IDENTITY + ": " + file + " cannot be read");
        }
        Optional<String> passphrase = Optional.ofNullable(terminal.environment().get(PASSPHRASE));
        return passphrase.isPresent() ? usual.withFile(file, passphrase.get()::toCharArray) : usual.withFile(file);
    }

    HostKeys hostKeys(Terminal terminal) {
        if (anyHostKey.isGiven()) {
            if (hostKeys.isGiven() || knownHosts.isGiven()) {
                throw new UsageException("--any-host-key believes every key, the others only some; choose one");
            }
            return HostKeys.acceptingAnyAsAskedFor(taken -> terminal.err()
                    .println("WARNING: nobody knows whether " + taken.target() + " is the right host: its "
                            + taken.type() + " key " + taken.fingerprint() + " was not checked, as you asked"));
        }
        HostKeys known = knownHosts
                .value()
                .map(file -> HostKeys.in(terminal.resolve(file)))
                .orElseGet(HostKeys::known);
        return known.orPinned(hostKeys.value().orElse(List.of()).toArray(String[]::new))
                .pinnedByOption(HOST_KEY);
    }
}
