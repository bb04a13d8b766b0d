package dev.upkeep.checker.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;

/**
 * A socket that dials one fixed address, wherever it is told to connect to, and whose reads never outlast the current phase. Remembers
 * what the handshake over it has shown.
 */
final class PhasedSocket extends Socket {
    private final InetSocketAddress address;
    private final PhaseClock phases;
    private final Handshakes handshakes;
    private final OpenSockets open;

    PhasedSocket(InetSocketAddress address, PhaseClock phases, Handshakes handshakes, OpenSockets open) {
        // Else Java asks its system properties for a SOCKS proxy, at some cost, and would use one.
        super(Proxy.NO_PROXY);
        this.address = address;
        this.phases = phases;
        this.handshakes = handshakes;
        this.open = open;
    }

    Handshakes handshakes() {
        return handshakes;
    }

    @Override
    public void connect(SocketAddress ignored, int timeout) throws IOException {
        phases.enter(Phase.CONNECT);
        open.add(this);
        try {
            super.connect(address, phases.remainingMillis());
        } catch (SocketTimeoutException late) {
            throw phases.timeout();
        }
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new PhasedInput(super.getInputStream());
    }

    @Override
    public synchronized void close() throws IOException {
        open.remove(this);
        super.close();
    }

    /** Before each read the time left is set anew: dripping bytes do not extend it. */
    private final class PhasedInput extends FilterInputStream {
        PhasedInput(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            setSoTimeout(phases.remainingMillis());
            try {
                return super.read(buffer, offset, length);
            } catch (SocketTimeoutException late) {
                throw phases.timeout();
            }
        }
    }
}
