package com.example.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.upkeep.checker.VersionChecker;
import dev.upkeep.checker.testing.Behaviour;
import dev.upkeep.checker.testing.ScriptedServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Your own code against a server that does what the test says: no network, no waiting. */
class ReleaseWatchTest {
    private final ScriptedServer shop = ScriptedServer.start(Behaviour.version("1.0.6"));
    private final VersionChecker checker = VersionChecker.create();
    private final ReleaseWatch watch = new ReleaseWatch(checker);

    @AfterEach
    void close() {
        checker.close();
        shop.close();
    }

    @Test
    void seesTheShippedVersion() throws InterruptedException {
        assertEquals("live: 1.0.6", watch.look(shop.uri(), "1.0.6"));
    }

    @Test
    void isNotFooledByOneResetConnection() throws InterruptedException {
        shop.next(Behaviour.reset());

        assertEquals("live: 1.0.6", watch.look(shop.uri(), "1.0.6"));
        assertEquals(2, shop.connections());
    }

    @Test
    void knowsAnOldVersionFromAnOutage() throws InterruptedException {
        shop.next(Behaviour.version("1.0.5"), Behaviour.status(502, "Bad Gateway"));

        assertEquals("still 1.0.5: leave it alone, the rollout goes on", watch.look(shop.uri(), "1.0.6"));
        assertEquals(
                "down: the status is not an accepted one; look into the server's logs, and that the file is deployed",
                watch.look(shop.uri(), "1.0.6"));
    }

    @Test
    void runsAsAProgram() throws InterruptedException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            ReleaseWatch.main(new String[] {shop.uri().toString(), "1.0.6"});
        } finally {
            System.setOut(out);
        }
        assertEquals("live: 1.0.6", printed.toString(StandardCharsets.UTF_8).strip());
    }
}
