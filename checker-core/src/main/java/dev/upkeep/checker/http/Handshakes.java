package dev.upkeep.checker.http;

import dev.upkeep.checker.verdict.CertificateFacts;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import okhttp3.Handshake;
import org.jspecify.annotations.Nullable;

/** What the handshakes of one attempt showed: kept also when they fail. Used by one thread. */
final class Handshakes {
    /** GeneralName tags of RFC 5280, section 4.2.1.6. */
    private static final int DNS_NAME = 2;

    private static final int IP_ADDRESS = 7;

    private List<X509Certificate> presented = List.of();
    private List<X509Certificate> path = List.of();
    private @Nullable Handshake handshake;
    private boolean askedForClientCertificate;
    private boolean showedClientCertificate;

    void presented(X509Certificate[] chain) {
        presented = List.copyOf(Arrays.asList(chain));
        path = presented.subList(0, Math.min(1, presented.size()));
        handshake = null;
        askedForClientCertificate = false;
        showedClientCertificate = false;
    }

    void trusted(List<X509Certificate> trustedPath) {
        path = trustedPath;
    }

    void completed(@Nullable Handshake done) {
        handshake = done;
    }

    void askedForClientCertificate(boolean shown) {
        askedForClientCertificate = true;
        showedClientCertificate |= shown;
    }

    boolean wasAskedForClientCertificate() {
        return askedForClientCertificate;
    }

    boolean hasShownClientCertificate() {
        return showedClientCertificate;
    }

    Optional<CertificateFacts> facts() {
        if (presented.isEmpty()) {
            return Optional.empty();
        }
        X509Certificate own = presented.get(0);
        Handshake done = handshake;
        return Optional.of(new CertificateFacts(
                own.getSubjectX500Principal().getName(),
                own.getIssuerX500Principal().getName(),
                names(own),
                own.getNotBefore().toInstant(),
                own.getNotAfter().toInstant(),
                earliestEnd(presented),
                earliestEnd(path),
                fingerprint(own),
                done == null ? "NONE" : done.tlsVersion().javaName(),
                done == null ? "NONE" : done.cipherSuite().javaName()));
    }

    private static Instant earliestEnd(List<X509Certificate> certificates) {
        return certificates.stream()
                .map(certificate -> certificate.getNotAfter().toInstant())
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
    }

    private static List<String> names(X509Certificate certificate) {
        List<String> names = new ArrayList<>();
        try {
            var alternatives = certificate.getSubjectAlternativeNames();
            for (List<?> name : alternatives == null ? List.<List<?>>of() : alternatives) {
                if (name.get(0).equals(DNS_NAME) || name.get(0).equals(IP_ADDRESS)) {
                    names.add(String.valueOf(name.get(1)));
                }
            }
        } catch (CertificateParsingException unreadable) {
            return List.of();
        }
        return names;
    }

    private static String fingerprint(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "every Java runtime has SHA-256, and the certificate was decoded before", e);
        }
    }
}
