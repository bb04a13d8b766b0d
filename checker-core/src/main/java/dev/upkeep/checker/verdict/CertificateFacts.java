package dev.upkeep.checker.verdict;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The server's certificate and the connection that it secured.
 *
 * @param subject distinguished name, RFC 2253
 * @param issuer distinguished name, RFC 2253
 * @param names the subject alternative names that are DNS names or addresses, the first {@value #MAXIMUM_NAMES} of them
 * @param notBefore start of the server's own certificate
 * @param notAfter end of the server's own certificate
 * @param presentedUntil the earliest end among all certificates that the server sent, needed or not
 * @param trustedUntil the earliest end on the path that was really used to trust it, without the authority's own root; the same as
 *     {@code notAfter} where trust was not asked for
 * @param sha256 fingerprint of the server's own certificate, as 64 hexadecimal digits in lower case
 * @param protocol such as {@code TLSv1.3}; {@code NONE} if the handshake did not end
 * @param cipherSuite such as {@code TLS_AES_128_GCM_SHA256}; {@code NONE} if the handshake did not end
 */
public record CertificateFacts(
        String subject,
        String issuer,
        List<String> names,
        Instant notBefore,
        Instant notAfter,
        Instant presentedUntil,
        Instant trustedUntil,
        String sha256,
        String protocol,
        String cipherSuite) {

    /** The most names that are kept. */
    public static final int MAXIMUM_NAMES = 100;

    /** The longest name or distinguished name, in characters. */
    public static final int MAXIMUM_NAME_LENGTH = 256;

    /** Copies the names; cuts what is too long or too much, and replaces control characters: a certificate is a stranger's text. */
    public CertificateFacts {
        subject = PlainText.of(subject, MAXIMUM_NAME_LENGTH);
        issuer = PlainText.of(issuer, MAXIMUM_NAME_LENGTH);
        names = names.stream()
                .limit(MAXIMUM_NAMES)
                .map(name -> PlainText.of(name, MAXIMUM_NAME_LENGTH))
                .toList();
    }

    /** From the start of the server's own certificate to its end. */
    public Duration life() {
        return Duration.between(notBefore, notAfter);
    }

    /**
     * How long the certificate will be trusted; negative if it is no longer.
     *
     * @param now by the wall clock
     */
    public Duration remaining(Instant now) {
        return Duration.between(now, trustedUntil);
    }
}
