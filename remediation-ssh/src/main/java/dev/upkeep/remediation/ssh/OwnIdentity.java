package dev.upkeep.remediation.ssh;

import com.hierynomus.sshj.key.KeyAlgorithm;
import com.hierynomus.sshj.key.KeyAlgorithms;
import java.io.IOException;
import java.security.KeyPair;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.KeyType;
import net.schmizz.sshj.common.SSHRuntimeException;
import net.schmizz.sshj.signature.Signature;

/** A key whose private half we have. */
final class OwnIdentity implements Identity {
    private final String source;
    private final KeyPair pair;
    private final KeyAlgorithm algorithm;

    private OwnIdentity(String source, KeyPair pair, KeyAlgorithm algorithm) {
        this.source = source;
        this.pair = pair;
        this.algorithm = algorithm;
    }

    static OwnIdentity of(String source, KeyPair pair) throws IOException {
        KeyType type = KeyType.fromKey(pair.getPublic());
        return new OwnIdentity(source, pair, algorithm(type));
    }

    private static KeyAlgorithm algorithm(KeyType type) throws IOException {
        return new SshjConfig()
                .getKeyAlgorithms().stream()
                        .filter(factory -> factory instanceof KeyAlgorithms.Factory known && known.getKeyType() == type)
                        .findFirst()
                        .orElseThrow(() -> new IOException("keys of the type " + type + " are not offered"))
                        .create();
    }

    @Override
    public String source() {
        return source;
    }

    @Override
    public String algorithm() {
        return algorithm.getKeyAlgorithm();
    }

    @Override
    public byte[] publicBlob() {
        return new Buffer.PlainBuffer().putPublicKey(pair.getPublic()).getCompactData();
    }

    @Override
    public byte[] sign(byte[] data) throws IOException {
        try {
            Signature signature = algorithm.newSignature();
            signature.initSign(pair.getPrivate());
            signature.update(data);
            return new Buffer.PlainBuffer()
                    .putString(signature.getSignatureName())
                    .putBytes(signature.encode(signature.sign()))
                    .getCompactData();
        } catch (SSHRuntimeException e) {
            throw new IOException(source + " cannot sign", e);
        }
    }

    @Override
    public String toString() {
        return source + " (" + fingerprint() + ")";
    }
}
