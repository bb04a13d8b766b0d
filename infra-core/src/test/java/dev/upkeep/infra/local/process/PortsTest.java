package dev.upkeep.infra.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Closeable;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PortsTest {

    @Test
    void choosesTheSameFreePortForTheSameName() {
        int first = new Ports("choosing").choose(Set.of());

        PortRange range = PortRange.ofThisMachine();
        assertThat(first).isBetween(range.first(), range.last());
        assertThat(new Ports("choosing").choose(Set.of(first))).isNotEqualTo(first);
    }

    @Test
    void choosesEveryPortOfItsRangeButNoOther() {
        int free = new Ports("one").choose(Set.of());
        PortRange one = new PortRange(free, free);

        assertThat(new Ports("any seed", one).choose(Set.of())).isEqualTo(free);
        assertThatThrownBy(() -> new Ports("any seed", one).choose(Set.of(free)))
                .hasMessage("Looked for a free port from " + free + " to " + free + ", found none");
    }

    @Test
    void lookingAtAPortDoesNotTakeItFromAServerThatStartsMeanwhile() throws IOException {
        int port = new Ports("looking").choose(Set.of());
        try (Closeable look = Ports.look(port);
                ServerSocket server = new ServerSocket()) {
            assertThat(look).isNotNull();
            server.setReuseAddress(true);
            server.bind(Ports.address(port));

            assertThat(Ports.isFree(port)).isFalse();
        }
    }

    @Test
    void aPortOfAnOutgoingConnectionIsNotFree() throws IOException {
        try (ServerSocket server = new ServerSocket()) {
            server.bind(Ports.address(0));
            try (Socket client = new Socket()) {
                client.connect(server.getLocalSocketAddress());

                assertThat(Ports.isFree(client.getLocalPort())).isFalse();
            }
        }
    }

    @Test
    void aPortIsLostOnlyIfAStrangerHasIt(@TempDir Path folder) throws IOException {
        PortHolders holders = new PortHolders(ProcessTable.system());
        int port = new Ports("lost").choose(Set.of());
        assertThat(holders.lost(port, Ownership.of(folder))).isFalse();
        try (ServerSocket stranger = new ServerSocket()) {
            stranger.bind(Ports.address(port));

            assertThat(holders.lost(port, Ownership.of(folder))).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "32768\t60999, 20000, 31999",
        "1024 9999, 20000, 31999",
        "15000 65535, 10000, 14999",
        "1024 30000, 30001, 65535",
        "1024 65535, 20000, 31999",
        "10100 65500, 20000, 31999",
    })
    void keepsOutOfTheRangeOfOutgoingConnections(String ephemeral, int first, int last) {
        assertThat(PortRange.outside(PortRange.parse(ephemeral).orElseThrow())).isEqualTo(new PortRange(first, last));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "a b", "1 2 3", "99999999999 1"})
    void knowsNoRangeWhereTheSystemWritesAnotherFormat(String text) {
        assertThat(PortRange.parse(text)).isEmpty();
    }

    @Test
    void passesOverAPortOnWhichSomebodyListensAndKnowsWho() throws IOException {
        int port = new Ports("taken").choose(Set.of());
        try (ServerSocket other = new ServerSocket()) {
            other.bind(Ports.address(port));

            assertThat(Ports.isFree(port)).isFalse();
            assertThat(new Ports("taken").choose(Set.of())).isNotEqualTo(port);
            assertThat(new PortHolders(ProcessTable.system()).of(port))
                    .map(ProcessFacts::pid)
                    .contains(ProcessHandle.current().pid());
        }
        assertThat(Ports.isFree(port)).isTrue();
    }
}
