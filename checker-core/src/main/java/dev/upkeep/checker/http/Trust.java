package dev.upkeep.checker.http;

import dev.upkeep.checker.check.TlsSettings;
import dev.upkeep.checker.check.TlsSettings.Verification;
import dev.upkeep.checker.verdict.Reason;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/** Decides whom to trust, by the settings of a check, and says why not. Safe for use by many threads. */
final class Trust {
    private final Verification verification;
    private final X509ExtendedTrustManager authorities;
    private final Set<X500Principal> authorityNames = new HashSet<>();
    private final InstantSource clock;

    Trust(TlsSettings settings, InstantSource clock) {
        this.verification = settings.verification();
        this.authorities = authorities(settings.extraAuthorities());
        this.clock = clock;
        for (X509Certificate authority : authorities.getAcceptedIssuers()) {
            authorityNames.add(authority.getSubjectX500Principal());
        }
    }

    boolean isVerified() {
        return verification == Verification.FULL;
    }

    X509ExtendedTrustManager authorities() {
        return authorities;
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
            authorities.checkServerTrusted(chain, keyExchange, socket);
            // A certificate that is itself an authority's passes without a look at its dates.
            chain[0].checkValidity(Date.from(clock.instant()));
            return path(chain);
        } catch (CertificateException refused) {
            throw refusal(chain, refused);
        }
    }

    /** By names alone: the signatures have just been verified. Stops at the first authority, so that no unused cross-signature counts. */
    private List<X509Certificate> path(X509Certificate[] chain) {
        List<X509Certificate> path = new ArrayList<>();
        X509Certificate next = chain[0];
        while (next != null && !path.contains(next)) {
            path.add(next);
            next = authorityNames.contains(next.getIssuerX500Principal()) ? null : issuer(next, chain);
        }
        return path;
    }

    private static @Nullable X509Certificate issuer(X509Certificate certificate, X509Certificate[] chain) {
        return Arrays.stream(chain)
                .filter(other -> other.getSubjectX500Principal().equals(certificate.getIssuerX500Principal()))
                .findFirst()
                .orElse(null);
    }

    private RefusedCertificate refusal(X509Certificate[] chain, CertificateException refused) {
        for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateExpiredException) {
                return new RefusedCertificate(Reason.CERTIFICATE_EXPIRED, expired(chain), refused);
            }
            if (cause instanceof CertificateNotYetValidException) {
                return new RefusedCertificate(Reason.CERTIFICATE_NOT_YET_VALID, notYetValid(chain), refused);
            }
        }
        return new RefusedCertificate(Reason.CERTIFICATE_UNTRUSTED, untrusted(chain[0]), refused);
    }

    private String expired(X509Certificate[] chain) {
        Instant now = clock.instant();
        return first(chain, certificate -> certificate.getNotAfter().toInstant().isBefore(now))
                .map(it -> name(it, chain) + " ended at " + it.getNotAfter().toInstant())
                .orElse("a certificate above that of " + name(chain[0]) + " is past its end");
    }

    private String notYetValid(X509Certificate[] chain) {
        Instant now = clock.instant();
        return first(
                        chain,
                        certificate -> certificate.getNotBefore().toInstant().isAfter(now))
                .map(it -> name(it, chain) + " begins at " + it.getNotBefore().toInstant())
                .orElse("a certificate above that of " + name(chain[0]) + " is not valid yet");
    }

    private static String untrusted(X509Certificate own) {
        boolean selfSigned = own.getSubjectX500Principal().equals(own.getIssuerX500Principal());
        return selfSigned
                ? "the certificate of " + name(own) + " is self-signed"
                : "no trusted authority vouches for the certificate of " + name(own) + ", issued by "
                        + own.getIssuerX500Principal().getName();
    }

    private static Optional<X509Certificate> first(X509Certificate[] chain, Predicate<X509Certificate> isBad) {
        return Arrays.stream(chain).filter(isBad).findFirst();
    }

    /** Says of one above the server's own that it is: renewing the server's own would not help. */
    private static String name(X509Certificate certificate, X509Certificate[] chain) {
        String its = "the certificate of " + name(certificate);
        return certificate.equals(chain[0]) ? its : its + ", above that of " + name(chain[0]) + ",";
    }

    private static String name(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }

    private static X509ExtendedTrustManager authorities(List<X509Certificate> extra) {
        try {
            X509ExtendedTrustManager system = trustManager(null);
            if (extra.isEmpty()) {
                return system;
            }
            KeyStore both = KeyStore.getInstance(KeyStore.getDefaultType());
            both.load(null, null);
            int number = 0;
            for (X509Certificate authority : system.getAcceptedIssuers()) {
                both.setCertificateEntry("system-" + number++, authority);
            }
            for (X509Certificate authority : extra) {
                both.setCertificateEntry("extra-" + number++, authority);
            }
            return trustManager(both);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("this Java runtime cannot verify certificates: " + e.getMessage(), e);
        }
    }

    private static X509ExtendedTrustManager trustManager(@Nullable KeyStore authorities)
            throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(authorities);
        return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
    }
}
