package dev.upkeep.remediation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.remediation.diagnosis.Cause;
import dev.upkeep.remediation.guard.Refusal;
import dev.upkeep.remediation.outcome.Outcome;
import dev.upkeep.remediation.outside.Condition;
import dev.upkeep.remediation.outside.Sight;
import dev.upkeep.remediation.service.Service;
import dev.upkeep.remediation.service.WebHost;
import dev.upkeep.remediation.shell.CommandResult;
import dev.upkeep.remediation.shell.ShellFailure;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a host, step by step, in no time. */
class RemediatorTest {

    private static final String DISK = "room\t/\t4000000";
    private static final String STOPPED = "unit\tActiveState=inactive";
    private static final String RUNS = "unit\tActiveState=active";
    private static final String LISTENS = "listener\tLISTEN 0 511 0.0.0.0:80 0.0.0.0:* users:((\"nginx\",pid=12,fd=6))";

    private final HostOfTests host = new HostOfTests();
    private Condition condition = Condition.DOWN;

    private final Remediator remediator = Remediator.of("ann@laptop").by(host, host::passes);

    private Sight look() {
        return new Sight(condition, condition.name());
    }

    private Outcome heal() throws InterruptedException {
        return heal(WebHost.on(80));
    }

    private Outcome heal(WebHost what) throws InterruptedException {
        return remediator.heal(host, what, this::look);
    }

    private void nginxIs(String... facts) {
        StringBuilder all =
                new StringBuilder("may\troot\n" + DISK + "\nss\tyes\ninit\tsystemd\nunit\tLoadState=loaded\n");
        all.append(String.join("\n", facts)).append("\nnginx\t/usr/sbin/nginx");
        host.isFound(all.toString().split("\n"));
    }

    private void helps(String command) {
        host.whenRun(command, () -> {
            condition = Condition.SERVES;
            return HostOfTests.ended(0, "");
        });
    }

    @Test
    void whatDoesNotRunIsStarted() throws InterruptedException {
        nginxIs(STOPPED, "test\t0");
        helps("systemctl start nginx.service");

        Outcome.Healed healed = (Outcome.Healed) heal();

        assertThat(healed.diagnosis().found()).isEqualTo("unit nginx.service does not run: systemd says inactive ()");
        assertThat(healed.remedies())
                .extracting(remedy -> remedy.describe())
                .containsExactly("start unit nginx.service");
        assertThat(healed.took()).isEqualTo(Duration.ofSeconds(10));
        assertThat(healed.audit())
                .extracting(entry -> entry.purpose() + ": " + entry.result())
                .containsExactly(
                        "find out what is wrong: exit code 0",
                        "read the last lines of its log: exit code 0",
                        "take the lock: exit code 0",
                        "write down that a repair begins: exit code 0",
                        "start unit nginx.service: exit code 0",
                        "give the lock back: exit code 0");
        assertThat(host.repairs()).hasSize(2).last().asString().contains("\thelped\t");
        assertThat(host.isLocked()).isFalse();
    }

    @Test
    void whatHangsIsReloadedAndThenRestarted() throws InterruptedException {
        nginxIs(RUNS, LISTENS, "test\t0");
        helps("systemctl restart nginx.service");

        Outcome.Healed healed = (Outcome.Healed) heal();

        assertThat(healed.diagnosis().cause()).isEqualTo(Cause.HUNG);
        assertThat(host.commands())
                .filteredOn(command -> command.startsWith("systemctl"))
                .containsExactly("systemctl reload nginx.service", "systemctl restart nginx.service");
        assertThat(host.repairs()).hasSize(2);
    }

