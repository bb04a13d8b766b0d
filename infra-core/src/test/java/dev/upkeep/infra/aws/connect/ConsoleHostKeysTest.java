package dev.upkeep.infra.aws.connect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConsoleHostKeysTest {

    private static final String ED25519 = "SHA256:uNiVztksCsDhcc0u9e8BrrQXVUpKZIDTMczCvj3tD2s";
    private static final String ECDSA = "SHA256:p2QAMXNIC1TJYWeIOttrVc98/R1BUFWu3/LiyKgUfQM";

    @Test
    void whatCloudInitWritesIsTaken() {
        assertThat(ConsoleHostKeys.in("""
            Nov 28 10:00:00 cloud-init[1650]: #############################################################
            ec2: -----BEGIN SSH HOST KEY FINGERPRINTS-----
            <14>Nov 28 10:00:00 ec2: 256 %s root@ip-10-20-0-7 (ECDSA)
            <14>Nov 28 10:00:00 ec2: 256 %s root@ip-10-20-0-7 (ED25519)
            ec2: -----END SSH HOST KEY FINGERPRINTS-----
            """.formatted(ECDSA, ED25519))).containsExactly(ECDSA, ED25519);
    }

    @Test
    void whatStandsElsewhereIsNot() {
        assertThat(ConsoleHostKeys.in("ci-info: | ssh-ed25519 | " + ED25519 + " | admin |"))
                .isEmpty();
        assertThat(ConsoleHostKeys.in("-----BEGIN SSH HOST KEY FINGERPRINTS-----\n256 " + ED25519 + " (ED25519)"))
                .as("cut in the middle")
                .isEmpty();
        assertThat(ConsoleHostKeys.in("")).isEmpty();
    }
}
