package dev.upkeep.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.upkeep.checker.VersionChecker;
import dev.upkeep.checker.check.AddressFamily;
import dev.upkeep.checker.check.RetryPolicy;
import dev.upkeep.checker.check.VersionCheck;
import dev.upkeep.checker.fleet.FleetCheck;
import dev.upkeep.checker.fleet.FleetVerdict;
import dev.upkeep.checker.fleet.MemberVerdict;
import dev.upkeep.checker.port.NoSuchNameException;
import dev.upkeep.checker.port.Resolver;
import dev.upkeep.checker.verdict.Attempt;
import dev.upkeep.checker.verdict.Reason;
import dev.upkeep.checker.verdict.Status;
import dev.upkeep.checker.verdict.Verdict;
import dev.upkeep.checker.version.ExpectedVersion;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Names that do not exist, take long, or have several addresses; no name server is asked. */
class CheckerAgainstNamesSystemTest {
    private static final ExpectedVersion EXPECTED = ExpectedVersion.exactly("1.0.6");
    private static final InetAddress TWO = Loopback.four(2);
    private static final InetAddress THREE = Loopback.four(3);

    @AutoClose
    private final Peers peers = new Peers();

    @AutoClose("shutdownNow")
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private VersionChecker checker(Resolver resolver) {
        return peers.closing(
                VersionChecker.builder().resolver(resolver).executor(threads).build());
    }

    private static VersionCheck.Builder check(Nginx nginx) {
        return VersionCheck.builder(nginx.uriAt("http://www.example.test"), EXPECTED);
    }

    private static Resolver failing(UnknownHostException failure) {
        return host -> {
            throw failure;
        };
    }

    private Nginx atTwoAddresses(String versionAtTwo, String versionAtThree) {
        return peers.nginx("""
                server { listen 127.0.0.2:{port}; location / { return 200 %s; } }
                server { listen 127.0.0.3:{port}; location / { return 200 %s; } }
                """.formatted(versionAtTwo, versionAtThree));
    }

    @Test
    void anUnknownNameIsDown() throws InterruptedException {
        VersionCheck check = VersionCheck.of(URI.create("http://nobody.example.test/version.txt"), EXPECTED);

        Verdict verdict =
                checker(failing(new NoSuchNameException("nobody.example.test"))).check(check);

        assertThat(verdict.status()).isEqualTo(Status.DOWN);
        assertThat(verdict.reason()).contains(Reason.NAME_NOT_FOUND);
        assertThat(verdict.lastAttempt().orElseThrow().peer()).isEmpty();
        assertThat(verdict.lastAttempt().orElseThrow().detail())
                .isEqualTo("no address is known for nobody.example.test");
    }

    @Test
    void aNameServerThatFailsLeavesTheTargetUnknownAndNotDown() throws InterruptedException {
        VersionCheck check = VersionCheck.of(URI.create("http://www.example.test/version.txt"), EXPECTED);

        Verdict verdict =
                checker(failing(new UnknownHostException("www.example.test"))).check(check);

        assertThat(verdict.status()).isEqualTo(Status.UNKNOWN);
        assertThat(verdict.reason()).contains(Reason.NAME_LOOKUP_FAILED);
    }

    @Test
    void aLookupThatTakesTooLongIsCutShort() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        VersionChecker checker = checker(host -> {
            await(never);
            return List.of(TWO);
        });
        VersionCheck check = VersionCheck.builder(URI.create("http://www.example.test/version.txt"), EXPECTED)
                .timeouts(Limits.SHORT)
                .retryPolicy(RetryPolicy.once())
                .build();

        Verdict verdict = checker.check(check);

