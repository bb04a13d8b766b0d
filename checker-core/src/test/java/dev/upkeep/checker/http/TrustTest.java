package dev.upkeep.checker.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.upkeep.checker.check.PemFiles;
import dev.upkeep.checker.check.TlsSettings;
import dev.upkeep.checker.verdict.Reason;
import java.net.Socket;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrustTest {
    /** The server's own until 2079, its issuer until 2021, the root until 2079. */
    private final List<X509Certificate> chain;

    TrustTest() throws Exception {
        chain = PemFiles.certificates(
                Path.of(TrustTest.class.getResource("expired-middle.pem").toURI()));
    }

    @Test
    void namesTheCertificateThatHasExpiredAndNotTheServersOwn() {
        TlsSettings settings =
                TlsSettings.builder().extraAuthorities(chain.subList(2, 3)).build();
        Trust trust = new Trust(settings, InstantSource.system());
        X509Certificate[] presented = chain.subList(0, 2).toArray(X509Certificate[]::new);

        RefusedCertificate refused = catchThrowableOfType(
                RefusedCertificate.class, () -> trust.verify(presented, "ECDHE_ECDSA", new Socket()));

        assertThat(refused.reason()).isEqualTo(Reason.CERTIFICATE_EXPIRED);
        assertThat(refused)
                .hasMessage("the certificate of CN=Test middle, above that of CN=www.example.test, "
                        + "ended at 2021-01-01T00:00:00Z");
    }
}
