package dev.upkeep.system.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.remediation.Confirmation;
import dev.upkeep.remediation.Remediator;
import dev.upkeep.remediation.audit.AuditEntry;
import dev.upkeep.remediation.diagnosis.Cause;
import dev.upkeep.remediation.diagnosis.Diagnosis;
import dev.upkeep.remediation.guard.Limits;
import dev.upkeep.remediation.guard.Refusal;
import dev.upkeep.remediation.outcome.Outcome;
import dev.upkeep.remediation.outside.Condition;
import dev.upkeep.remediation.service.Service;
import dev.upkeep.remediation.service.WebHost;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The web server of a machine with systemd, Docker and Podman is broken in all ways, and somebody goes in over SSH to repair it. */
@Timeout(120)
@TestInstance(Lifecycle.PER_CLASS)
@UsesDockerEngine
@Tag("docker")
class RemediationOnHostsSystemTest {
    private static final WebHost HOST = WebHost.on(80);
    private static final Confirmation SOON = new Confirmation(2, Duration.ofMillis(200), Duration.ofSeconds(10));

    /** For what is not going to help. */
    private static final Confirmation HASTY = new Confirmation(2, Duration.ofMillis(200), Duration.ofSeconds(1));

    /** What changes nothing that serves. */
    private static final Set<String> LOOKING = Set.of(
            "find out what is wrong",
            "read the last lines of its log",
            "test the configuration",
            "ask whether sudo allows it",
            "take the lock",
            "write down that a repair begins",
            "give the lock back",
            "see whether it may be repaired");

    private final Remediator remediator = Remediator.of("tester@desk").confirming(SOON);
    private DockerEngine engine;
    private WebHostMachine machine;

    @BeforeAll
    @Timeout(600)
    void boot(@TempDir Path folder) throws IOException {
        engine = DockerEngine.start();
        machine = WebHostMachine.boot(engine, folder);
    }

    @AfterAll
    void stop() {
        machine.close();
        engine.close();
    }

    @BeforeEach
    void serves() {
        machine.reset();
    }

    private Outcome heal() throws InterruptedException {
        return heal("root", HOST);
    }

    private Outcome heal(String user, WebHost host) throws InterruptedException {
        return remediator.heal(machine.shell(user), host, machine.outside());
    }

    private Outcome healHastily(String user) throws InterruptedException {
        return remediator.confirming(HASTY).heal(machine.shell(user), HOST, machine.outside());
    }

    /** What was run on the machine beside looking and counting. */
    private static List<String> done(Outcome outcome) {
        return outcome.audit().stream()
                .filter(entry -> !LOOKING.contains(entry.purpose()))
                .map(entry -> entry.command().toString())
                .toList();
    }

    /** Without the scripts themselves. */
    private static String story(Outcome outcome) {
        return outcome.sight()
                + outcome.audit().stream()
                        .map(entry -> "\n" + entry.purpose() + ": "
                                + entry.command().argv().get(0) + " -> " + entry.result() + " " + entry.output())
                        .collect(Collectors.joining());
    }

    private static void assertHealed(Outcome outcome, String found, String... commands) {
        assertThat(outcome).as(story(outcome)).isInstanceOf(Outcome.Healed.class);
        Outcome.Healed healed = (Outcome.Healed) outcome;
        assertThat(healed.diagnosis().found()).matches(found);
        assertThat(done(outcome)).containsExactly(commands);
        assertThat(healed.sight().condition()).isEqualTo(Condition.SERVES);
    }

    /** And nothing was touched. */
    private static Diagnosis assertTold(Outcome outcome, Cause cause, String found) {
        assertThat(outcome).as(story(outcome)).isInstanceOf(Outcome.NotHealed.class);
        Outcome.NotHealed not = (Outcome.NotHealed) outcome;
        assertThat(not.diagnosis().found()).matches(found);
        assertThat(not.diagnosis().cause()).isEqualTo(cause);
        assertThat(done(outcome)).isEmpty();
        return not.diagnosis();
    }

    // ---- nginx as a unit

