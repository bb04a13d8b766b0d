package dev.upkeep.remediation.ssh;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.KeyType;

/**
 * A key of Ed25519 that was made here and is nowhere else: it is in no file, and gone with this program. For hosts that are told its public half before they
 * are gone into, such as by EC2 Instance Connect. Immutable, and safe for use by several threads.
 */
public final class FreshKey {

    private final KeyPair pair;

    private FreshKey(KeyPair pair) {
        this.pair = pair;
    }

    /**
     * Makes a key.
     *
     * @return a key that nobody knows yet
     */
    public static FreshKey make() {
        try {
            return new FreshKey(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java from 15 on makes keys of Ed25519", e);
        }
    }

    /**
     * The public half, as a line of {@code authorized_keys}.
     *
     * @return such as {@code ssh-ed25519 AAAAC3Nz...}, without a comment
     */
    public String publicLine() {
        byte[] blob = new Buffer.PlainBuffer().putPublicKey(pair.getPublic()).getCompactData();
        return KeyType.ED25519 + " " + Base64.getEncoder().encodeToString(blob);
    }

    KeyPair pair() {
        return pair;
    }

    /** The public half. */
    @Override
    public String toString() {
        return publicLine();
    }
}
