package dev.upkeep.checker.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ChannelSocketTest {

    @Test
    void sendsEachPartOfAHandshakeAtOnce() throws IOException {
        try (ChannelSocket socket = new ChannelSocket()) {
            assertThat(socket.getTcpNoDelay()).isTrue();
        }
    }
}
