package dev.upkeep.infra.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.infra.inventory.Serving;
import dev.upkeep.infra.inventory.StackState;
import dev.upkeep.infra.local.process.Ports;
import dev.upkeep.infra.spec.StackSpec;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Load that never tries a request again, while the stack is changed under it. */
class NoRequestLostSystemTest {

    @TempDir
    Path root;

    private final AtomicBoolean running = new AtomicBoolean(true);
    private final AtomicInteger answered = new AtomicInteger();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();

    @Test
    void drainRejoinShipRollAndResizeLoseNoRequest() throws Exception {
        try (Stand stand = new Stand(root)) {
            StackSpec spec = stand.pair("1.0.6");
            stand.apply(spec);
            List<Thread> clients = start(stand.status().edge().orElseThrow().getPort());

            stand.platform.drain(stand.name, InstanceId.of("i1"), stand.listener);
            stand.platform.rejoin(stand.name, InstanceId.of("i1"), stand.listener);
            stand.ship("i1", "1.0.7");
            stand.apply(stand.spec("1.0.7").shape(spec.shape()).instances(3).build());
            stand.apply(stand.pair("1.0.7"));
            running.set(false);
            for (Thread client : clients) {
                client.join();
            }
        }

        assertThat(failures).as("failures of %d requests", answered.get()).isEmpty();
        assertThat(answered.get()).isGreaterThan(500);
    }

    @Test
    void anNginxThatIsKilledAndHealedLosesNoGet() throws Exception {
        try (Stand stand = new Stand(root)) {
            StackSpec spec = stand.pair("1.0.6");
            stand.apply(spec);
            List<Thread> clients = start(stand.status().edge().orElseThrow().getPort());
            for (long pid : stand.processes("nginx", "i2")) {
                Stand.signal("KILL", pid);
            }
            assertThat(stand.apply(spec).state()).isEqualTo(StackState.RUNNING);
            running.set(false);
            for (Thread client : clients) {
                client.join();
            }
        }

        assertThat(failures).as("failures of %d requests", answered.get()).isEmpty();
    }

    @Test
    void aSingleInstanceServesWhileItIsSwappedAndStatusSaysSo() throws Exception {
        try (Stand stand = new Stand(root)) {
            stand.apply(stand.spec("1.0.6").build());
            Set<Serving> seen = EnumSet.noneOf(Serving.class);
            Thread looking = new Thread(() -> look(stand, seen));
            looking.start();

            stand.apply(stand.spec("1.0.7").build());
            running.set(false);
            looking.join();

            assertThat(failures).isEmpty();
            assertThat(seen).isNotEmpty().doesNotContain(Serving.DOWN);
        }
    }

    private void look(Stand stand, Set<Serving> seen) {
        try {
            while (running.get()) {
                seen.add(stand.status().serving());
            }
        } catch (InterruptedException e) {
            failures.add(e.toString());
        }
    }

    private List<Thread> start(int port) {
        List<Thread> clients = new ArrayList<>();
        for (int number = 0; number < 4; number++) {
            boolean keepsAlive = number % 2 == 0;
            Thread client = new Thread(() -> load(port, keepsAlive));
            client.start();
            clients.add(client);
        }
        return clients;
    }

    private void load(int port, boolean keepsAlive) {
        while (running.get()) {
            try (Socket socket = new Socket()) {
                socket.connect(Ports.address(port), 2000);
                socket.setSoTimeout(5000);
                while (running.get() && answersOnce(socket, keepsAlive) && keepsAlive) {
                    Thread.sleep(2);
                }
            } catch (IOException | InterruptedException e) {
                failures.add(e.toString());
            }
        }
    }

    /** Returns whether the server leaves the connection open. */
    private boolean answersOnce(Socket socket, boolean keepsAlive) throws IOException {
        String connection = keepsAlive ? "keep-alive" : "close";
        String request = "GET /version.txt HTTP/1.1\r\nHost: localhost\r\nConnection: " + connection + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        String head = ResponseHead.read(socket.getInputStream());
        socket.getInputStream().readNBytes("1.0.6".length());
        if (head.startsWith("HTTP/1.1 200 ")) {
            answered.incrementAndGet();
        } else {
            failures.add(head.isEmpty() ? "connection closed without an answer" : head);
        }
        return !head.toLowerCase(java.util.Locale.ROOT).contains("connection: close");
    }
}
