package dev.upkeep.checker.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;

/**
 * A socket that dials one fixed address, wherever it is told to connect to, whose reads never outlast the current phase, and over which
 * never more comes than a reply may have. Notes what the attempt leaves behind.
 */
final class PhasedSocket extends ChannelSocket {
    private final InetSocketAddress address;
    private final Traces traces;
    private final OpenSockets open;

    PhasedSocket(InetSocketAddress address, Traces traces, OpenSockets open) throws IOException {
        this.address = address;
        this.traces = traces;
        this.open = open;
    }

    Handshakes handshakes() {
        return traces.handshakes();
    }

    @Override
    public void connect(SocketAddress ignored, int timeout) throws IOException {
        traces.phases().enter(Phase.CONNECT);
        open.add(this);
        try {
            super.connect(address, traces.phases().remainingMillis());
        } catch (SocketTimeoutException late) {
            throw traces.phases().timeout();
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
            PhaseClock phases = traces.phases();
            if (!phases.isRunning()) {
                // OkHttp reads on for up to a tenth of a second when a reply is closed before its end.
                throw new SocketException("nothing more is wanted");
            }
            setSoTimeout(phases.remainingMillis());
            try {
                int count = super.read(buffer, offset, length);
                traces.conversation().heard(buffer, offset, Math.max(0, count), phases.current());
                return count;
            } catch (SocketTimeoutException late) {
                throw phases.timeout();
            }
        }
    }
}
