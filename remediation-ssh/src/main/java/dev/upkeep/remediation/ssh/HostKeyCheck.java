package dev.upkeep.remediation.ssh;

import dev.upkeep.remediation.shell.CommandLine;
import dev.upkeep.remediation.ssh.KnownHosts.Line;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.schmizz.sshj.common.KeyType;
import net.schmizz.sshj.transport.verification.HostKeyVerifier;
import org.jspecify.annotations.Nullable;

/** Looks at the key that a host shows when one connection is made to it, and keeps why it was refused. SSHJ asks it on its own thread. */
final class HostKeyCheck implements HostKeyVerifier {
    private static final String NOTHING_SENT = "Nothing was sent, no key or password either.";

    private final SshTarget target;
    private final HostKeys trusted;
    private final KnownHosts known;
    private volatile @Nullable String refusal;

    HostKeyCheck(SshTarget target, HostKeys trusted) {
        this.target = target;
        this.trusted = trusted;
        this.known = KnownHosts.read(trusted.files(), target.inKnownHosts());
    }

    /** Why the key was refused. */
    Optional<String> refusal() {
        return Optional.ofNullable(refusal);
    }

    @Override
    public boolean verify(String hostname, int port, PublicKey key) {
        String fingerprint = Fingerprint.of(key);
        if (trusted.takingAny().isPresent()) {
            trusted.takingAny()
                    .get()
                    .accept(new UnverifiedHostKey(target, KeyType.fromKey(key).toString(), fingerprint));
            return true;
        }
        refusal = judge(key, fingerprint).orElse(null);
        return refusal == null;
    }

    /** So that a host which is known by one key only shows that one. */
    @Override
    public List<String> findExistingAlgorithms(String hostname, int port) {
        return known.algorithms();
    }

    private Optional<String> judge(PublicKey key, String fingerprint) {
        Optional<Line> revoked =
                known.lines().stream().filter(line -> line.revokes(key)).findFirst();
        if (revoked.isPresent()) {
            return Optional.of(shown(key, fingerprint) + ", which " + revoked.get()
                    + " revokes: whoever has this key is not to be believed. " + NOTHING_SENT
                    + " Give the host new keys, and make them known.");
        }
        if (trusted.pins().contains(fingerprint)) {
            return Optional.empty();
        }
        List<Line> ofThisType = known.lines().stream()
                .filter(line -> !line.isRevoked() && line.isFor(key, target.inKnownHosts()))
                .toList();
        if (ofThisType.stream().anyMatch(line -> line.has(key))) {
            return Optional.empty();
        }
        return Optional.of(ofThisType.isEmpty() ? unknown(key, fingerprint) : changed(key, fingerprint, ofThisType));
    }

    private String shown(PublicKey key, String fingerprint) {
        return target + " shows the host key " + fingerprint + " (" + KeyType.fromKey(key) + ")";
    }

    private String unknown(PublicKey key, String fingerprint) {
        String others = known.types();
        return shown(key, fingerprint) + ", which is not known; looked in " + looked()
                + (others.isEmpty() ? "" : ". The host is known by other keys, which it did not show: " + others)
                + ". " + NOTHING_SENT
                + " Ask for the fingerprint on another way (on its console: ssh-keygen -lf "
                + file(key) + "). If it is the same, " + pin(fingerprint) + taking();
    }

    private String pin(String fingerprint) {
        return trusted.pinning().isEmpty() ? "pin it" : "believe it with " + trusted.pinning() + " " + fingerprint;
    }

    /** OpenSSH shows the fingerprint, too, and asks before it writes. */
    private String taking() {
        if (trusted.files().isEmpty()) {
            return "";
        }
        Path file = trusted.files().get(0);
        List<String> ssh = new ArrayList<>(List.of("ssh"));
        if (!file.equals(HostKeys.known().files().get(0))) {
            ssh.addAll(List.of("-o", "UserKnownHostsFile=" + file));
        }
        ssh.addAll(List.of("-p", Integer.toString(target.port()), target.user() + "@" + target.host()));
        return ", or take it into " + file + " with: " + new CommandLine(ssh);
    }

    private String changed(PublicKey key, String fingerprint, List<Line> others) {
        Line line = others.get(0);
        return shown(key, fingerprint) + ", but " + line + " has another one for it: either somebody stands between"
                + " and listens, or the host has a new key. " + NOTHING_SENT
                + " Ask for the fingerprint on another way (on its console: ssh-keygen -lf " + file(key)
                + "). Only if it is the same, remove the old key with: ssh-keygen -f " + line.file() + " -R '"
                + target.inKnownHosts() + "'; then make the new one known";
    }

    private String looked() {
        String files = trusted.files().isEmpty() ? "" : known.looked();
        String pins = trusted.pins().isEmpty() ? "" : "the pinned fingerprints " + String.join(", ", trusted.pins());
        return files.isEmpty() ? pins : pins.isEmpty() ? files : files + " and " + pins;
    }

    /** Where a host has such a key. */
    private static String file(PublicKey key) {
        String type = KeyType.fromKey(key).toString();
        String name = type.contains("ed25519") ? "ed25519" : type.contains("ecdsa") ? "ecdsa" : "rsa";
        return "/etc/ssh/ssh_host_" + name + "_key.pub";
    }
}
