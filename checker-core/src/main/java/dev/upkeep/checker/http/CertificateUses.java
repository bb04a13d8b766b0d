package dev.upkeep.checker.http;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a certificate may be used for (RFC 5280, sections 4.2.1.3 and 4.2.1.12). */
final class CertificateUses {
    private static final String ANY = "2.5.29.37.0";
    private static final String TLS_SERVERS = "1.3.6.1.5.5.7.3.1";

    private static final Map<String, String> NAMES = Map.of(
            "1.3.6.1.5.5.7.3.2", "TLS clients",
            "1.3.6.1.5.5.7.3.3", "signing code",
            "1.3.6.1.5.5.7.3.4", "mail",
            "1.3.6.1.5.5.7.3.8", "time stamps",
            "1.3.6.1.5.5.7.3.9", "signing OCSP responses");

    /** The bits of the key usage with which a server can prove in a handshake that it holds the key. */
    private static final int[] HANDSHAKE_USES = {0, 2, 4};

    private CertificateUses() {}

    /** What a certificate is for instead, in words to be put behind its name; empty if a TLS server may use it. */
    static Optional<String> otherThanServers(X509Certificate certificate) {
        List<String> purposes = purposes(certificate);
        if (!purposes.isEmpty() && !purposes.contains(TLS_SERVERS) && !purposes.contains(ANY)) {
            List<String> names = purposes.stream()
                    .map(purpose -> NAMES.getOrDefault(purpose, purpose))
                    .toList();
            return Optional.of(
                    "is not for TLS servers, only for " + String.join(" and ", names) + " (extended key usage)");
        }
        return mayShakeHands(certificate.getKeyUsage())
                ? Optional.empty()
                : Optional.of("is not for TLS handshakes (key usage)");
    }

    private static boolean mayShakeHands(boolean @Nullable [] keyUsage) {
        if (keyUsage == null) {
            return true;
        }
        boolean may = false;
        for (int use : HANDSHAKE_USES) {
            may |= keyUsage[use];
        }
        return may;
    }

    private static List<String> purposes(X509Certificate certificate) {
        try {
            List<String> purposes = certificate.getExtendedKeyUsage();
            return purposes == null ? List.of() : purposes;
        } catch (CertificateParsingException unreadable) {
            return List.of();
        }
    }
}
