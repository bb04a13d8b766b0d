package dev.upkeep.remediation.ssh;

import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/** Gives SSHJ a socket that is connected already, which it then leaves as it is. */
final class ConnectedSocket extends SocketFactory {
    private final Socket socket;

    ConnectedSocket(Socket socket) {
        this.socket = socket;
    }

    @Override
    public Socket createSocket() {
        return socket;
    }

    @Override
    public Socket createSocket(String host, int port) {
        return socket;
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        return socket;
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        return socket;
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
        return socket;
    }
}
