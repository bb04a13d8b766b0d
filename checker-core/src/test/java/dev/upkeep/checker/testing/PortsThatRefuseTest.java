package dev.upkeep.checker.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.junit.jupiter.api.Test;

class PortsThatRefuseTest {
    private static void connect(InetSocketAddress address) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(address, 1000);
        }
    }

    @Test
    void aServerRefusesConnectionsFromTheMomentItIsClosed() throws IOException {
        for (int i = 0; i < 500; i++) {
            ScriptedServer server = ScriptedServer.start(Behaviour.close());
            if (i % 2 == 0) {
                connect(server.address());
            }
            server.close();

            assertThatThrownBy(() -> connect(server.address())).isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void closingAServerTwiceIsNoFault() {
        ScriptedServer server = ScriptedServer.start(Behaviour.close());
        server.close();
        server.close();
    }

    @Test
    void closingAServerKeepsTheInterruptOfTheThreadThatCloses() {
        ScriptedServer server = ScriptedServer.start(Behaviour.close());
        Thread.currentThread().interrupt();
        server.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThatThrownBy(() -> connect(server.address())).isInstanceOf(ConnectException.class);
    }

    @Test
    void aRefusingPortRefusesForAsLongAsItIsOpen() {
        try (RefusingPort port = RefusingPort.open()) {
            for (int i = 0; i < 100; i++) {
                assertThatThrownBy(() -> connect(port.address())).isInstanceOf(ConnectException.class);
            }
        }
    }
}