    @Test
    void whatStaysDownIsToldWithWhatWasTried() throws InterruptedException {
        nginxIs(RUNS, LISTENS, "test\t0");
        host.whenRun("systemctl restart nginx.service", () -> HostOfTests.ended(1, "Job failed. token=abc"));

        Outcome.NotHealed not = (Outcome.NotHealed) heal();

        assertThat(not.remedies()).hasSize(2);
        assertThat(not.problem())
                .isEqualTo("systemctl restart nginx.service ended with exit code 1: Job failed. token=[hidden]");
        assertThat(not.needsAttention()).isTrue();
        assertThat(host.repairs()).last().asString().contains("\tfailed\t");
        assertThat(host.isLocked()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = Condition.class,
            names = {"OTHER", "UNKNOWN"})
    void whatNoRestartMendsIsNotTouched(Condition found) throws InterruptedException {
        condition = found;

        assertThat(heal()).isInstanceOf(Outcome.NotTouched.class);
        assertThat(host.commands()).isEmpty();
    }

    @Test
    void oneBadLookIsNoProof() throws InterruptedException {
        int[] looks = {0};

        Outcome outcome = remediator.heal(
                host,
                WebHost.on(80),
                () -> new Sight(looks[0]++ < 2 ? Condition.DOWN : Condition.SERVES, "look " + looks[0]));

        assertThat(outcome).isEqualTo(new Outcome.NotNeeded(new Sight(Condition.SERVES, "look 3")));
        assertThat(host.instant()).isEqualTo(HostOfTests.MORNING.plusSeconds(10));
    }

    /** Whoever looks may have lost the network meanwhile. */
    @ParameterizedTest
    @EnumSource(
            value = Condition.class,
            names = {"OTHER", "UNKNOWN"})
    void onlyServiceCountsAsHealed(Condition after) throws InterruptedException {
        nginxIs(STOPPED, "test\t0");
        host.whenRun("systemctl start nginx.service", () -> {
            condition = after;
            return HostOfTests.ended(0, "");
        });

        Outcome.NotHealed not = (Outcome.NotHealed) heal();

        assertThat(not.sight().condition()).isEqualTo(after);
        assertThat(not.remedies()).hasSize(1);
        assertThat(host.repairs()).last().asString().contains("\tfailed\t");
        assertThat(host.isLocked()).isFalse();
    }

    @Test
    void aRemedyThatHangsLeavesNoLock() throws InterruptedException {
        nginxIs(STOPPED, "test\t0");
        host.whenRun(
                "systemctl start nginx.service",
                () -> new CommandResult.Failed(
                        ShellFailure.TIMED_OUT, "Tried to start it: it had not ended after 180 s"));

        assertThat(((Outcome.OutOfReach) heal()).failure()).isEqualTo(ShellFailure.TIMED_OUT);

        assertThat(host.isLocked()).isFalse();
        assertThat(host.repairs()).last().asString().contains("\tfailed\t");
    }

    @Test
    void anNginxThatIsNotConfiguredForThePortIsNotTouched() throws InterruptedException {
        nginxIs(RUNS, "test\t0", "configured\t443", "configured\t8080");

        Outcome.NotHealed not = (Outcome.NotHealed) heal();

        assertThat(not.diagnosis().found())
                .isEqualTo("the configuration of nginx on this host listens on 443, 8080, and not on port 80");
        assertThat(not.remedies()).isEmpty();
        assertThat(host.repairs()).isEmpty();
    }

    @Test
    void aBrokenConfigurationIsToldAndNotTouched() throws InterruptedException {
        nginxIs(
                "unit\tActiveState=failed",
                "test\t1",
                "tested\tnginx: [emerg] unknown directive \"sever\" in /etc/nginx/nginx.conf:7",
                "tested\tnginx: configuration file /etc/nginx/nginx.conf test failed");

        Outcome.NotHealed not = (Outcome.NotHealed) heal();

        assertThat(not.diagnosis().cause()).isEqualTo(Cause.CONFIGURATION_BROKEN);
        assertThat(not.diagnosis().found())
                .isEqualTo("nginx refuses its configuration: unknown directive \"sever\" in /etc/nginx/nginx.conf:7");
        assertThat(not.remedies()).isEmpty();
        assertThat(host.commands()).isEmpty();
        assertThat(host.repairs()).isEmpty();
    }

    @Test
    void aPortThatAnotherProgramHasIsNotTaken() throws InterruptedException {
        nginxIs(STOPPED, "test\t0", LISTENS.replace("nginx", "apache2"));

        Outcome.NotHealed not = (Outcome.NotHealed) heal();

        assertThat(not.diagnosis().found())
                .isEqualTo("port 80, which unit nginx.service needs, is taken by apache2 (pid 12)");
        assertThat(not.remedies()).isEmpty();
    }

    @Test
    void aFullDiskIsToldFirst() throws InterruptedException {
        nginxIs(STOPPED, "test\t0", "room\t/var\t1023");

        assertThat(((Outcome.NotHealed) heal()).diagnosis().found()).isEqualTo("/var is full");
    }

    @Test
    void whatIsLeftOfAnNginxWithoutAMasterEnds() throws InterruptedException {
        host.isFound(
                "may\troot",
                "ss\tyes",
                LISTENS,
                "process\t12\t nginx: worker process",
                "nginx\t/usr/sbin/nginx",
                "test\t0");
        helps("nginx");

        Outcome.Healed healed = (Outcome.Healed) heal();

        assertThat(healed.diagnosis().cause()).isEqualTo(Cause.LEFTOVERS);
        assertThat(host.commands()).containsSequence("kill -KILL 12", "nginx");
    }

    @Test
    void aRestartLoopIsToldAndNotTouched() throws InterruptedException {
        host.isFound(
                "may\troot",
                "ss\tyes",
                "engine\tdocker\truns",
                container("edge", "restarting", 1, false, "shop", "edge"));

        Outcome.NotHealed not = (Outcome.NotHealed) heal();

        assertThat(not.diagnosis().found())
                .isEqualTo("container edge of docker is started again and again, and ends each time: docker says"
                        + " restarting, exit code 1");
        assertThat(not.remedies()).isEmpty();
    }

    private static String container(String name, String state, int exit, boolean oom, String stack, String part) {
        return container(name, state, exit, oom, stack, part, "2026-11-28T07:00:00.5Z\t0", "bridge\tunless-stopped");
    }

    private static String container(
            String name,
            String state,
            int exit,
            boolean oom,
            String stack,
            String part,
            String started,
            String network) {
        return "container\tdocker\tid-of-" + name + "\t/" + name + "\t" + state + "\t" + exit + "\t" + oom + "\t"
                + started
                + "\timage\t" + stack + "\t" + part + "\t\t" + network + "\t" + (part.equals("edge") ? "80 443 " : "")
                + "\t/entry\t";
    }

    @Test
    void anApplicationBehindALivingNginxIsStarted() throws InterruptedException {
        condition = Condition.NOT_READY;
        host.isFound(
                "may\tsudo",
                "ss\tyes",
                LISTENS.replace("nginx", "docker-proxy"),
                "engine\tdocker\truns",
                container("shop-edge", "running", 0, false, "shop", "edge"),
                container("shop-web", "running", 0, false, "shop", "web"),
                container("shop-app", "exited", 137, true, "shop", "app"),
                container("other-app", "exited", 0, false, "other", "app"));
        helps("sudo -n -- docker start shop-app");

        Outcome.Healed healed = (Outcome.Healed) heal();

        assertThat(healed.diagnosis().cause()).isEqualTo(Cause.OUT_OF_MEMORY);
        assertThat(healed.diagnosis().found())
                .isEqualTo("the application, container shop-app of docker, was ended by the kernel for want of memory:"
                        + " docker says exited, exit code 137, out of memory");
    }

    private String toldOfRoot(String... facts) throws InterruptedException {
        nginxIs(facts);
        return told();
    }

    private String told() throws InterruptedException {
        int before = host.commands().size();
        Outcome.NotHealed not = (Outcome.NotHealed) heal();
        assertThat(not.remedies()).isEmpty();
        assertThat(host.commands().subList(before, host.commands().size()))
                .allMatch(command -> command.startsWith("journalctl") || command.startsWith("docker logs"));
        return not.diagnosis().cause() + ": " + not.diagnosis().found();
    }

    @Test
    void theMasterOfAnNginxIsNeverTakenForALeftover() throws InterruptedException {
        assertThat(toldOfRoot(STOPPED, "test\t0", LISTENS, "process\t12\tnginx: master process nginx"))
                .isEqualTo("PORT_TAKEN: port 80, which unit nginx.service needs, is taken by nginx (pid 12)");
        assertThat(toldOfRoot(STOPPED, "test\t0", LISTENS))
                .as("nobody has seen what the process is")
                .startsWith("PORT_TAKEN: ");
    }

    @Test
    void anNginxThatRunsBesideAnotherProgramOnItsPortIsNotRestarted() throws InterruptedException {
        assertThat(toldOfRoot(RUNS, "test\t0", LISTENS.replace("nginx", "apache2")))
                .startsWith("PORT_TAKEN: port 80, which unit nginx.service needs, is taken by apache2 (pid 12)");
    }

    @Test
    void aUnitThatIsStartedAgainAndAgainIsToldWhateverItIsAtTheMoment() throws InterruptedException {
        String gone = "RESTART_LOOP: unit nginx.service is started again and again, and ends each time: systemd says ";
        assertThat(toldOfRoot("unit\tActiveState=failed", "unit\tResult=exit-code", "unit\tNRestarts=5", "test\t0"))
                .isEqualTo(gone + "failed (), exit-code, restarted 5 times");
        assertThat(toldOfRoot("unit\tActiveState=activating", "unit\tSubState=auto-restart", "test\t0"))
                .startsWith(gone);
        assertThat(toldOfRoot(
                        RUNS,
                        "unit\tNRestarts=3",
                        "unit\tActiveEnterTimestampMonotonic=941000000",
                        "uptime\t1000.25",
                        LISTENS,
                        "test\t0"))
                .startsWith(gone);
        nginxIs(
                RUNS,
                "unit\tNRestarts=3",
                "unit\tActiveEnterTimestampMonotonic=939000000",
                "uptime\t1000.25",
                LISTENS,
                "test\t0");
        helps("systemctl reload nginx.service");
        assertThat(heal()).isInstanceOf(Outcome.Healed.class);
    }

    @Test
    void whatAnOrdinaryUserMayNotReadSaysNothingAboutTheConfiguration() throws InterruptedException {
        String denied = "tested\tnginx: [emerg] open() \"/run/nginx.pid\" failed (13: Permission denied)";
        host.isFound(
                "may\tnothing",
                "ss\tyes",
                "listener\tLISTEN 0 511 0.0.0.0:80 0.0.0.0:*",
                "unit\tLoadState=loaded",
                RUNS,
                "test\t1",
                denied);
        assertThat(told())
                .isEqualTo("CONFIGURATION_UNTESTED: unit nginx.service runs, and does not answer, and its configuration"
                        + " cannot be tested by this user");

        host.isFound("may\tnothing", "ss\tyes", "unit\tLoadState=loaded", STOPPED, "test\t1", denied);
        helps("systemctl start nginx.service");
        assertThat(heal()).isInstanceOf(Outcome.Healed.class);
    }

    @Test
    void anEngineThatHangsOrRefusesIsTold() throws InterruptedException {
        host.isFound(
                "may\tnothing",
                "engine\tdocker\tfails",
                "unit\tLoadState=loaded",
                "unit\tUnitFileState=disabled",
                STOPPED,
                "docker-unit\tLoadState=loaded",
                "docker-unit\tActiveState=active");

        assertThat(told())
                .startsWith("ENGINE_SILENT: the engine of the containers runs, and does not tell this user about them");
    }

    @Test
    void aMaskedUnitIsNotStartedInAnotherWay() throws InterruptedException {
        host.isFound("may\troot", "ss\tyes", "unit\tLoadState=masked", "nginx\t/usr/sbin/nginx", "test\t0");

        assertThat(told()).endsWith("no container has port 80, nginx.service is masked");
    }

    @Test
    void aContainerThatWasRestartedOftenAndJustNowIsALoop() throws InterruptedException {
        String loop = container(
                "edge", "running", 0, false, "shop", "edge", "2026-11-28 07:59:10.5 +0000 UTC\t3", "bridge\talways");
        host.isFound("may\troot", "now\t" + HostOfTests.MORNING.getEpochSecond(), "engine\tdocker\truns", loop);
        assertThat(told()).startsWith("RESTART_LOOP: container edge of docker is started again and again");

        host.isFound(
                "may\troot",
                "now\t" + HostOfTests.MORNING.plusSeconds(60).getEpochSecond(),
                "engine\tdocker\truns",
                loop);
        helps("docker restart edge");
        assertThat(heal()).isInstanceOf(Outcome.Healed.class);
    }

    @Test
    void theContainerInWhoseNetworkAnApplicationIsRunsFirst() throws InterruptedException {
        condition = Condition.NOT_READY;
        String never = "0001-01-01T00:00:00Z\t0";
        host.isFound(
                "may\troot",
                "engine\tdocker\truns",
                container("edge", "running", 0, false, "shop", "edge"),
                container("app", "exited", 128, false, "shop", "app", never, "container:id-of-net\tunless-stopped"),
                container("net", "exited", 137, false, "shop", "net"));
        helps("docker start app");

        assertThat(heal()).isInstanceOf(Outcome.Healed.class);
        assertThat(host.commands()).containsSubsequence("docker start net", "docker start app");
    }

    @Test
    void ofSeveralContainersBehindAWebServerNoneIsRestartedByChance() throws InterruptedException {
        condition = Condition.NOT_READY;
        String edge = container("edge", "running", 0, false, "", "edge").replace("\t\tbridge", "\tshop\tbridge");
        String app = container("app", "running", 0, false, "", "").replace("\t\tbridge", "\tshop\tbridge");
        String database = app.replace("app", "database");
        String job = app.replace("app", "migrate").replace("running", "exited").replace("unless-stopped", "no");

        host.isFound("may\troot", "engine\tdocker\truns", edge, app, database, job);
        assertThat(told()).startsWith("APPLICATION_UNKNOWN: ");

        host.isFound("may\troot", "engine\tdocker\truns", edge, app, job);
        helps("docker restart app");
        assertThat(heal()).isInstanceOf(Outcome.Healed.class);
    }

    @Test
    void whereSudoAllowsOnlySomethingElseAnEngineThatLetsItsUserIsAskedWithoutIt() throws InterruptedException {
        host.isFound("may\tsome", "engine\tdocker\truns", container("edge", "exited", 0, false, "shop", "edge"));
        host.whenRun("sudo -n -l -- docker start edge", () -> HostOfTests.ended(1, ""));
        helps("docker start edge");

        assertThat(heal()).isInstanceOf(Outcome.Healed.class);
    }

    @Test
    void anApplicationThatNobodyKnowsIsTold() throws InterruptedException {
        condition = Condition.NOT_READY;
        nginxIs(RUNS, LISTENS, "test\t0");

        assertThat(((Outcome.NotHealed) heal()).diagnosis().cause()).isEqualTo(Cause.APPLICATION_UNKNOWN);

        nginxIs(RUNS, LISTENS, "test\t0", "app-unit\tLoadState=loaded", "app-unit\tActiveState=failed");
        helps("systemctl start shop.service");

        assertThat(heal(WebHost.on(80).inFrontOf(new Service.Unit("shop.service"))))
                .isInstanceOf(Outcome.Healed.class);
    }

    @Test
    void anEngineThatDoesNotRunIsStartedAndThenWhatItHolds() throws InterruptedException {
        String[] down = {
            "may\troot",
            "ss\tyes",
            "engine\tdocker\tfails",
            "docker-unit\tLoadState=loaded",
            "docker-unit\tActiveState=inactive"
        };
        host.isFound(down);
        host.whenRun("systemctl start docker.service", () -> {
            host.isFound(
                    "may\troot",
                    "ss\tyes",
                    "engine\tdocker\truns",
                    container("edge", "exited", 0, false, "shop", "edge"));
            return HostOfTests.ended(0, "");
        });
        helps("docker start edge");

        Outcome.Healed healed = (Outcome.Healed) heal();

        assertThat(healed.remedies())
                .extracting(remedy -> remedy.describe())
                .containsExactly("start unit docker.service", "start container edge of docker");
    }

    @Test
    void aHostThatFailsSevenMinutesAfterEachRepairIsLeftAlone() throws InterruptedException {
        nginxIs(STOPPED, "test\t0");
        helps("systemctl start nginx.service");
        for (int repair = 0; repair < 3; repair++) {
            assertThat(heal()).isInstanceOf(Outcome.Healed.class);
            host.passes(Duration.ofMinutes(7));
            condition = Condition.DOWN;
        }

        Outcome.Refused refused = (Outcome.Refused) heal();

        assertThat(refused.refusal().kind()).isEqualTo(Refusal.Kind.REPAIRS_DO_NOT_HELP);
        assertThat(refused.refusal().found()).isEqualTo("the last 3 repairs did not help, or not for long");
        assertThat(host.isLocked()).isFalse();

        host.passes(Duration.ofHours(6));
        assertThat(heal()).isInstanceOf(Outcome.Healed.class);
    }

    @Test
    void aHostIsNotRepairedTwiceInFiveMinutes() throws InterruptedException {
        nginxIs(STOPPED, "test\t0");
        helps("systemctl start nginx.service");
        heal();
        condition = Condition.DOWN;

        Outcome.Refused refused = (Outcome.Refused) heal();

        assertThat(refused.refusal().kind()).isEqualTo(Refusal.Kind.TOO_SOON);
        assertThat(refused.refusal().until()).contains(HostOfTests.MORNING.plus(Duration.ofSeconds(310)));

        remediator.reset(host, WebHost.on(80));
        assertThat(heal()).isInstanceOf(Outcome.Healed.class);
    }

    @Test
    void anotherHealerIsLeftAlone() throws InterruptedException {
        nginxIs(STOPPED, "test\t0");
        host.isLockedBy("bob@office");

        Outcome.Refused refused = (Outcome.Refused) heal();

        assertThat(refused.refusal().kind()).isEqualTo(Refusal.Kind.ANOTHER_HEALER);
        assertThat(refused.refusal().found()).startsWith("bob@office is at it since 2026-11-28T08:00:");
        assertThat(host.isLocked()).isTrue();
    }

    @Test
    void whatNobodyCountsIsNotBegun() throws InterruptedException {
        nginxIs(STOPPED, "test\t0");
        host.cannotWrite();

        assertThat(((Outcome.Refused) heal()).refusal().kind()).isEqualTo(Refusal.Kind.NOT_COUNTED);
        assertThat(host.commands()).noneMatch(command -> command.startsWith("systemctl"));
    }

    @Test
    void aHostThatCannotBeReachedIsTold() throws InterruptedException {
        host.isLost(ShellFailure.HOST_KEY);

        Outcome.OutOfReach lost = (Outcome.OutOfReach) heal();

        assertThat(lost.failure()).isEqualTo(ShellFailure.HOST_KEY);
        assertThat(lost.message()).isEqualTo("Tried to reach www1: no answer; see the network");
    }

    @Test
    void aConnectionThatBreaksInARemedyIsToldWithIt() throws InterruptedException {
        nginxIs(STOPPED, "test\t0");
        host.whenRun("systemctl start nginx.service", () -> {
            host.isLost(ShellFailure.LOST);
            return HostOfTests.ended(0, "");
        });

        Outcome.OutOfReach lost = (Outcome.OutOfReach) heal();

        assertThat(lost.remedies()).hasSize(1);
        assertThat(host.repairs()).singleElement().asString().contains("\tbegun\t");
    }

    @Test
    void sudoThatRefusesIsTold() throws InterruptedException {
        nginxIs(STOPPED, "test\t0");
        host.isFound(
                "may\tsome",
                "ss\tyes",
                "init\tsystemd",
                "unit\tLoadState=loaded",
                STOPPED,
                "nginx\t/usr/sbin/nginx",
                "test\t0");
        host.whenRun("sudo -n -l -- systemctl start nginx.service", () -> HostOfTests.ended(1, ""));

        Outcome.NotHealed not = (Outcome.NotHealed) heal();

        assertThat(not.problem())
                .isEqualTo("sudo on ann@www1 does not let this user run systemctl start nginx.service without a"
                        + " password");
        assertThat(host.commands()).doesNotContain("sudo -n -- systemctl start nginx.service");
    }

    @Test
    void aRehearsalSaysTheCommandsAndChangesNothing() throws InterruptedException {
        host.isFound("may\tsudo", "ss\tyes", "init\tsystemd", "unit\tLoadState=loaded", STOPPED, "test\t0");

        Outcome.Rehearsed rehearsed = (Outcome.Rehearsed) remediator.rehearse(host, WebHost.on(80), this::look);

        assertThat(rehearsed.remedy().orElseThrow().commands())
                .hasToString("[sudo -n -- systemctl start nginx.service]");
        assertThat(rehearsed.refusal()).isEmpty();
        assertThat(host.repairs()).isEmpty();
        assertThat(host.commands()).containsExactly("sudo -n -- journalctl -u nginx.service -n 8 --no-pager -o cat -q");
    }

    @Test
    void aHostWithoutAWebServerIsTold() throws InterruptedException {
        host.isFound("may\troot", "ss\tyes");

        assertThat(((Outcome.NotHealed) heal()).diagnosis().found())
                .isEqualTo("there is no nginx on this host: no container has port 80, there is no nginx.service, and no"
                        + " program nginx");
        assertThat(((Outcome.NotHealed) heal(WebHost.on(80).servedBy(new Service.Container("podman", "web"))))
                        .diagnosis()
                        .found())
                .isEqualTo("there is no container web of podman on this host");
    }

    @Test
    void aShellThatIsNoneIsTold() throws InterruptedException {
        host.isFound("This account is for backups only.");

        assertThat(heal())
                .isInstanceOfSatisfying(
                        Outcome.OutOfReach.class,
                        lost -> assertThat(lost.failure()).isEqualTo(ShellFailure.DENIED));
    }

    @Test
    void theListenerIsToldInOrder() throws InterruptedException {
        nginxIs(STOPPED, "test\t0");
        helps("systemctl start nginx.service");
        List<String> told = new java.util.ArrayList<>();
        RemediationListener listener = new RemediationListener() {
            @Override
            public void looked(String where, Sight sight) {
                told.add(sight.words());
            }

            @Override
            public void remedying(String where, dev.upkeep.remediation.remedy.Remedy remedy) {
                told.add(where + ": " + remedy.describe());
            }
        };

        remediator.telling(listener).heal(host, WebHost.on(80), this::look);

        assertThat(told)
                .containsExactly("DOWN", "DOWN", "DOWN", "DOWN", "ann@www1: start unit nginx.service", "SERVES");
    }
}
