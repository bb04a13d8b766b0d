package dev.upkeep.checker.http;

import dev.upkeep.checker.verdict.Reason;
import java.security.PublicKey;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.PKIXReason;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Says why a certificate is refused, by the types of what Java throws and by the certificates themselves. */
final class CertificateRefusals {
    /** What is wrong with a certificate, said of the one with which Java found fault. */
    private static final Map<CertPathValidatorException.Reason, String> FAULTS = Map.of(
            PKIXReason.INVALID_NAME,
            "is for a name for which an authority above it may not vouch (name constraints)",
            PKIXReason.PATH_TOO_LONG,
            "is that of an authority below one that may have none there (path length)",
            PKIXReason.NOT_CA_CERT,
            "is not that of an authority, and so vouches for nobody",
            PKIXReason.INVALID_KEY_USAGE,
            "may not be used to vouch for others (key usage)",
            PKIXReason.INVALID_POLICY,
            "breaks a policy of an authority above it",
            PKIXReason.UNRECOGNIZED_CRIT_EXT,
            "has a critical extension that is not known here",
            BasicReason.REVOKED,
            "has been revoked");

    private final X509Certificate[] chain;
    private final CertificateException refused;
    private final Instant now;

    private CertificateRefusals(X509Certificate[] chain, CertificateException refused, Instant now) {
        this.chain = chain;
        this.refused = refused;
        this.now = now;
    }

    /**
     * The reason and the words.
     *
     * @param chain as the server sent it
     * @param now by the wall clock
     */
    static RefusedCertificate of(X509Certificate[] chain, CertificateException refused, Instant now) {
        return new CertificateRefusals(chain, refused, now).refusal();
    }

    private RefusedCertificate refusal() {
        if (Failures.cause(refused, CertificateExpiredException.class).isPresent()) {
            return refusal(Reason.CERTIFICATE_EXPIRED, expired());
        }
        if (Failures.cause(refused, CertificateNotYetValidException.class).isPresent()) {
            return refusal(Reason.CERTIFICATE_NOT_YET_VALID, notYetValid());
        }
        Optional<CertPathValidatorException> invalid = Failures.cause(refused, CertPathValidatorException.class);
        Optional<String> fault = invalid.isPresent() ? fault(invalid.get()) : wrongPurpose();
        return fault.map(words -> refusal(Reason.CERTIFICATE_UNSUITABLE, words))
                .orElseGet(() -> refusal(Reason.CERTIFICATE_UNTRUSTED, untrusted()));
    }

    private RefusedCertificate refusal(Reason reason, String words) {
        return new RefusedCertificate(reason, words, refused);
    }

    private Optional<String> fault(CertPathValidatorException invalid) {
        X509Certificate certificate = at(invalid);
        if (invalid.getReason() == BasicReason.ALGORITHM_CONSTRAINED) {
            return Optional.of(certificateOf(certificate) + " has " + key(certificate.getPublicKey())
                    + ", or a signature (" + certificate.getSigAlgName() + "), that is too weak for Java");
        }
        return Optional.ofNullable(FAULTS.get(invalid.getReason()))
                .map(fault -> certificateOf(certificate) + " " + fault);
    }

    private static String key(PublicKey key) {
        return key instanceof RSAKey rsa
                ? "a key of " + rsa.getModulus().bitLength() + " bits for RSA"
                : "a key for " + key.getAlgorithm();
    }

    /** The certificate with which Java found fault; the server's own where it does not say. */
    private X509Certificate at(CertPathValidatorException invalid) {
        int index = invalid.getIndex();
        return index >= 0 && invalid.getCertPath() != null
                ? (X509Certificate) invalid.getCertPath().getCertificates().get(index)
                : chain[0];
    }

    /** What a certificate may be used for is looked at last, when its path is found good; there is no type of exception for it. */
    private Optional<String> wrongPurpose() {
        return Failures.cause(refused, CertPathBuilderException.class).isPresent()
                ? Optional.empty()
                : CertificateUses.otherThanServers(chain[0]).map(uses -> certificateOf(chain[0]) + " " + uses);
    }

    private String expired() {
        return first(certificate -> certificate.getNotAfter().toInstant().isBefore(now))
                .map(it -> certificateOf(it) + " ended at " + it.getNotAfter().toInstant())
                .orElse("a certificate above that of " + name(chain[0]) + " is past its end");
    }

    private String notYetValid() {
        return first(certificate -> certificate.getNotBefore().toInstant().isAfter(now))
                .map(it -> certificateOf(it) + " begins at " + it.getNotBefore().toInstant())
                .orElse("a certificate above that of " + name(chain[0]) + " is not valid yet");
    }

    private String untrusted() {
        X509Certificate own = chain[0];
        boolean selfSigned = own.getSubjectX500Principal().equals(own.getIssuerX500Principal());
        return selfSigned
                ? "the certificate of " + name(own) + " is self-signed"
                : "no trusted authority vouches for the certificate of " + name(own) + ", issued by "
                        + own.getIssuerX500Principal().getName();
    }

    private Optional<X509Certificate> first(Predicate<X509Certificate> isBad) {
        return Arrays.stream(chain).filter(isBad).findFirst();
    }

    /** Says of one above the server's own that it is: renewing the server's own would not help. */
    private String certificateOf(X509Certificate certificate) {
        String its = "the certificate of " + name(certificate);
        return certificate.equals(chain[0]) ? its : its + ", above that of " + name(chain[0]) + ",";
    }

    private static String name(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }
}
