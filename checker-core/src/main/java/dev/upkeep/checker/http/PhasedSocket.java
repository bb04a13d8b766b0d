package dev.upkeep.checker.http;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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
    private final AttemptTrace trace;
    private final OpenSockets open;

    PhasedSocket(InetSocketAddress address, AttemptTrace trace, OpenSockets open) throws IOException {
        this.address = address;
        this.trace = trace;
        this.open = open;
    }

    Handshakes handshakes() {
        return trace.handshakes();
    }

    @Override
    public void connect(SocketAddress ignored, int timeout) throws IOException {
        trace.phases().enter(Phase.CONNECT);
        open.add(this);
        try {
            super.connect(address, trace.phases().remainingMillis());
        } catch (SocketTimeoutException late) {
            throw trace.phases().timeout();
        }
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new PhasedInput(super.getInputStream());
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new NotingOutput(super.getOutputStream());
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
            PhaseClock phases = trace.phases();
            if (!phases.isRunning()) {
                // OkHttp reads on for up to a tenth of a second when a reply is closed before its end.
                throw new SocketException("nothing more is wanted");
            }
            setSoTimeout(phases.remainingMillis());
            try {
                int count = super.read(buffer, offset, length);
                trace.connection().heard(buffer, offset, Math.max(0, count), phases.current());
                return count;
            } catch (SocketTimeoutException late) {
                throw phases.timeout();
            } catch (ProbeFailure known) {
                throw known;
            } catch (IOException broken) {
                trace.connection().broke();
                throw broken;
            }
        }
    }

    /** What is written to a connection that was reset fails with an exception that has no type of its own. */
    private final class NotingOutput extends FilterOutputStream {
        NotingOutput(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] buffer, int offset, int length) throws IOException {
            try {
                out.write(buffer, offset, length);
            } catch (IOException broken) {
                trace.connection().broke();
                throw broken;
            }
        }
    }
}
