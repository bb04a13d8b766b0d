package dev.upkeep.checker.check;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads certificates and keys from PEM files (RFC 7468). */
public final class PemFiles {
    private static final Pattern PKCS8 =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final List<String> ALGORITHMS = List.of("EC", "RSA", "EdDSA");

    private PemFiles() {}

    /**
     * All certificates in a file.
     *
     * @return at least one, in the order of the file
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if it holds no certificate, or a broken one
     */
    public static List<X509Certificate> certificates(Path file) throws IOException {
        try {
            List<X509Certificate> certificates = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)))
                    .stream()
                    .map(X509Certificate.class::cast)
                    .toList();
            if (certificates.isEmpty()) {
                throw new IllegalArgumentException(file + " holds no certificate");
            }
            return certificates;
        } catch (CertificateException e) {
            throw new IllegalArgumentException(file + " holds no certificate in PEM form: " + e.getMessage(), e);
        }
    }

    /**
     * Our own certificate chain and its key.
     *
     * @param chain our certificate first
     * @param key not encrypted, in PKCS #8 form: the file says {@code BEGIN PRIVATE KEY}
     * @throws IOException if a file cannot be read
     * @throws IllegalArgumentException if a file holds something else, or the two do not belong together
     */
    public static ClientIdentity identity(Path chain, Path key) throws IOException {
        return ClientIdentity.of(certificates(chain), privateKey(key));
    }

    private static PrivateKey privateKey(Path file) throws IOException {
        Matcher matcher = PKCS8.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
        if (!matcher.find()) {
            throw new IllegalArgumentException(
                    file + " holds no unencrypted private key in PKCS #8 form (BEGIN PRIVATE KEY); "
                            + "convert it with: openssl pkcs8 -topk8 -nodes -in " + file + " -out key.pem");
        }
        PKCS8EncodedKeySpec spec =
                new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(matcher.group(1)));
        for (String algorithm : ALGORITHMS) {
            Optional<PrivateKey> key = decode(algorithm, spec);
            if (key.isPresent()) {
                return key.get();
            }
        }
        throw new IllegalArgumentException(file + " holds a private key that is none of " + ALGORITHMS);
    }

    /** The form does not say for which algorithm it is, so each is tried. */
    private static Optional<PrivateKey> decode(String algorithm, PKCS8EncodedKeySpec spec) {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(spec));
        } catch (GeneralSecurityException ofAnotherKind) {
            return Optional.empty();
        }
    }
}