        assertThat(verdict.status()).isEqualTo(Status.UNKNOWN);
        assertThat(verdict.reason()).contains(Reason.RESOLVE_TIMEOUT);
        Attempt last = verdict.lastAttempt().orElseThrow();
        assertThat(last.phases().resolve()).isBetween(Duration.ofMillis(990), Duration.ofSeconds(3));
    }

    private static void await(CountDownLatch latch) throws UnknownHostException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnknownHostException("interrupted");
        }
    }

    @Test
    void looksTheNameUpAnewInEachAttempt() throws InterruptedException {
        AtomicInteger lookups = new AtomicInteger();
        Nginx nginx = atTwoAddresses("1.0.5", "1.0.6");
        VersionChecker checker =
                checker(host -> lookups.incrementAndGet() == 1 ? List.of(Loopback.four(4)) : List.of(THREE));

        Verdict verdict = checker.check(check(nginx).build());

        assertThat(verdict.status()).isEqualTo(Status.UP);
        assertThat(verdict.isUnstable()).isTrue();
        assertThat(verdict.attempts())
                .extracting(attempt -> attempt.peer().orElseThrow().getAddress())
                .containsExactly(Loopback.four(4), THREE);
        assertThat(lookups).hasValue(2);
    }

    @Test
    void anAddressThatRefusesIsNotCoveredByTheNextOne() throws InterruptedException {
        Nginx nginx = peers.nginx("server { listen 127.0.0.3:{port}; location / { return 200 1.0.6; } }");

        Verdict verdict =
                checker(host -> List.of(TWO, THREE)).check(check(nginx).build());

        assertThat(verdict.status()).isEqualTo(Status.DOWN);
        assertThat(verdict.reason()).contains(Reason.CONNECTION_REFUSED);
        assertThat(nginx.connections()).isZero();
    }

    @Test
    void allAddressesOfANameAreAskedEachForItself() throws InterruptedException {
        Nginx nginx = atTwoAddresses("1.0.5", "1.0.6");
        FleetCheck all = FleetCheck.allAddresses(check(nginx).build());

        FleetVerdict verdict = checker(host -> List.of(TWO, THREE)).check(all);

        assertThat(verdict.status()).isEqualTo(Status.MIXED);
        assertThat(verdict.members())
                .extracting(MemberVerdict::name, member -> member.verdict().status())
                .containsExactly(tuple("127.0.0.2", Status.STALE), tuple("127.0.0.3", Status.UP));
        assertThat(nginx.connections()).isEqualTo(2);
    }

    @Test
    void oneDeadAddressOfSeveralIsDegraded() throws InterruptedException {
        Nginx nginx = atTwoAddresses("1.0.6", "1.0.6");
        FleetCheck all = FleetCheck.allAddresses(check(nginx).build());

        FleetVerdict verdict =
                checker(host -> List.of(TWO, THREE, Loopback.four(4))).check(all);

        assertThat(verdict.status()).isEqualTo(Status.DEGRADED);
        assertThat(verdict.troubled()).extracting(MemberVerdict::name).containsExactly("127.0.0.4");
    }

    @Test
    void aNameWithoutAnAddressOfTheWantedFamilyIsToldByThat() throws InterruptedException {
        Nginx nginx = atTwoAddresses("1.0.6", "1.0.6");

        Verdict verdict = checker(host -> List.of(TWO, THREE))
                .check(check(nginx).addressFamily(AddressFamily.IPV6).build());

        assertThat(verdict.reason()).contains(Reason.NO_ADDRESS_OF_FAMILY);
        assertThat(verdict.attempts()).hasSize(1);
        assertThat(nginx.connections()).isZero();
    }

    @Test
    void theResolverOfTheRuntimeIsReadAright() throws IOException {
        Nginx nginx = atTwoAddresses("1.0.6", "1.0.5");
        Path hosts = peers.folder("hosts").resolve("hosts");
        Files.writeString(hosts, "127.0.0.2 www.example.test\n127.0.0.3 www.example.test\n");

        assertThat(checkInAnotherRuntime(hosts, nginx.uriAt("http://www.example.test")))
                .isEqualTo("MIXED 127.0.0.2 UP 1.0.6, 127.0.0.3 STALE 1.0.5");
        assertThat(checkInAnotherRuntime(hosts, nginx.uriAt("http://nobody.example.test")))
                .isEqualTo("DOWN nobody.example.test DOWN NAME_NOT_FOUND");
    }

    private static String checkInAnotherRuntime(Path hosts, URI uri) {
        return Command.run(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djdk.net.hosts.file=" + hosts,
                        "-Djava.net.preferIPv4Stack=true",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AllAddresses.class.getName(),
                        uri.toString())
                .orFail()
                .output()
                .strip();
    }
}
