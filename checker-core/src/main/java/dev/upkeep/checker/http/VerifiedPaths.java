package dev.upkeep.checker.http;

import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/**
 * The paths that were verified last, for one set of authorities. What a server sends again, byte for byte and under the same name, has
 * the same path: only its dates have to be looked at again. A path is kept as places in what was sent, so an entry is small. Safe for use
 * by many threads.
 */
final class VerifiedPaths {
    static final int MAXIMUM = 10_000;
    private static final float LOAD_FACTOR = 0.75f;

    private final Map<Question, int[]> places = Collections.synchronizedMap(new LinkedHashMap<>(16, LOAD_FACTOR, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Question, int[]> eldest) {
            return size() > MAXIMUM;
        }
    });

    /** All that a verification depends on, but the time: which certificates, for which name, and how they are going to be used. */
    record Question(ByteBuffer certificates, String host, String protocol, String keyExchange) {}

    static Question question(X509Certificate[] chain, String keyExchange, Socket socket)
            throws CertificateEncodingException {
        ByteBuffer digest = ByteBuffer.wrap(digest(chain));
        if (socket instanceof SSLSocket tls) {
            SSLSession session = tls.getHandshakeSession();
            return new Question(digest, String.valueOf(session.getPeerHost()), session.getProtocol(), keyExchange);
        }
        return new Question(digest, "", "", keyExchange);
    }

    private static byte[] digest(X509Certificate[] chain) throws CertificateEncodingException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (X509Certificate certificate : chain) {
                digest.update(certificate.getEncoded());
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    /** The path that was verified for the same question before. */
    Optional<List<X509Certificate>> find(Question question, X509Certificate[] chain) {
        return Optional.ofNullable(places.get(question))
                .map(found ->
                        Arrays.stream(found).mapToObj(place -> chain[place]).toList());
    }

    /** A path with a certificate that was not sent is not kept. */
    void add(Question question, X509Certificate[] chain, List<X509Certificate> path) {
        List<X509Certificate> sent = List.of(chain);
        if (sent.containsAll(path)) {
            places.put(question, path.stream().mapToInt(sent::indexOf).toArray());
        }
    }

    int size() {
        return places.size();
    }
}
