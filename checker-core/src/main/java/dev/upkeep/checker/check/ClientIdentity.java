package dev.upkeep.checker.check;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Our own certificate and its private key. Never prints the key. Immutable. */
public final class ClientIdentity {
    private static final Map<String, String> SIGNATURES =
            Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");

    private final List<X509Certificate> chain;
    private final PrivateKey key;

    private ClientIdentity(List<X509Certificate> chain, PrivateKey key) {
        this.chain = chain;
        this.key = key;
    }

    /**
     * An identity from its parts.
     *
     * @param chain our certificate first, then those above it
     * @param key the key of the first
     * @throws IllegalArgumentException if the chain is empty, or the key is not that of its first certificate; to find out, something is
     *     signed with it
     */
    public static ClientIdentity of(List<X509Certificate> chain, PrivateKey key) {
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("there is no certificate to go with the private key");
        }
        String certified = chain.get(0).getPublicKey().getAlgorithm();
        if (!certified.equals(key.getAlgorithm())) {
            throw new IllegalArgumentException("the client certificate is for a key of " + certified
                    + ", but the private key is one of " + key.getAlgorithm() + "; they do not belong together");
        }
        if (!isPair(chain.get(0).getPublicKey(), key)) {
            throw new IllegalArgumentException("the private key is not that of the client certificate of "
                    + chain.get(0).getSubjectX500Principal() + "; they do not belong together");
        }
        return new ClientIdentity(List.copyOf(chain), key);
    }

    /** Of algorithms that are not known here nothing is said: the handshake will tell. */
    private static boolean isPair(PublicKey certified, PrivateKey key) {
        String algorithm = SIGNATURES.get(key.getAlgorithm());
        if (algorithm == null) {
            return true;
        }
        try {
            byte[] text = "do they belong together?".getBytes(StandardCharsets.US_ASCII);
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(text);
            byte[] signed = signature.sign();
            signature.initVerify(certified);
            signature.update(text);
            return signature.verify(signed);
        } catch (GeneralSecurityException notPossible) {
            return false;
        }
    }

    /** Our certificate first, then those above it. */
    public List<X509Certificate> chain() {
        return chain;
    }

    /** The private key. */
    public PrivateKey key() {
        return key;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClientIdentity that && chain.equals(that.chain) && key.equals(that.key);
    }

    @Override
    public int hashCode() {
        return Objects.hash(chain);
    }

    @Override
    public String toString() {
        return "ClientIdentity[" + chain.get(0).getSubjectX500Principal() + ", key ***]";
    }
}
