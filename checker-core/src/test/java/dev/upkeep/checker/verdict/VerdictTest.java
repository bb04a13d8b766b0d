package dev.upkeep.checker.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static final Evidence EVIDENCE =
            new Evidence(URI.create("http://shop.test/"), "1.0.6", Instant.EPOCH, Duration.ZERO, List.of());

    @Test
    void refusesAReasonThatLeadsToAnotherStatus() {
        assertThatThrownBy(() -> new Verdict.Down(EVIDENCE, Reason.NAME_LOOKUP_FAILED, ""))
                .hasMessage("NAME_LOOKUP_FAILED leads to UNKNOWN, not to DOWN");
        assertThatThrownBy(() -> new Verdict.Unknown(EVIDENCE, Reason.VERSION_DIFFERS, ""))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keepsOfACertificateOnlyPlainTextAndNotTooMuch() {
        CertificateFacts facts = new CertificateFacts(
                "CN=\u001b[2Jshop",
                "CN=" + "x".repeat(1000),
                Collections.nCopies(5000, "shop\n.test"),
                Instant.EPOCH,
                Instant.EPOCH,
                Instant.EPOCH,
                Instant.EPOCH,
                "",
                "NONE",
                "NONE");

        assertThat(facts.subject()).isEqualTo("CN=\uFFFD[2Jshop");
        assertThat(facts.issuer()).hasSize(CertificateFacts.MAXIMUM_NAME_LENGTH + "...".length());
        assertThat(facts.names()).hasSize(CertificateFacts.MAXIMUM_NAMES).containsOnly("shop\uFFFD.test");
    }
}
