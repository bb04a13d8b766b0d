package dev.upkeep.remediation.ssh;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Base64;
import net.schmizz.sshj.common.Buffer;

/** What a public key is compared by, in the form of OpenSSH: {@code SHA256:} and Base64. */
final class Fingerprint {
    static final String PREFIX = "SHA256:";

    private Fingerprint() {}

    static String of(PublicKey key) {
        return of(new Buffer.PlainBuffer().putPublicKey(key).getCompactData());
    }

    /** Of a key in the form in which it travels (RFC 4253, 6.6). */
    static String of(byte[] blob) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(blob);
            return PREFIX + Base64.getEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
