package dev.upkeep.checker.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.Test;

class SystemResetTest {

    @Test
    void knowsWhatTheSystemSaysOfAResetInWhateverLanguage() throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            try (SocketChannel client = SocketChannel.open(server.getLocalAddress())) {
                try (SocketChannel accepted = server.accept()) {
                    accepted.setOption(StandardSocketOptions.SO_LINGER, 0);
                }
                Throwable reset = catchThrowable(() -> client.write(ByteBuffer.wrap(new byte[1])));

                assertThat(SystemReset.isMeantBy(reset)).isTrue();
            }
        }
    }

    @Test
    void takesNothingElseForAReset() {
        assertThat(SystemReset.isMeantBy(new IOException("Network is unreachable")))
                .isFalse();
        assertThat(SystemReset.isMeantBy(new IOException())).isFalse();
    }
}
