package dev.upkeep.checker.http;

import dev.upkeep.checker.check.TlsSettings;
import dev.upkeep.checker.check.TlsSettings.Verification;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import javax.net.ssl.X509ExtendedTrustManager;

/** Decides whom to trust, by the settings of a check, and says why not. Safe for use by many threads. */
final class Trust {
    private final Verification verification;
    private final PathVerifier verifier;
    private final InstantSource clock;

    Trust(TlsSettings settings, InstantSource clock) {
        this.verification = settings.verification();
        this.verifier = new PathVerifier(settings.extraAuthorities());
        this.clock = clock;
    }

    boolean isVerified() {
        return verification == Verification.FULL;
    }

    X509ExtendedTrustManager authorities() {
        return verifier.authorities();
    }

    /**
     * Returns the path that was trusted.
     *
     * @throws RefusedCertificate if none was
     */
    List<X509Certificate> verify(X509Certificate[] chain, String keyExchange, Socket socket) throws RefusedCertificate {
        if (!isVerified()) {
            return List.of(chain[0]);
        }
        try {
            Instant now = clock.instant();
            List<X509Certificate> path = verifier.verify(chain, keyExchange, socket, now);
            // A certificate that is itself an authority's passes without a look at its dates.
            chain[0].checkValidity(Date.from(now));
            return path;
        } catch (CertificateException refused) {
            throw CertificateRefusals.of(chain, refused, clock.instant());
        }
    }
}