    @Test
    void anNginxThatWasStoppedIsStarted() throws InterruptedException {
        machine.run("systemctl stop nginx.service; journalctl --sync");

        Outcome outcome = heal();

        assertHealed(
                outcome,
                "unit nginx.service does not run: systemd says inactive \\(dead\\)",
                "systemctl start nginx.service");
        assertThat(outcome.audit())
                .extracting(AuditEntry::purpose)
                .containsExactly(
                        "find out what is wrong",
                        "read the last lines of its log",
                        "take the lock",
                        "write down that a repair begins",
                        "start unit nginx.service",
                        "give the lock back");
        assertThat(((Outcome.Healed) outcome).diagnosis().evidence())
                .last()
                .asString()
                .contains("Stopped nginx.service");
        assertThat(machine.run("systemctl is-active nginx.service; cut -f 3 /var/lib/upkeep/heal/host/history"))
                .isEqualTo("active\nbegun\nhelped\n");
    }

    @Test
    void anNginxThatWasKilledIsStarted() throws InterruptedException {
        machine.run("pkill -KILL nginx; until systemctl is-failed nginx.service; do sleep 0.1; done");

        assertHealed(
                heal(),
                "unit nginx.service does not run: systemd says failed \\(failed\\), signal",
                "systemctl start nginx.service");
    }

    @Test
    void workersWithoutAMasterServeOnAndAreEndedWhenTheyHang() throws InterruptedException {
        machine.run("""
                mkdir /etc/systemd/system/nginx.service.d
                printf '[Service]\\nKillMode=process\\n' >/etc/systemd/system/nginx.service.d/kill.conf
                systemctl daemon-reload
                kill -KILL $(cat /run/nginx.pid)
                until systemctl is-failed nginx.service; do sleep 0.1; done
                """);
        assertThat(heal()).isInstanceOf(Outcome.NotNeeded.class);
        machine.run("pkill -STOP nginx");
        String workers = machine.run("pgrep -d ' ' nginx").strip();

        Outcome outcome = heal();

        assertThat(outcome).isInstanceOf(Outcome.Healed.class);
        assertThat(((Outcome.Healed) outcome).diagnosis().found())
                .startsWith("processes of an nginx whose master is gone have port 80: ");
        assertThat(done(outcome)).hasSize(2).last().isEqualTo("systemctl start nginx.service");
        assertThat(done(outcome).get(0).replace("kill -KILL ", "").split(" "))
                .containsExactlyInAnyOrder(workers.split(" "));
    }

    @Test
    void anNginxThatHangsIsReloadedAndThenRestarted() throws InterruptedException {
        machine.run("""
                mkdir /etc/systemd/system/nginx.service.d
                printf '[Service]\\nTimeoutStopSec=1\\n' >/etc/systemd/system/nginx.service.d/stop.conf
                systemctl daemon-reload
                pkill -STOP nginx
                """);

        assertHealed(
                healHastily("root"),
                "unit nginx.service runs, and does not answer: systemd says active \\(running\\)",
                "systemctl reload nginx.service",
                "systemctl restart nginx.service");
    }

    @Test
    void aBrokenConfigurationIsNeverStarted() throws InterruptedException {
        machine.run("systemctl stop nginx.service; echo 'sever {}' >>/etc/nginx/sites-available/default");

        Diagnosis told = assertTold(
                heal(),
                Cause.CONFIGURATION_BROKEN,
                "nginx refuses its configuration: unknown directive \"sever\" in /etc/nginx/sites-enabled/default:6");

        assertThat(told.evidence()).last().asString().contains("test failed");
        assertThat(machine.run("systemctl is-active nginx.service || true")).isEqualTo("inactive\n");
    }

    @Test
    void anNginxThatHangsKeepsRunningIfItsConfigurationIsBroken() throws InterruptedException {
        machine.run("echo 'sever {}' >>/etc/nginx/sites-available/default; pkill -STOP nginx");
        String before = machine.run("pgrep nginx");

        assertTold(
                heal(),
                Cause.CONFIGURATION_BROKEN,
                "nginx refuses its configuration: unknown directive \"sever\" in /etc/nginx/sites-enabled/default:6");

        assertThat(machine.run("pgrep nginx")).isEqualTo(before);
    }

