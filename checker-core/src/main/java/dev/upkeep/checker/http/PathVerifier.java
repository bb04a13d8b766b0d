package dev.upkeep.checker.http;

import dev.upkeep.checker.http.VerifiedPaths.Question;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** Java's own verification of certificates, which also tells the path by which it trusted them. Safe for use by many threads. */
final class PathVerifier {
    // As Java's own trust manager has it.
    private final boolean asksForRevocation = Boolean.getBoolean("com.sun.net.ssl.checkRevocation");
    private final PathRecorder recorder = new PathRecorder();
    private final VerifiedPaths verified = new VerifiedPaths();
    private final X509ExtendedTrustManager authorities;

    /**
     * Trusts the authorities of the Java runtime, and others.
     *
     * @param extra the others
     */
    PathVerifier(List<X509Certificate> extra) {
        try {
            this.authorities = recording(anchors(extra));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime cannot verify certificates: " + e.getMessage(), e);
        }
    }

    X509ExtendedTrustManager authorities() {
        return authorities;
    }

    /**
     * Returns the path from the server's own certificate up, without the authority's own. Its dates are looked at each time, its
     * signatures once; where Java is told to ask for revocations, everything each time.
     */
    List<X509Certificate> verify(X509Certificate[] chain, String keyExchange, Socket socket, Instant now)
            throws CertificateException {
        if (asksForRevocation) {
            return build(chain, keyExchange, socket);
        }
        Question question = VerifiedPaths.question(chain, keyExchange, socket);
        Optional<List<X509Certificate>> known =
                verified.find(question, chain).filter(path -> isWithinItsDates(path, now));
        if (known.isPresent()) {
            return known.get();
        }
        List<X509Certificate> path = build(chain, keyExchange, socket);
        verified.add(question, chain, path);
        return path;
    }

    /** What is past its dates is verified anew: there may be another path, and if not, Java says what the matter is. */
    private static boolean isWithinItsDates(List<X509Certificate> path, Instant now) {
        return path.stream()
                .noneMatch(
                        certificate -> now.isBefore(certificate.getNotBefore().toInstant())
                                || now.isAfter(certificate.getNotAfter().toInstant()));
    }

    private List<X509Certificate> build(X509Certificate[] chain, String keyExchange, Socket socket)
            throws CertificateException {
        recorder.clear();
        try {
            authorities.checkServerTrusted(chain, keyExchange, socket);
            return upwards(chain[0]);
        } finally {
            recorder.clear();
        }
    }

    /** A certificate that is itself an authority's is trusted without a path. */
    private List<X509Certificate> upwards(X509Certificate own) {
        List<X509Certificate> path = new ArrayList<>(recorder.path());
        Collections.reverse(path);
        return path.isEmpty() ? List.of(own) : path;
    }

    private static Set<TrustAnchor> anchors(List<X509Certificate> extra) throws GeneralSecurityException {
        TrustManagerFactory factory = factory();
        factory.init((KeyStore) null);
        Set<TrustAnchor> anchors = new HashSet<>();
        for (X509Certificate authority : first(factory).getAcceptedIssuers()) {
            anchors.add(new TrustAnchor(authority, null));
        }
        for (X509Certificate authority : extra) {
            anchors.add(new TrustAnchor(authority, null));
        }
        return anchors;
    }

    private X509ExtendedTrustManager recording(Set<TrustAnchor> anchors) throws GeneralSecurityException {
        PKIXBuilderParameters parameters = parameters(anchors);
        parameters.setRevocationEnabled(asksForRevocation);
        parameters.addCertPathChecker(recorder);
        TrustManagerFactory factory = factory();
        factory.init(new CertPathTrustManagerParameters(parameters));
        return first(factory);
    }

    private static PKIXBuilderParameters parameters(Set<TrustAnchor> anchors) throws GeneralSecurityException {
        try {
            return new PKIXBuilderParameters(anchors, new X509CertSelector());
        } catch (InvalidAlgorithmParameterException nobodyIsTrusted) {
            throw new GeneralSecurityException("it trusts no authority at all", nobodyIsTrusted);
        }
    }

    private static TrustManagerFactory factory() throws GeneralSecurityException {
        return TrustManagerFactory.getInstance("PKIX");
    }

    private static X509ExtendedTrustManager first(TrustManagerFactory factory) {
        return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
    }
}
