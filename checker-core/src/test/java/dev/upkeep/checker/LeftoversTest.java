package dev.upkeep.checker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.checker.check.RetryPolicy;
import dev.upkeep.checker.check.Timeouts;
import dev.upkeep.checker.check.VersionCheck;
import dev.upkeep.checker.testing.Behaviour;
import dev.upkeep.checker.testing.ScriptedServer;
import dev.upkeep.checker.version.ExpectedVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What stays behind when a checker is closed: nothing. */
class LeftoversTest {
    private static final int LOOKS = 250;

    @Test
    void leavesNoThreadAndNoSocket() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(Behaviour.version("1.0.6"))) {
            Set<String> threadsBefore = threads();
            int port = server.address().getPort();
            try (VersionChecker checker = VersionChecker.create()) {
                for (Behaviour behaviour : new Behaviour[] {
                    Behaviour.version("1.0.6"),
                    Behaviour.reset(),
                    Behaviour.silence(),
                    Behaviour.endless(),
                    Behaviour.status(500, "no"),
                    Behaviour.raw("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n1.0.6")
                }) {
                    server.next(behaviour);
                    checker.check(VersionCheck.builder(server.uri(), ExpectedVersion.exactly("1.0.6"))
                            .retryPolicy(RetryPolicy.once())
                            .timeouts(Timeouts.DEFAULT.withTotal(Duration.ofMillis(300)))
                            .build());
                }
            }

            assertThat(threadsThatStay(threadsBefore)).isEmpty();
            assertThat(openSocketsTo(port)).isZero();
        }
    }

    /**
     * OkHttp and Okio keep idle threads for all their users in this virtual machine, daemons that end by themselves. While one of them
     * tidies up it has the name of what it does, for a moment.
     */
    private static Set<String> threadsThatStay(Set<String> before) throws InterruptedException {
        Set<String> more = Set.of();
        for (int look = 0; look < LOOKS && (look == 0 || !more.isEmpty()); look++) {
            TimeUnit.MILLISECONDS.sleep(look == 0 ? 0 : 20);
            more = threads();
            more.removeAll(before);
            more.removeIf(name -> name.startsWith("scripted-server-"));
            more.removeAll(Set.of("OkHttp TaskRunner", "Okio Watchdog"));
        }
        return more;
    }

    private static Set<String> threads() {
        Set<String> names = new TreeSet<>();
        Thread.getAllStackTraces().keySet().forEach(thread -> names.add(thread.getName()));
        return names;
    }

    /** Client ends of connections to the port that are not yet closed by us; Linux only, elsewhere there is nothing to count. */
    private static long openSocketsTo(int port) throws IOException {
        long open = 0;
        for (Path table : new Path[] {Path.of("/proc/self/net/tcp"), Path.of("/proc/self/net/tcp6")}) {
            if (Files.exists(table)) {
                try (Stream<String> lines = Files.lines(table)) {
                    String remote = String.format(":%04X", port);
                    open += lines.map(line -> line.strip().split("\\s+"))
                            .filter(columns -> columns.length > 3 && columns[2].endsWith(remote))
                            .filter(columns -> columns[3].equals("01") || columns[3].equals("08"))
                            .count();
                }
            }
        }
        return open;
    }
}