    @Test
    void aPortThatAnotherProgramHasIsNotTaken() throws InterruptedException {
        machine.run("systemctl stop nginx.service; busybox httpd -p 80 -h /tmp");

        assertTold(
                heal(),
                Cause.PORT_TAKEN,
                "port 80, which unit nginx.service needs, is taken by busybox \\(pid [0-9]+\\)");

        assertThat(machine.run("pgrep busybox | wc -l"))
                .as("and the application")
                .isEqualTo("2\n");
    }

    /** An administrator has started it by hand, and may be at it. */
    @Test
    void anNginxThatIsNotTheUnitsIsNotEnded() throws InterruptedException {
        machine.run("""
                systemctl stop nginx.service
                nginx
                until [ $(pgrep -c nginx) -gt $(nproc) ]; do sleep 0.05; done
                pkill -STOP nginx
                """);

        assertTold(
                heal(),
                Cause.PORT_TAKEN,
                "port 80, which unit nginx.service needs, is taken by nginx \\(pid [0-9]+\\)");
    }

    @Test
    void aFullFileSystemIsTold() throws InterruptedException {
        machine.run("""
                systemctl stop nginx.service
                mount -t tmpfs -o size=64k tmpfs /var/log
                head -c 100000 /dev/zero >/var/log/old.log || true
                """);

        assertTold(heal(), Cause.DISK_FULL, "/var/log is full");
    }

    @Test
    void aUnitThatSystemdHasGivenUpIsTold() throws InterruptedException {
        loop("ExecStart=/bin/false", "RestartSec=10ms");
        machine.run("until systemctl is-failed loop.service; do sleep 0.1; done");

        Diagnosis told = assertTold(
                heal("root", HOST.servedBy(new Service.Unit("loop.service"))),
                Cause.RESTART_LOOP,
                "unit loop.service is started again and again, and ends each time: systemd says failed \\(failed\\), exit-code,"
                        + " restarted 5 times");

        assertThat(told.evidence()).anyMatch(line -> line.contains("Start request repeated too quickly"));
    }

    /** Most of the time, it runs. */
    @Test
    void aUnitThatEndsSoonAfterEachStartIsTold() throws InterruptedException {
        loop("ExecStart=/bin/sleep 0.4", "RestartSec=10ms\nStartLimitInterval=0");
        machine.run("until [ $(systemctl show -P NRestarts loop.service) -ge 3 ]; do sleep 0.1; done");

        assertTold(
                heal("root", HOST.servedBy(new Service.Unit("loop.service"))),
                Cause.RESTART_LOOP,
                "unit loop.service is started again and again, and ends each time: systemd says .*, restarted [0-9]+ times");
    }

    private void loop(String start, String more) {
        machine.run(
                "systemctl stop nginx.service\nprintf '[Service]\\nRestart=always\\n" + start + "\\n"
                        + more.replace("\n", "\\n")
                        + "\\n' >/etc/systemd/system/loop.service\nsystemctl daemon-reload; systemctl start loop.service || true");
    }

    @Test
    void anApplicationBehindNginxIsStarted() throws InterruptedException {
        machine.run("systemctl stop shop.service");

        assertTold(
                heal(),
                Cause.APPLICATION_UNKNOWN,
                "unit nginx.service is well, and the application behind it is not: nobody has said what that is");
        assertHealed(
                heal("root", HOST.inFrontOf(new Service.Unit("shop.service"))),
                "the application, unit shop.service, does not run: systemd says inactive \\(dead\\)",
                "systemctl start shop.service");
    }

    @Test
    void anApplicationThatHangsIsRestarted() throws InterruptedException {
        machine.run("pkill -STOP busybox");

        assertHealed(
                heal("root", HOST.inFrontOf(new Service.Unit("shop.service"))),
                "the application, unit shop.service, runs, and does not answer: systemd says active \\(running\\)",
                "systemctl restart shop.service");
    }

