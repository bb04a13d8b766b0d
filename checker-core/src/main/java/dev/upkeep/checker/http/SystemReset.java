package dev.upkeep.checker.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/**
 * Knows a reset by the system's own words for it. A connection that is reset before Java has seen it open fails with an exception that has
 * no type of its own, and its text is in the language of the machine. So the text is not compared with one in English, but with what
 * this machine says of a connection over loopback that is reset on purpose; only such failures need it.
 */
final class SystemReset {
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private SystemReset() {}

    /** Whether the system said of this failure what it says of a reset. */
    static boolean isMeantBy(Throwable failure) {
        String message = failure.getMessage();
        return message != null && Provoked.TEXT.filter(message::equals).isPresent();
    }

    /** Loaded, and so provoked, when it is needed for the first time. */
    private static final class Provoked {
        static final Optional<String> TEXT = provoke();

        private static Optional<String> provoke() {
            try (ServerSocketChannel server = ServerSocketChannel.open()) {
                server.bind(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), 0));
                try (SocketChannel client = SocketChannel.open(server.getLocalAddress())) {
                    try (SocketChannel accepted = server.accept()) {
                        accepted.setOption(StandardSocketOptions.SO_LINGER, 0);
                    }
                    return textOfWriting(client);
                }
            } catch (IOException notToBeHad) {
                return Optional.empty();
            }
        }

        private static Optional<String> textOfWriting(SocketChannel reset) {
            try {
                reset.write(ByteBuffer.wrap(LOOPBACK));
                return Optional.empty();
            } catch (IOException itsWords) {
                return Optional.ofNullable(itsWords.getMessage());
            }
        }
    }
}
