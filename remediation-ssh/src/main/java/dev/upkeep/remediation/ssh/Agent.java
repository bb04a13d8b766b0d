package dev.upkeep.remediation.ssh;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.schmizz.sshj.common.Buffer;

/**
 * A connection to the ssh-agent (<a href="https://datatracker.ietf.org/doc/html/draft-miller-ssh-agent">draft-miller-ssh-agent</a>), which signs without
 * giving keys away. Closing it ends what waits for it, on whatever thread.
 */
final class Agent implements Closeable {
    private static final byte REQUEST_IDENTITIES = 11;
    private static final byte IDENTITIES_ANSWER = 12;
    private static final byte SIGN_REQUEST = 13;
    private static final byte SIGN_RESPONSE = 14;
    private static final int RSA_SHA2_512 = 4;
    private static final int MOST_IDENTITIES = 2048;

    /** As OpenSSH. */
    private static final int LARGEST_ANSWER = 256 * 1024;

    private final Path socket;
    private final SocketChannel channel;

    private Agent(Path socket, SocketChannel channel) {
        this.socket = socket;
        this.channel = channel;
    }

    static Agent at(Path socket) throws IOException {
        return new Agent(socket, SocketChannel.open(UnixDomainSocketAddress.of(socket)));
    }

    /** The keys that it holds. */
    List<Identity> identities() throws IOException {
        Buffer.PlainBuffer answer =
                ask(new Buffer.PlainBuffer().putByte(REQUEST_IDENTITIES).getCompactData(), IDENTITIES_ANSWER);
        long count = answer.readUInt32();
        if (count > MOST_IDENTITIES) {
            throw new IOException("the agent at " + socket + " says that it has " + count + " keys");
        }
        List<Identity> identities = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            byte[] blob = answer.readBytes();
            String comment = answer.readString();
            identities.add(
                    new Held(blob, new Buffer.PlainBuffer(blob).readString(), "the agent's " + PlainText.of(comment)));
        }
        return identities;
    }

    private synchronized Buffer.PlainBuffer ask(byte[] question, byte expected) throws IOException {
        write(ByteBuffer.allocate(Integer.BYTES + question.length)
                .putInt(question.length)
                .put(question)
                .flip());
        int length = read(Integer.BYTES).getInt();
        if (length < 1 || length > LARGEST_ANSWER) {
            throw new IOException("the agent at " + socket + " announced an answer of " + length + " bytes");
        }
        ByteBuffer answer = read(length);
        if (answer.get() != expected) {
            throw new IOException("the agent at " + socket + " refused");
        }
        byte[] rest = new byte[length - 1];
        answer.get(rest);
        return new Buffer.PlainBuffer(rest);
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private ByteBuffer read(int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                throw new EOFException("the agent at " + socket + " hung up");
            }
        }
        return bytes.flip();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** A key that the agent holds. Its own type need not be known to us. */
    private final class Held implements Identity {
        private final byte[] blob;
        private final String type;
        private final String source;

        Held(byte[] blob, String type, String source) {
            this.blob = blob;
            this.type = type;
            this.source = source;
        }

        @Override
        public String source() {
            return source;
        }

        @Override
        public String algorithm() {
            return switch (type) {
                case "ssh-rsa" -> "rsa-sha2-512";
                case "ssh-rsa-cert-v01@openssh.com" -> "rsa-sha2-512-cert-v01@openssh.com";
                default -> type;
            };
        }

        @Override
        public byte[] publicBlob() {
            return blob.clone();
        }

        @Override
        public byte[] sign(byte[] data) throws IOException {
            byte[] question = new Buffer.PlainBuffer()
                    .putByte(SIGN_REQUEST)
                    .putBytes(blob)
                    .putBytes(data)
                    .putUInt32(type.startsWith("ssh-rsa") ? RSA_SHA2_512 : 0)
                    .getCompactData();
            return ask(question, SIGN_RESPONSE).readBytes();
        }

        @Override
        public String toString() {
            return source + " (" + fingerprint() + ")";
        }
    }
}
