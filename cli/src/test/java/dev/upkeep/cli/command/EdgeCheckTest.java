package dev.upkeep.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.checker.testing.Behaviour;
import dev.upkeep.checker.testing.RefusingPort;
import dev.upkeep.checker.testing.ScriptedServer;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EdgeCheckTest {

    private final EdgeCheck check = new EdgeCheck();

    @AfterEach
    void close() {
        check.close();
    }

    @Test
    void findsNothingMissingWhereTheVersionIsServedAndReady() throws IOException, InterruptedException {
        try (ScriptedServer server = ScriptedServer.start(Behaviour.version("1.0.6"))) {
            assertThat(check.missing(server.uri().resolve("/"), "1.0.6")).isEmpty();
            assertThat(check.missing(server.uri().resolve("/"), "1.0.6")).isEmpty();
        }
    }

    @Test
    void saysWhyUsersAreNotServed() throws IOException, InterruptedException {
        try (ScriptedServer server = ScriptedServer.start(Behaviour.version("1.0.6"));
                RefusingPort nobody = RefusingPort.open()) {
            URI edge = server.uri().resolve("/");
            assertThat(check.missing(edge, "1.0.7")).isEqualTo("it serves 1.0.6, expected is 1.0.7");

            server.next(Behaviour.version("1.0.6"), Behaviour.status(503, ""));
            assertThat(check.missing(edge, "1.0.6"))
                    .startsWith(
                            "it is down: a version is served, but users get errors: it is not ready (/.well-known/");

            assertThat(check.missing(nobody.uri().resolve("/"), "1.0.6"))
                    .startsWith("it is down: the connection was refused (by 127.0.0.1:");
        }
    }
}
