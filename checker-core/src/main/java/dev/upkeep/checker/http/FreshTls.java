package dev.upkeep.checker.http;

import dev.upkeep.checker.check.ClientIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Puts TLS over a socket, each time with a context of its own: the sessions of one context are resumed, and then no certificate would be
 * shown.
 */
final class FreshTls extends SSLSocketFactory {
    private final Trust trust;
    private final @Nullable ClientIdentity identity;
    private final SecureRandom random = new SecureRandom();
    private final SSLSocketFactory defaults;

    FreshTls(Trust trust, @Nullable ClientIdentity identity) {
        this.trust = trust;
        this.identity = identity;
        this.defaults = context(new Handshakes()).getSocketFactory();
    }

    @Override
    public Socket createSocket(Socket socket, String host, int port, boolean autoClose) throws IOException {
        Handshakes handshakes = ((PhasedSocket) socket).handshakes();
        Socket secured = context(handshakes).getSocketFactory().createSocket(socket, host, port, autoClose);
        if (secured instanceof SSLSocket tls) {
            nameServer(tls, host);
        }
        return secured;
    }

    /**
     * Sends the server name (RFC 6066, section 3) for names that Java sends none for by itself: those of one label, and those with the dot
     * of the root at their end.
     */
    private static void nameServer(SSLSocket socket, String host) {
        boolean rooted = host.endsWith(".");
        String name = rooted ? host.substring(0, host.length() - 1) : host;
        boolean sentByJava = !rooted && name.indexOf('.') > 0;
        if (!sentByJava && !Lookup.isAddress(name)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName(name)));
            socket.setSSLParameters(parameters);
        }
    }

    private SSLContext context(Handshakes handshakes) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    new KeyManager[] {new NotingKeyManager(identity, handshakes)},
                    new TrustManager[] {new NotingTrustManager(trust, handshakes)},
                    random);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no TLS: " + e.getMessage(), e);
        }
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return defaults.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return defaults.getSupportedCipherSuites();
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw onlyLayered();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) {
        throw onlyLayered();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw onlyLayered();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
        throw onlyLayered();
    }

    private static UnsupportedOperationException onlyLayered() {
        return new UnsupportedOperationException("TLS is only put over sockets that are connected");
    }
}
