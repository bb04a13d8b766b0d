package dev.upkeep.infra.local.haproxy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** Speaks to HAProxy's runtime interface: one command per connection, an answer until the other side closes. */
final class RuntimeSocket {

    /** What fits into sun_path on every Unix, in bytes: 104 with the closing zero. */
    static final int LONGEST_PATH = 103;

    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final Path socket;

    RuntimeSocket(Path socket) {
        this.socket = socket;
    }

    static boolean fits(Path socket) {
        return socket.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST_PATH;
    }

    /** A stopped HAProxy takes the connection and never answers, so every step is bounded. */
    String ask(String command) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
                Selector selector = Selector.open()) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.write(ByteBuffer.wrap((command + "\n").getBytes(StandardCharsets.UTF_8)));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
            return readAll(channel, selector);
        }
    }

    private static String readAll(SocketChannel channel, Selector selector) throws IOException {
        StringBuilder answer = new StringBuilder();
        ByteBuffer chunk = ByteBuffer.allocate(8192);
        while (true) {
            selector.select(LIMIT.toMillis());
            if (selector.selectedKeys().isEmpty()) {
                throw new IOException("no answer within " + LIMIT.toSeconds() + " s");
            }
            selector.selectedKeys().clear();
            if (channel.read(chunk.clear()) < 0) {
                return answer.toString();
            }
            answer.append(StandardCharsets.UTF_8.decode(chunk.flip()));
        }
    }
}
