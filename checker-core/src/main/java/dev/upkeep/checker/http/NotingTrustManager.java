package dev.upkeep.checker.http;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Notes for one attempt which certificates it was shown, and then lets {@link Trust} decide. */
final class NotingTrustManager extends X509ExtendedTrustManager {
    private final Trust trust;
    private final Handshakes handshakes;

    NotingTrustManager(Trust trust, Handshakes handshakes) {
        this.trust = trust;
        this.handshakes = handshakes;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) throws RefusedCertificate {
        handshakes.presented(chain);
        handshakes.trusted(trust.verify(chain, authType, socket));
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return trust.authorities().getAcceptedIssuers();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw onlySockets();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw onlySockets();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw onlySockets();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw onlySockets();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw onlySockets();
    }

    private static CertificateException onlySockets() {
        return new CertificateException("only servers are verified, and only over sockets");
    }
}
