package dev.upkeep.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.checker.VersionChecker;
import dev.upkeep.checker.check.RetryPolicy;
import dev.upkeep.checker.check.VersionCheck;
import dev.upkeep.checker.fleet.FleetCheck;
import dev.upkeep.checker.fleet.FleetVerdict;
import dev.upkeep.checker.fleet.MemberVerdict;
import dev.upkeep.checker.gate.Convergence;
import dev.upkeep.checker.gate.ConvergenceGate;
import dev.upkeep.checker.gate.Round;
import dev.upkeep.checker.gate.RoundListener;
import dev.upkeep.checker.verdict.Attempt;
import dev.upkeep.checker.verdict.Reason;
import dev.upkeep.checker.verdict.Reply;
import dev.upkeep.checker.verdict.Status;
import dev.upkeep.checker.verdict.Verdict;
import dev.upkeep.checker.version.ExpectedVersion;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Three real nginx behind a real load balancer or cache. */
class FleetSystemTest {
    private static final ExpectedVersion EXPECTED = ExpectedVersion.exactly("1.0.6");
    private static final ConvergenceGate GATE = new ConvergenceGate(3, Duration.ofMillis(50), Duration.ofSeconds(30));

    @AutoClose
    private final Peers peers = new Peers();

    @AutoClose("shutdownNow")
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AutoClose
    private final VersionChecker checker =
            VersionChecker.builder().executor(threads).build();

    private final List<Nginx> origins =
            List.of(peers.nginxServing("1.0.6"), peers.nginxServing("1.0.6"), peers.nginxServing("1.0.6"));

    private HaProxy balancer() {
        StringBuilder servers = new StringBuilder();
        for (int i = 0; i < origins.size(); i++) {
            servers.append("    server web%d 127.0.0.1:%d check inter 100ms fall 1 rise 1%n"
                    .formatted(i + 1, origins.get(i).port()));
        }
        return peers.haProxy("""
                frontend edge
                    bind {bind}
                    default_backend web
                backend web
                    balance roundrobin
                    option httpchk GET /version.txt
                """ + servers);
    }

    private FleetCheck fleet(URI edge) {
        FleetCheck.Builder fleet = FleetCheck.builder().edge(VersionCheck.of(edge, EXPECTED));
        for (int i = 0; i < origins.size(); i++) {
            fleet.origin("web" + (i + 1), VersionCheck.of(origins.get(i).uri(), EXPECTED));
        }
        return fleet.build();
    }

    private static Verdict member(FleetVerdict verdict, String name) {
        return verdict.members().stream()
                .filter(member -> member.name().equals(name))
                .findFirst()
                .orElseThrow()
                .verdict();
    }

    @Test
    void isUpWhenTheEdgeAndAllOriginsServeTheVersion() throws InterruptedException {
        FleetVerdict verdict = checker.check(fleet(balancer().uri()));

        assertThat(verdict.status()).isEqualTo(Status.UP);
        assertThat(verdict.originVersions()).containsExactly("1.0.6");
        assertThat(verdict.members()).extracting(MemberVerdict::name).containsExactly("edge", "web1", "web2", "web3");
    }

    @Test
    void isMixedWhenOneOfThreeIsStale() throws InterruptedException {
        HaProxy edge = balancer();
        origins.get(1).publish("1.0.5");

        FleetVerdict verdict = checker.check(fleet(edge.uri()));

        assertThat(verdict.status()).isEqualTo(Status.MIXED);
        assertThat(verdict.originVersions()).containsExactly("1.0.5", "1.0.6");
        assertThat(member(verdict, "web2").status()).isEqualTo(Status.STALE);
        assertThat(verdict.troubled()).extracting(MemberVerdict::name).contains("web2");
    }

    @Test
    void isDegradedWhenOneOfThreeIsDownWhileTheEdgeStaysUp() throws InterruptedException {
        HaProxy edge = balancer();
        origins.get(2).close();

        FleetVerdict verdict = checker.check(fleet(edge.uri()));

        assertThat(verdict.status()).isEqualTo(Status.DEGRADED);
        assertThat(verdict.edge()).map(Verdict::status).contains(Status.UP);
        assertThat(verdict.troubled()).extracting(MemberVerdict::name).containsExactly("web3");
        assertThat(member(verdict, "web3").reason()).contains(Reason.CONNECTION_REFUSED);
    }

    @Test
    void isDownWhenNothingIsLeftBehindTheEdge() throws InterruptedException {
        HaProxy edge = balancer();
        origins.forEach(Nginx::close);

        FleetVerdict verdict = checker.check(fleet(edge.uri()));

        assertThat(verdict.status()).isEqualTo(Status.DOWN);
        assertThat(verdict.edge()).flatMap(Verdict::reason).contains(Reason.STATUS_NOT_ACCEPTED);
        assertThat(verdict.edge()
                        .flatMap(Verdict::lastAttempt)
                        .flatMap(Attempt::reply)
                        .map(Reply::status))
                .contains(503);
        assertThat(verdict.troubled()).hasSize(4);
    }

