package dev.upkeep.remediation.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import org.junit.jupiter.api.Test;

/** What somebody is told to do about a host that is not known. */
class HostKeyCheckTest {
    private static final SshTarget TARGET = SshTarget.parse("ann@www1:2222");
    private static final Path FILE = Path.of("/no/hosts");
    private static final String SSH = "ssh -p 2222 ann@www1";

    private final PublicKey key;

    HostKeyCheckTest() throws GeneralSecurityException {
        key = KeyPairGenerator.getInstance("RSA").generateKeyPair().getPublic();
    }

    private String refusal(HostKeys trusted) {
        HostKeyCheck check = new HostKeyCheck(TARGET, trusted);

        assertThat(check.verify("www1", 2222, key)).isFalse();
        return check.refusal().orElseThrow();
    }

    @Test
    void theFileThatIsLookedIntoIsTheOneToTakeItInto() {
        assertThat(refusal(HostKeys.in(FILE)))
                .endsWith("If it is the same, pin it, or take it into /no/hosts with: "
                        + "ssh -o 'UserKnownHostsFile=/no/hosts' -p 2222 ann@www1");
    }

    @Test
    void theUsualFileNeedsNoOption() {
        Path usual = HostKeys.known().files().get(0);

        assertThat(refusal(HostKeys.in(usual, FILE))).endsWith("take it into " + usual + " with: " + SSH);
    }

    @Test
    void theOptionThatPinsIsNamedWithTheFingerprint() {
        assertThat(refusal(HostKeys.in(FILE).pinnedByOption("--host-key")))
                .contains("If it is the same, believe it with --host-key " + Fingerprint.of(key) + ", or take it into");
    }

    @Test
    void whereNoFileIsLookedIntoNoneIsNamed() {
        assertThat(refusal(HostKeys.pinned("SHA256:uNiVztksCsDhcc0u9e8BrrQXVUpKZIDTMczCvj3tD2s")))
                .endsWith("If it is the same, pin it");
    }
}
