package dev.upkeep.checker.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.upkeep.checker.check.PemFiles;
import dev.upkeep.checker.check.TlsSettings;
import dev.upkeep.checker.verdict.Reason;
import java.net.Socket;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The files hold what the server sends, and at their end the authority that is trusted; all but that which is said is well until 2079. */
class TrustTest {
    private static final String ALGORITHM = "ECDHE_ECDSA";

    private static List<X509Certificate> chain(String file) throws Exception {
        return PemFiles.certificates(
                Path.of(TrustTest.class.getResource(file + ".pem").toURI()));
    }

    private static Trust trust(List<X509Certificate> chain) {
        TlsSettings settings = TlsSettings.builder()
                .extraAuthorities(List.of(chain.get(chain.size() - 1)))
                .build();
        return new Trust(settings, InstantSource.system());
    }

    private static X509Certificate[] presented(List<X509Certificate> chain) {
        return chain.subList(0, chain.size() - 1).toArray(X509Certificate[]::new);
    }

    private static RefusedCertificate refused(String file) throws Exception {
        List<X509Certificate> chain = chain(file);
        return catchThrowableOfType(
                RefusedCertificate.class, () -> trust(chain).verify(presented(chain), ALGORITHM, new Socket()));
    }

    @Test
    void namesTheCertificateThatHasExpiredAndNotTheServersOwn() throws Exception {
        RefusedCertificate refused = refused("expired-middle");

        assertThat(refused.reason()).isEqualTo(Reason.CERTIFICATE_EXPIRED);
        assertThat(refused)
                .hasMessage("the certificate of CN=Test middle, above that of CN=www.example.test, "
                        + "ended at 2021-01-01T00:00:00Z");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "->",
            value = {
                "wrong-purpose -> is not for TLS servers, only for TLS clients and mail (extended key usage)",
                "wrong-key-usage -> is not for TLS handshakes (key usage)",
                "name-constraint -> is for a name for which an authority above it may not vouch (name constraints)",
                "unknown-critical-extension -> has a critical extension that is not known here",
                "weak-key -> has a key of 512 bits for RSA, or a signature (SHA256withECDSA), that is too weak for Java",
                "path-length -> CN=Middle authority is that of an authority below one that may have none there "
                        + "(path length)",
                "no-authority -> CN=No authority is not that of an authority, and so vouches for nobody",
            })
    void saysWhyACertificateOfATrustedAuthorityMayNotBeUsed(String file, String words) throws Exception {
        RefusedCertificate refused = refused(file);

        assertThat(refused.reason()).isEqualTo(Reason.CERTIFICATE_UNSUITABLE);
        String own = "the certificate of CN=www.example.test ";
        assertThat(refused)
                .hasMessage(
                        words.startsWith("CN=")
                                ? "the certificate of "
                                        + words.replaceFirst(" is ", ", above that of CN=www.example.test, is ")
                                : own + words);
    }

    @Test
    void saysOfAnAuthorityThatIsNotKnownThatItIsNotTrusted() throws Exception {
        List<X509Certificate> chain = chain("wrong-purpose");
        Trust others = trust(chain("expired-middle"));

        RefusedCertificate refused = catchThrowableOfType(
                RefusedCertificate.class, () -> others.verify(presented(chain), ALGORITHM, new Socket()));

        assertThat(refused.reason()).isEqualTo(Reason.CERTIFICATE_UNTRUSTED);
    }

    /** The server sends its authority's certificate by an old root twice, and by the trusted one. */
    @Test
    void givesThePathThatWasVerifiedAndNoUnusedCrossSignature() throws Exception {
        List<X509Certificate> chain = chain("cross-signed");

        List<X509Certificate> path = trust(chain).verify(presented(chain), ALGORITHM, new Socket());

        assertThat(path).containsExactly(chain.get(0), chain.get(3));
    }

    @Test
    void givesTheCertificateItselfWhereItIsTheOneThatIsTrusted() throws Exception {
        X509Certificate own = chain("cross-signed").get(4);

        assertThat(trust(List.of(own)).verify(new X509Certificate[] {own}, ALGORITHM, new Socket()))
                .containsExactly(own);
    }

    @Test
    void findsThePathAgainForTheSameCertificates() throws Exception {
        List<X509Certificate> chain = chain("cross-signed");
        Trust trust = trust(chain);
        List<X509Certificate> first = trust.verify(presented(chain), ALGORITHM, new Socket());

        X509Certificate[] sentAgain = presented(chain("cross-signed"));
        List<X509Certificate> again = trust.verify(sentAgain, ALGORITHM, new Socket());

        assertThat(again).isEqualTo(first);
        assertThat(again.get(0)).isSameAs(sentAgain[0]);
    }

    @Test
    void refusesWhatHasExpiredSinceItWasVerified() throws Exception {
        List<X509Certificate> chain = chain("cross-signed");
        TlsSettings settings = TlsSettings.builder()
                .extraAuthorities(List.of(chain.get(chain.size() - 1)))
                .build();
        AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
        Trust trust = new Trust(settings, now::get);
        trust.verify(presented(chain), ALGORITHM, new Socket());
        now.set(chain.get(0).getNotAfter().toInstant().plusSeconds(1));

        RefusedCertificate refused = catchThrowableOfType(
                RefusedCertificate.class, () -> trust.verify(presented(chain), ALGORITHM, new Socket()));

        assertThat(refused.reason()).isEqualTo(Reason.CERTIFICATE_EXPIRED);
    }

    @Test
    void isNotLedToTrustByWhatItHasTrustedBefore() throws Exception {
        List<X509Certificate> chain = chain("cross-signed");
        Trust trust = trust(chain);
        trust.verify(presented(chain), ALGORITHM, new Socket());
        X509Certificate[] withoutItsMiddle = {chain.get(0)};

        RefusedCertificate refused = catchThrowableOfType(
                RefusedCertificate.class, () -> trust.verify(withoutItsMiddle, ALGORITHM, new Socket()));

        assertThat(refused.reason()).isEqualTo(Reason.CERTIFICATE_UNTRUSTED);
    }
}