    @Test
    void aHostWithoutNginxIsTold() throws InterruptedException {
        machine.run(
                "systemctl stop nginx.service; rm /usr/sbin/nginx /lib/systemd/system/nginx.service; systemctl daemon-reload");

        assertTold(
                heal(),
                Cause.NOTHING_FOUND,
                "there is no nginx on this host: no container has port 80, there is no nginx.service, and no program nginx");
    }

    @Test
    void anNginxThatSomebodyHasMaskedIsNotStarted() throws InterruptedException {
        machine.run("systemctl stop nginx.service; rm /lib/systemd/system/nginx.service; systemctl mask nginx.service");

        assertTold(
                heal(),
                Cause.NOTHING_FOUND,
                "there is no nginx on this host: no container has port 80, nginx.service is masked");
    }

    // ---- Whoever may do less

    @Test
    void whoMayDoAnythingBySudoRepairsByIt() throws InterruptedException {
        machine.run("systemctl stop nginx.service");

        assertHealed(
                heal("carl", HOST),
                "unit nginx.service does not run: systemd says inactive \\(dead\\)",
                "sudo -n -- systemctl start nginx.service");
        assertThat(machine.run("ls /var/lib/upkeep/heal/host")).contains("history");
    }

    @Test
    void whoMayOnlyStartNginxBySudoDoesThat() throws InterruptedException {
        machine.run("systemctl stop nginx.service");

        assertHealed(
                heal("bob", HOST),
                "unit nginx.service does not run: systemd says inactive \\(dead\\)",
                "sudo -n -- systemctl start nginx.service");
        assertThat(machine.run("cut -f 3 /home/bob/.local/state/upkeep-heal/host/history"))
                .isEqualTo("begun\nhelped\n");
    }

    @Test
    void whatSudoRefusesIsNotTried() throws InterruptedException {
        machine.run("systemctl stop nginx.service");

        Outcome.NotHealed not = (Outcome.NotHealed) heal("eve", HOST);

        assertThat(not.problem())
                .isEqualTo("sudo on " + machine.shell("eve").host()
                        + " does not let this user run systemctl start nginx.service without a password");
        assertThat(done(not)).isEmpty();
        assertThat(machine.run("systemctl is-active nginx.service || true")).isEqualTo("inactive\n");
    }

    @Test
    void anOrdinaryUserIsToldThatTheHostRefuses() throws InterruptedException {
        machine.run("systemctl stop nginx.service");

        Outcome.NotHealed not = (Outcome.NotHealed) healHastily("ann");

        assertThat(not.diagnosis().found()).isEqualTo("unit nginx.service does not run: systemd says inactive (dead)");
        assertThat(not.problem()).matches("systemctl start nginx.service ended with exit code [14]: .*");
        assertThat(done(not)).containsExactly("systemctl start nginx.service");
        assertThat(machine.run("systemctl is-active nginx.service || true")).isEqualTo("inactive\n");
    }

    @Test
    void whatHangsIsNotRestartedByWhoCannotTestItsConfiguration() throws InterruptedException {
        machine.run("pkill -STOP nginx");

        assertTold(
                heal("bob", HOST),
                Cause.CONFIGURATION_UNTESTED,
                "unit nginx.service runs, and does not answer, and its configuration cannot be tested by this user");
    }

    @Test
    void anOrdinaryUserFindsTheProgramThatHasThePort() throws InterruptedException {
        machine.run("systemctl stop nginx.service; busybox httpd -p 80 -h /tmp");

        assertTold(
                heal("ann", HOST),
                Cause.PORT_TAKEN,
                "port 80, which unit nginx.service needs, is taken by a program that only the administrator is told");
    }

    @Test
    void whoMayUseDockerNeedsNoSudo() throws InterruptedException {
        site("--restart=no", "nginx -g 'daemon off;'");
        machine.run("docker stop -t 1 site");

        assertHealed(
                heal("dave", HOST),
                "container site of docker does not run: docker says exited, exit code 0",
                "docker start site");
    }

    @Test
    void whoMayNotAskTheEngineIsToldSo() throws InterruptedException {
        site("", "nginx -g 'daemon off;'");
        machine.run("docker kill site");

        assertTold(
                heal("ann", HOST),
                Cause.ENGINE_SILENT,
                "the engine of the containers runs, and does not tell this user about them: systemd says active \\(running\\)");
    }

