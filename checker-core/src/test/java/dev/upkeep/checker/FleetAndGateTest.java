package dev.upkeep.checker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upkeep.checker.check.VersionCheck;
import dev.upkeep.checker.fleet.FleetCheck;
import dev.upkeep.checker.fleet.FleetVerdict;
import dev.upkeep.checker.fleet.MemberVerdict;
import dev.upkeep.checker.gate.Convergence;
import dev.upkeep.checker.gate.ConvergenceGate;
import dev.upkeep.checker.gate.Round;
import dev.upkeep.checker.gate.RoundListener;
import dev.upkeep.checker.port.NoSuchNameException;
import dev.upkeep.checker.testing.Behaviour;
import dev.upkeep.checker.testing.ScriptedServer;
import dev.upkeep.checker.verdict.Status;
import dev.upkeep.checker.version.ExpectedVersion;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FleetAndGateTest {
    private static final ExpectedVersion EXPECTED = ExpectedVersion.exactly("1.0.6");

    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final ManualTime time = new ManualTime();
    private final List<ScriptedServer> servers = new ArrayList<>();
    private final VersionChecker checker =
            VersionChecker.builder().ticker(time).pause(time).build();

    @AfterEach
    void close() {
        servers.forEach(ScriptedServer::close);
        checker.close();
        executor.shutdownNow();
    }

    private ScriptedServer server(Behaviour behaviour) {
        ScriptedServer server = ScriptedServer.start(behaviour);
        servers.add(server);
        return server;
    }

    @Test
    void asksEveryOriginUnderTheNameOfTheEdge() throws InterruptedException {
        ScriptedServer first = server(Behaviour.version("1.0.6"));
        ScriptedServer second = server(Behaviour.version("1.0.5"));
        VersionCheck edge = VersionCheck.builder(URI.create("http://www.example.org/version.txt"), EXPECTED)
                .dialling(first.address())
                .build();

        FleetVerdict verdict = checker.check(FleetCheck.builder()
                .edge(edge)
                .origin("i-1", first.address())
                .origin("i-2", second.address())
                .build());

        assertThat(verdict.status()).isEqualTo(Status.MIXED);
        assertThat(verdict.members()).extracting(MemberVerdict::name).containsExactly("edge", "i-1", "i-2");
        assertThat(second.requests().get(0)).contains("Host: www.example.org");
    }

    @Test
    void asksEveryAddressOfAName() throws Exception {
        ScriptedServer first = server(Behaviour.version("1.0.6"));
        ScriptedServer second;
        try {
            second = ScriptedServer.start(Behaviour.version("1.0.6"), InetAddress.getByName("127.0.0.2"));
        } catch (RuntimeException onlyLinuxHasMoreLoopbackAddresses) {
            second = first;
        }
        servers.add(second);
        InetAddress other = second.address().getAddress();
        try (VersionChecker own = VersionChecker.builder()
                .resolver(host -> List.of(InetAddress.getLoopbackAddress(), other))
                .build()) {
            URI uri = URI.create("http://shop.test:" + first.address().getPort() + "/version.txt");

            FleetVerdict verdict = own.check(FleetCheck.allAddresses(VersionCheck.of(uri, EXPECTED)));

            assertThat(verdict.members())
                    .extracting(MemberVerdict::name)
                    .containsExactly("127.0.0.1", other.getHostAddress());
            assertThat(verdict.members().get(0).verdict().status()).isEqualTo(Status.UP);
        }
    }

    @Test
    void isUnknownOrDownWhenTheNameOfAFleetHasNoAddress() throws InterruptedException {
        try (VersionChecker own = VersionChecker.builder()
                .resolver(host -> {
                    throw new NoSuchNameException(host);
                })
                .build()) {
            FleetVerdict verdict = own.check(
                    FleetCheck.allAddresses(VersionCheck.of(URI.create("http://shop.test/version.txt"), EXPECTED)));

            assertThat(verdict.status()).isEqualTo(Status.DOWN);
            assertThat(verdict.members()).extracting(MemberVerdict::name).containsExactly("shop.test");
        }
    }

    @Test
    void asksSeveralAtTheSameTimeButNoMoreThanAllowed() throws Exception {
        CountDownLatch twoAtOnce = new CountDownLatch(2);
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        ScriptedServer server = server(connection -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            twoAtOnce.countDown();
            boolean together = twoAtOnce.await(10, TimeUnit.SECONDS);
            TimeUnit.MILLISECONDS.sleep(20);
            now.decrementAndGet();
            Behaviour.version(together ? "1.0.6" : "alone").answer(connection);
        });
        FleetCheck.Builder fleet = FleetCheck.builder().concurrency(2);
        for (int i = 0; i < 6; i++) {
            fleet.origin("i-" + i, VersionCheck.of(server.uri(), EXPECTED));
        }
        try (VersionChecker own = VersionChecker.builder().executor(executor).build()) {
            assertThat(own.check(fleet.build()).status()).isEqualTo(Status.UP);
        }
        assertThat(server.connections()).isEqualTo(6);
        assertThat(most).hasValue(2);
    }

    @Test
    void asksAnAddressOnceThatTheResolverGivesTwice() throws InterruptedException {
        ScriptedServer server = server(Behaviour.version("1.0.6"));
        InetAddress address = server.address().getAddress();
        try (VersionChecker own = VersionChecker.builder()
                .resolver(host -> List.of(address, address))
                .build()) {
            URI uri = URI.create("http://shop.test:" + server.address().getPort() + "/version.txt");

            assertThat(own.check(FleetCheck.allAddresses(VersionCheck.of(uri, EXPECTED)))
                            .members())
                    .hasSize(1);
        }
    }

    @Test
    void refusesTwoOriginsOfOneName() {
        VersionCheck check = VersionCheck.of(URI.create("http://127.0.0.1/version.txt"), EXPECTED);

        assertThatThrownBy(() -> FleetCheck.builder().origin("i-1", check).origin("i-1", check))
                .hasMessage("two origins are called i-1");
    }

    @Test
    void convergesAfterAsManyGoodRoundsInARowAsAskedFor() throws InterruptedException {
        ScriptedServer server = server(Behaviour.version("1.0.6"));
        server.next(Behaviour.version("1.0.5"), Behaviour.version("1.0.6"), Behaviour.version("1.0.5"));
        List<Integer> goodInARow = new ArrayList<>();

        Convergence<FleetVerdict> convergence =
                await(server, 3, Duration.ofMinutes(1), round -> goodInARow.add(round.goodInARow()));

        assertThat(convergence).isInstanceOf(Convergence.Converged.class);
        assertThat(goodInARow).containsExactly(0, 1, 0, 1, 2, 3);
        assertThat(convergence.last().elapsed()).isEqualTo(Duration.ofSeconds(10));
        assertThat(time.pauses()).containsOnly(Duration.ofSeconds(2)).hasSize(5);
    }

    @Test
    void givesUpWhenNoFurtherRoundCouldBeginInTime() throws InterruptedException {
        ScriptedServer server = server(Behaviour.version("1.0.5"));

        Convergence<FleetVerdict> convergence = await(server, 2, Duration.ofSeconds(5), RoundListener.none());

        assertThat(convergence).isInstanceOf(Convergence.NotConverged.class);
        assertThat(convergence.last()).extracting(Round::number).isEqualTo(3);
        assertThat(convergence.last().verdict().status()).isEqualTo(Status.STALE);
    }

    private Convergence<FleetVerdict> await(
            ScriptedServer server, int rounds, Duration within, RoundListener<FleetVerdict> listener)
            throws InterruptedException {
        FleetCheck fleet = FleetCheck.builder()
                .origin("i-1", VersionCheck.of(server.uri(), EXPECTED))
                .build();
        return checker.await(fleet, new ConvergenceGate(rounds, Duration.ofSeconds(2), within), listener);
    }

    @Test
    void refusesAGateThatCannotBePassed() {
        assertThatThrownBy(() -> new ConvergenceGate(4, Duration.ofSeconds(2), Duration.ofSeconds(5)))
                .hasMessageContaining("do not fit");
        assertThatThrownBy(() -> new ConvergenceGate(0, Duration.ZERO, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
