package dev.upkeep.checker.check;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;

/** A certificate and its private key, with which we say who we are. Never prints the key. Immutable. */
public final class ClientIdentity {
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
     * @throws IllegalArgumentException if the chain is empty, or its first certificate and the key are not of one algorithm
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
        return new ClientIdentity(List.copyOf(chain), key);
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