    // ---- Containers

    private void site(String options, String command) {
        machine.run("systemctl disable -q --now nginx.service; docker run -d --name site -p 80:80 " + options
                + " site:1 " + command);
    }

    @Test
    void aContainerThatWasStoppedIsStarted() throws InterruptedException {
        site("--restart=unless-stopped", "nginx -g 'daemon off;'");
        assertThat(heal()).isInstanceOf(Outcome.NotNeeded.class);
        machine.run("docker kill site");

        assertHealed(
                heal(),
                "container site of docker does not run: docker says exited, exit code 137",
                "docker start site");
    }

    /** What was tried out once is not what serves. */
    @Test
    void aUnitThatIsMeantToRunIsStartedBeforeAContainerThatHasEnded() throws InterruptedException {
        machine.run("docker create -p 80:80 --name old site:1 nginx; systemctl stop nginx.service");

        assertHealed(
                heal(),
                "unit nginx.service does not run: systemd says inactive \\(dead\\)",
                "systemctl start nginx.service");
    }

    @Test
    void aContainerThatRanOutOfMemoryIsToldAsSuch() throws InterruptedException {
        site(
                "--memory=16m --memory-swap=16m",
                "sh -c 'if [ -e /tmp/again ]; then exec nginx -g \"daemon off;\"; fi; : >/tmp/again; exec tail /dev/zero'");
        machine.run("timeout 20 docker wait site");

        assertHealed(
                heal(),
                "container site of docker was ended by the kernel for want of memory: docker says exited, exit code 137, out of"
                        + " memory",
                "docker start site");
    }

    @Test
    void aContainerThatEndsAgainAndAgainIsTold() throws InterruptedException {
        site("--restart=always", "sh -c 'echo no configuration; sleep 0.5; exit 3'");
        machine.run("until [ $(docker inspect -f '{{.RestartCount}}' site) -ge 3 ]; do sleep 0.1; done");

        Diagnosis told = assertTold(
                heal(),
                Cause.RESTART_LOOP,
                "container site of docker is started again and again, and ends each time: docker says .*, restarted [0-9]+ times");

        assertThat(told.evidence()).contains("no configuration");
    }

    @Test
    void aContainerThatIsPausedGoesOn() throws InterruptedException {
        site("", "nginx -g 'daemon off;'");
        machine.run("docker pause site");

        assertHealed(heal(), "container site of docker is paused: docker says paused", "docker unpause site");
    }

    @Test
    void aContainerThatHangsIsRestartedUnlessItsConfigurationIsBroken() throws InterruptedException {
        machine.run("mkdir /srv/broken; tar -C /srv/broken -xf /srv/site.tar ./etc/nginx");
        site("--stop-timeout=1 -v /srv/broken/etc/nginx:/etc/nginx", "nginx -g 'daemon off;'");
        machine.run("pkill -STOP nginx; echo 'sever {}' >>/srv/broken/etc/nginx/nginx.conf");

        assertTold(
                heal(),
                Cause.CONFIGURATION_BROKEN,
                "nginx refuses its configuration: unknown directive \"sever\" in /etc/nginx/nginx.conf:3");

        machine.run("sed -i '$d' /srv/broken/etc/nginx/nginx.conf");
        assertHealed(
                heal(),
                "container site of docker runs, and does not answer: docker says running",
                "docker restart site");
    }

    @Test
    void aContainerOfPodmanIsStarted() throws InterruptedException {
        machine.run("""
                systemctl disable -q --now nginx.service
                podman run -d --name site --network host localhost/site:1 nginx -g 'daemon off;'
                """);
        assertThat(heal()).isInstanceOf(Outcome.NotNeeded.class);
        machine.run(
                "podman kill site; until [ \"$(podman inspect -f '{{.State.Status}}' site)\" = exited ]; do sleep 0.1; done");

        assertHealed(
                heal(),
                "container site of podman does not run: podman says exited, exit code 137",
                "podman start site");
    }

