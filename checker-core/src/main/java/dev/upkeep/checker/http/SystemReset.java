package dev.upkeep.checker.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Knows a reset by the system's own words for it. A connection that is reset before Java has seen it open fails with an exception that has
 * no type of its own, and its text is in the language of the machine. So the text is not compared with one in English, but with what
 * this machine says of a connection over loopback that is reset on purpose; only such failures need it.
 */
final class SystemReset {
    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final AtomicReference<@Nullable Optional<String>> TEXT = new AtomicReference<>();

    private SystemReset() {}

    /** Whether the system said of this failure what it says of a reset. */
    static boolean isMeantBy(Throwable failure) {
        String message = failure.getMessage();
        return message != null && text().filter(message::equals).isPresent();
    }

    /**
     * Provoked when it is needed for the first time, by each of those who need it at that moment. The initialiser of a class would do it once, but it pins
     * the threads of all who wait for it, so that nobody is left to let the connection be made.
     */
    private static Optional<String> text() {
        Optional<String> known = TEXT.get();
        if (known == null) {
            known = provoke();
            TEXT.set(known);
        }
        return known;
    }

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
