package dev.upkeep.infra.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void choosesTheSameFreePortForTheSameName() {
        int first = new Ports("choosing").choose(Set.of());

        assertThat(first).isBetween(Ports.FIRST, Ports.LAST);
        assertThat(new Ports("choosing").choose(Set.of(first))).isNotEqualTo(first);
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