    @Test
    void anEngineThatIsDownIsStartedAndItsContainersComeBack() throws InterruptedException {
        site("--restart=unless-stopped", "nginx -g 'daemon off;'");
        machine.run("systemctl stop docker.socket docker.service");

        assertHealed(
                heal(),
                "the engine of the containers does not run: systemd says inactive \\(dead\\)",
                "systemctl start docker.service");
    }

    /** The network of a release is a container that is never restarted by itself. */
    @Test
    void aReleaseWhoseNetworkIsGoneAfterARestartOfTheEngineComesBack() throws InterruptedException {
        release();
        assertThat(heal()).isInstanceOf(Outcome.NotNeeded.class);
        machine.run("systemctl stop docker.socket docker.service");

        assertHealed(
                healHastily("root"),
                "the engine of the containers does not run: systemd says inactive \\(dead\\)",
                "systemctl start docker.service",
                "docker start shop_1_net",
                "docker start shop_1_app");
    }

    @Test
    void anApplicationOfAReleaseIsStarted() throws InterruptedException {
        release();
        machine.run("docker kill shop_1_app");

        assertHealed(
                heal(),
                "the application, container shop_1_app of docker, does not run: docker says exited, exit code 137",
                "docker start shop_1_app");
    }

    private void release() {
        machine.run("""
                systemctl disable -q --now nginx.service
                docker network create shop
                start() {
                  part=$1
                  shift
                  docker run -d --label dev.upkeep.stack=shop --label dev.upkeep.part=$part "$@"
                }
                start net --name shop_1_net --network shop --network-alias app --restart no --stop-signal KILL site:1 sleep infinity
                start app --name shop_1_app --network container:shop_1_net --stop-signal KILL --restart unless-stopped site:1 httpd -f -p 8080 -h /srv/app
                start edge --name shop_edge --network shop --publish 80:80 --restart unless-stopped site:1 \\
                  nginx -c /etc/nginx/shop.conf -g 'daemon off;'
                """);
    }

    @Test
    void anApplicationOfAComposeProjectIsStartedAndNoJobThatIsDone() throws InterruptedException {
        machine.run("""
                systemctl disable -q --now nginx.service
                docker network create shop
                start() { docker run -d --label com.docker.compose.project=shop --network shop "$@"; }
                start --name app site:1 httpd -f -p 8080 -h /srv/app
                start --name edge --publish 80:80 site:1 nginx -c /etc/nginx/shop.conf -g 'daemon off;'
                start --name migrate site:1 sleep 0
                docker kill app
                """);

        assertHealed(
                heal(),
                "the application, container app of docker, does not run: docker says exited, exit code 137",
                "docker start app");
        assertThat(machine.run("docker inspect -f '{{.State.Status}}' migrate")).isEqualTo("exited\n");
    }

    // ---- Who may, and how often

    @Test
    void ofTwoHealersOneRepairs() throws Exception {
        machine.run("""
                mkdir /etc/systemd/system/nginx.service.d
                printf '[Service]\\nExecStartPre=/bin/sleep 2\\n' >/etc/systemd/system/nginx.service.d/slow.conf
                systemctl daemon-reload
                systemctl stop nginx.service
                """);
        ExecutorService healers = Executors.newFixedThreadPool(2);
        List<Outcome> outcomes = new ArrayList<>();
        try {
            Callable<Outcome> healer = this::heal;
            for (Future<Outcome> each : healers.invokeAll(List.of(healer, healer))) {
                outcomes.add(each.get());
            }
        } finally {
            healers.shutdownNow();
        }

        assertThat(outcomes).hasAtLeastOneElementOfType(Outcome.Healed.class);
        assertThat(outcomes).hasAtLeastOneElementOfType(Outcome.Refused.class);
        for (Outcome outcome : outcomes) {
            if (outcome instanceof Outcome.Refused refused) {
                assertThat(refused.refusal().kind()).isEqualTo(Refusal.Kind.ANOTHER_HEALER);
                assertThat(refused.refusal().found()).startsWith("tester@desk is at it since 20");
                assertThat(done(refused)).isEmpty();
            }
        }
        assertThat(machine.run("cut -f 3 /var/lib/upkeep/heal/host/history")).isEqualTo("begun\nhelped\n");
    }

