package dev.upkeep.system.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.system.OpenSshServer;
import dev.upkeep.system.SshTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One command on a host over SSH, as somebody types it, against a real sshd. */
@Timeout(60)
class SshCommandSystemTest {
    private static final String USER = System.getProperty("user.name");

    @TempDir
    private Path home;

    private OpenSshServer server;

    @BeforeEach
    void start() throws IOException {
        server = OpenSshServer.start(Files.createDirectory(home.resolve("sshd")), List.of("ed25519"));
        Files.writeString(home.resolve("known"), server.knownAs("ed25519"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Program ssh(String known, Path identity, String... words) {
        List<String> all = new ArrayList<>(List.of("ssh", USER + "@127.0.0.1:" + server.port()));
        all.addAll(List.of("--known-hosts", known, "--identity", identity.toString()));
        all.addAll(List.of(words));
        return Upkeep.in(home, all.toArray(String[]::new)).without("SSH_AUTH_SOCK");
    }

    private Path key(String passphrase) {
        Path key = SshTool.generateKey(home.resolve("id"), "ed25519", passphrase);
        server.allow(key);
        return key;
    }

    @Test
    void anUnknownHostIsBelievedByItsFingerprintOrInTheFileThatWasNamed() {
        Path key = key("");
        Path mine = home.resolve("mine");

        assertThat(ssh("mine", key, "--", "true").run().with(255).err())
                .contains("believe it with --host-key " + server.fingerprint("ed25519") + ", or take it into " + mine
                        + " with: ssh -o 'UserKnownHostsFile=" + mine + "' -p " + server.port());
        ssh("mine", key, "--host-key", server.fingerprint("ed25519"), "--", "true")
                .run()
                .with(0);
    }

    @Test
    void anEncryptedKeyIsOpenedByThePassphraseOfTheEnvironment() {
        Path key = key("correct horse");

        assertThat(ssh("known", key, "--", "true").run().with(255).err())
                .contains(key + ": it is encrypted, and no passphrase was given: name it with --identity and set"
                        + " UPKEEP_SSH_PASSPHRASE in the environment");
        ssh("known", key, "--", "true")
                .with("UPKEEP_SSH_PASSPHRASE", "correct horse")
                .run()
                .with(0);
    }

    @Test
    void whatWasPrintedBeforeTheLimitIsGiven() {
        Path key = key("");

        Ended ended = ssh("known", key, "--within", "2s", "--", "sh", "-c", "echo begun; printf slow >&2; sleep 20")
                .run()
                .with(255);

        assertThat(ended.out()).isEqualTo("begun\n");
        assertThat(ended.err()).startsWith("slow\n").contains("for longer than 2000 ms and was told to end");
    }

    @Test
    void outputThatIsCutIsSaidToBe() {
        Path key = key("");

        Ended ended = ssh("known", key, "--", "sh", "-c", "head -c 10000001 /dev/zero | tr '\\0' x; printf slow >&2")
                .run()
                .with(0);

        assertThat(ended.out()).hasSize(10_000_000);
        assertThat(ended.err())
                .isEqualTo("slow%nupkeep: the output is cut: the command printed more than this way in brings back%n"
                        .formatted());
    }
}