    @Test
    void isStaleAtTheEdgeWhenACacheOfNginxKeepsTheOldCopy() throws InterruptedException {
        Nginx cache = peers.nginx("""
                proxy_cache_path {folder}/cache keys_zone=edge:1m;
                server {
                    listen {listen};
                    location / {
                        proxy_pass http://127.0.0.1:%d;
                        proxy_cache edge;
                        proxy_cache_valid 200 1h;
                        add_header X-Cache $upstream_cache_status;
                    }
                }
                """.formatted(origins.get(0).port()));

        assertStaleAtTheEdge(
                cache.uri(), reply -> assertThat(reply.header("x-cache")).contains("HIT"));
    }

    @Test
    void isStaleAtTheEdgeWhenACacheOfHaProxyKeepsTheOldCopy() throws InterruptedException {
        HaProxy cache = peers.haProxy("""
                cache edge
                    total-max-size 4
                    max-age 3600
                frontend edge
                    bind {bind}
                    http-request cache-use edge
                    http-response cache-store edge
                    http-response set-header Cache-Control max-age=3600
                    http-after-response set-header Via "1.1 edge"
                    default_backend web
                backend web
                    server web1 127.0.0.1:%d
                """.formatted(origins.get(0).port()));

        assertStaleAtTheEdge(cache.uri(), reply -> {
            assertThat(reply.age()).isPresent();
            assertThat(reply.header("via")).contains("1.1 edge");
        });
    }

    private void assertStaleAtTheEdge(URI edge, Consumer<Reply> shows) throws InterruptedException {
        origins.forEach(origin -> origin.publish("1.0.5"));
        checker.check(fleet(edge)); // fills the cache
        origins.forEach(origin -> origin.publish("1.0.6"));

        FleetVerdict verdict = checker.check(fleet(edge));

        assertThat(verdict.status()).isEqualTo(Status.STALE);
        assertThat(verdict.isStaleAtTheEdge()).isTrue();
        assertThat(verdict.originVersions()).containsExactly("1.0.6");
        assertThat(verdict.edge().flatMap(Verdict::servedVersion)).contains("1.0.5");
        assertThat(verdict.edge().flatMap(Verdict::lastAttempt).flatMap(Attempt::reply))
                .hasValueSatisfying(shows);
        assertThat(verdict.hasWarnings()).isFalse();
    }

    @Test
    void convergesOnlyAfterTheLastOriginOfARollServesTheVersion() throws Exception {
        origins.forEach(origin -> origin.publish("1.0.5"));
        Roll roll = new Roll();

        Convergence<FleetVerdict> convergence = checker.await(fleet(balancer().uri()), GATE, roll);

        assertThat(convergence).isInstanceOf(Convergence.Converged.class);
        assertThat(convergence.last().goodInARow()).isEqualTo(3);
        assertThat(roll.seen).startsWith(Status.STALE).contains(Status.MIXED).endsWith(Status.UP);
        assertThat(roll.seen.subList(0, roll.seen.size() - 3)).doesNotContain(Status.UP);
        assertThat(roll.published).isEqualTo(origins.size());
    }

    @Test
    void doesNotConvergeWhileOneOriginStaysBehind() throws InterruptedException {
        origins.get(1).publish("1.0.5");
        ConvergenceGate gate = new ConvergenceGate(3, Duration.ofMillis(50), Duration.ofSeconds(1));

        Convergence<FleetVerdict> convergence = checker.await(fleet(balancer().uri()), gate, RoundListener.none());

        assertThat(convergence).isInstanceOf(Convergence.NotConverged.class);
        Round<FleetVerdict> last = convergence.last();
        assertThat(last.goodInARow()).isZero();
        assertThat(last.verdict().status()).isEqualTo(Status.MIXED);
        assertThat(last.verdict().troubled()).extracting(MemberVerdict::name).contains("web2");
    }

    @Test
    void staysUpForUsersThroughARollThatRestartsOneOriginAfterAnother() throws InterruptedException {
        HaProxy edge = balancer();
        VersionCheck users = VersionCheck.builder(edge.uri(), ExpectedVersion.any())
                .retryPolicy(RetryPolicy.once())
                .build();

        for (Nginx origin : origins.subList(0, 2)) {
            origin.close();
            for (int i = 0; i < 5; i++) {
                assertThat(checker.check(users).status()).isEqualTo(Status.UP);
            }
        }
        assertThat(checker.check(fleet(edge.uri())).status()).isEqualTo(Status.DEGRADED);
    }

    /** After each fourth round the next origin gets the new version. */
    private final class Roll implements RoundListener<FleetVerdict> {
        private final List<Status> seen = new ArrayList<>();
        private int published;

        @Override
        public void roundOver(Round<? extends FleetVerdict> round) {
            seen.add(round.verdict().status());
            if (round.number() % 4 == 0 && published < origins.size()) {
                origins.get(published).publish("1.0.6");
                published++;
            }
        }
    }
}