    @Test
    void aHostIsNotRepairedAgainTooSoonUnlessItForgets() throws InterruptedException {
        machine.run("systemctl stop nginx.service");
        heal();
        machine.run("systemctl stop nginx.service");

        Outcome.Refused refused = (Outcome.Refused) heal();

        assertThat(refused.refusal().kind()).isEqualTo(Refusal.Kind.TOO_SOON);
        assertThat(done(refused)).isEmpty();
        Limits often = new Limits(Duration.ZERO, 1, Duration.ofHours(1), 3, Duration.ofHours(6));
        assertThat(((Outcome.Refused) remediator.within(often).heal(machine.shell("root"), HOST, machine.outside()))
                        .refusal()
                        .kind())
                .isEqualTo(Refusal.Kind.TOO_OFTEN);
        remediator.reset(machine.shell("root"), HOST);
        assertThat(heal()).isInstanceOf(Outcome.Healed.class);
    }

    @Test
    void aHostThatCannotCountIsLeftAloneAndUnlocked() throws InterruptedException {
        machine.run("""
                systemctl stop nginx.service
                mkdir -p /var/lib/upkeep
                mount -t tmpfs -o size=16k tmpfs /var/lib/upkeep
                head -c 20000 /dev/zero >/var/lib/upkeep/old.log || true
                """);

        Outcome.Refused refused = (Outcome.Refused) heal();

        assertThat(refused.refusal().kind()).isEqualTo(Refusal.Kind.NOT_COUNTED);
        assertThat(refused.refusal().found())
                .matches("the host cannot keep count of repairs: exit code 1, guard: .*: I/O error");
        assertThat(done(refused)).isEmpty();
        assertThat(machine.run("ls /var/lib/upkeep/heal/host")).isEqualTo("alone\n");
    }

    @Test
    void aHostThatSomebodyWorksOnIsLeftAlone() throws InterruptedException {
        machine.run(
                "systemctl stop nginx.service; mkdir -p /var/lib/upkeep; echo 'new disk, ann' >/var/lib/upkeep/maintenance");

        Outcome.Refused refused = (Outcome.Refused) heal();

        assertThat(refused.refusal().found()).isEqualTo("/var/lib/upkeep/maintenance is there: new disk, ann ");
        assertThat(done(refused)).isEmpty();
    }

    @Test
    void aRehearsalChangesNothing() throws InterruptedException {
        site("", "nginx -g 'daemon off;'");
        machine.run("docker stop -t 1 site");
        String before = state();

        Outcome.Rehearsed rehearsed = (Outcome.Rehearsed) rehearse();

        assertThat(rehearsed.remedy().orElseThrow().commands()).hasToString("[docker start site]");
        assertThat(rehearsed.refusal()).isEmpty();
        assertThat(done(rehearsed)).isEmpty();
        assertThat(state()).isEqualTo(before);
    }

    /** Whoever asks it starts it. */
    @Test
    void aRehearsalDoesNotWakeAnEngineThatSystemdListensFor() throws InterruptedException {
        machine.run(
                "systemctl disable -q --now nginx.service; systemctl stop docker.service; systemctl start docker.socket");

        Outcome.Rehearsed rehearsed = (Outcome.Rehearsed) rehearse();

        assertThat(rehearsed.remedy().orElseThrow().commands()).hasToString("[systemctl start docker.service]");
        assertThat(machine.run("systemctl is-active docker.service || true")).isEqualTo("inactive\n");
    }

    private Outcome rehearse() throws InterruptedException {
        return remediator.rehearse(machine.shell("root"), HOST, machine.outside());
    }

    private String state() {
        return machine.run("""
                systemctl show nginx.service shop.service docker.service -p ActiveState,SubState,MainPID,ActiveEnterTimestamp
                docker ps -a --format '{{.Names}} {{.State}} {{.CreatedAt}}'
                docker inspect -f '{{.State.StartedAt}} {{.State.FinishedAt}}' site
                find /var/lib/upkeep /root /etc/nginx -newermt '-1 min' 2>&1 | sort
                pgrep nginx || true
                """);
    }
}
