package dev.upkeep.cli.demo;

import dev.upkeep.checker.VersionChecker;
import dev.upkeep.checker.check.VersionCheck;
import dev.upkeep.checker.fleet.FleetCheck;
import dev.upkeep.checker.fleet.FleetVerdict;
import dev.upkeep.checker.gate.Convergence;
import dev.upkeep.checker.gate.ConvergenceGate;
import dev.upkeep.checker.gate.RoundListener;
import dev.upkeep.checker.verdict.Status;
import dev.upkeep.checker.version.ExpectedVersion;
import dev.upkeep.cli.exit.FailedException;
import dev.upkeep.cli.heal.Patient;
import dev.upkeep.cli.heal.Sights;
import dev.upkeep.cli.terminal.Durations;
import dev.upkeep.cli.terminal.Progress;
import dev.upkeep.infra.inventory.Instance;
import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.infra.inventory.ServedPaths;
import dev.upkeep.infra.inventory.StackStatus;
import dev.upkeep.infra.progress.ProgressListener;
import dev.upkeep.remediation.Confirmation;
import dev.upkeep.remediation.RemediationListener;
import dev.upkeep.remediation.Remediator;
import dev.upkeep.remediation.diagnosis.Diagnosis;
import dev.upkeep.remediation.guard.Limits;
import dev.upkeep.remediation.outcome.Outcome;
import dev.upkeep.remediation.remedy.Remedy;
import dev.upkeep.remediation.service.WebHost;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The demonstration, scene by scene. Each scene must end with the status that it is to show, or the demonstration fails. */
final class DemoScenario {

    private static final String OLD = "1.0.6";
    private static final String NEW = "1.0.7";
    private static final String BROKEN = "1.0.8";
    private static final InstanceId VICTIM = InstanceId.of("i2");
    private static final InstanceId FIRST = InstanceId.of("i1");
    private static final InstanceId THIRD = InstanceId.of("i3");

    /** Two demonstrations in a row are no host that fails again and again. */
    private static final Limits NO_LIMITS =
            new Limits(Duration.ZERO, 1000, Duration.ofSeconds(1), 1000, Duration.ofSeconds(1));

    private static final ConvergenceGate GATE = new ConvergenceGate(3, Duration.ofMillis(300), Duration.ofSeconds(20));

    /** One round more than there are instances, so that each was asked. */
    private static final ConvergenceGate EDGE_GATE =
            new ConvergenceGate(4, Duration.ofMillis(100), Duration.ofSeconds(10));

    private final DemoStack stack;
    private final VersionChecker checker;
    private final DemoOutput output;
    private final ProgressListener steps;

    DemoScenario(DemoStack stack, VersionChecker checker, DemoOutput output, Progress progress) {
        this.stack = stack;
        this.checker = checker;
        this.output = output;
        this.steps = event -> progress.waitingFor(event.resource() + ": " + event.message());
    }

    void run() throws InterruptedException {
        standUp();
        breakOne();
        repair();
        heal();
        shipToOne();
        shipToAll();
    }

    private void standUp() throws InterruptedException {
        output.scene("Stand up three web servers and a load balancer", "upkeep apply");
        StackStatus status = stack.apply(OLD, steps);
        output.say("real nginx and HAProxy, on this machine only");
        status.edge().ifPresent(edge -> output.say("users reach them at " + edge));
        output.scene("Prove from outside that all of them serve " + OLD, "upkeep check");
        show(OLD, Status.UP);
    }

    private void breakOne() throws InterruptedException {
        output.scene("Break one: kill the application of " + VICTIM, "kill $(cat .../" + VICTIM + "/app.pid)");
        stack.breakInstance(VICTIM);
        output.say("its nginx goes on, and serves the version");
        output.scene("See it detected, while users notice nothing", "upkeep check");
        awaitTheLoadBalancer();
        FleetVerdict verdict = show(OLD, Status.DEGRADED);
        if (verdict.edge().filter(edge -> edge.status() == Status.UP).isEmpty()) {
            throw new FailedException("the demo failed: the edge should have stayed up");
        }
    }

    /** It needs a moment to find out; until then it still sends one question in three to the dead application. */
    private void awaitTheLoadBalancer() throws InterruptedException {
        checker.await(edgeCheck(stack.platform().status(DemoStack.NAME), OLD), EDGE_GATE, RoundListener.none());
    }

    private void repair() throws InterruptedException {
        output.scene("Repair it: the same command that stood it up", "upkeep apply");
        stack.platform()
                .plan(DemoStack.spec(OLD))
                .changes()
                .forEach(change -> output.say(
                        "plan: " + change.resource() + " " + lower(change.action()) + ": " + change.reason()));
        stack.apply(OLD, steps);
        show(OLD, Status.UP);
    }

    private void heal() throws InterruptedException {
        output.scene("Kill the nginx of " + THIRD + ", and have it healed", "upkeep heal");
        stack.killNginx(THIRD);
        try (DemoSsh ssh = DemoSsh.in(stack.beside("ssh"))) {
            ssh.words().forEach(output::say);
            Remediator remediator = Remediator.of("the demo")
                    .confirming(new Confirmation(3, Duration.ofMillis(300), Duration.ofSeconds(10)))
                    .within(NO_LIMITS)
                    .telling(new RemediationListener() {
                        @Override
                        public void diagnosed(String host, Diagnosis diagnosis) {
                            output.say("found: " + diagnosis.found().replaceFirst(":.*", ""));
                        }

                        @Override
                        public void remedying(String host, Remedy remedy) {
                            output.say("doing: " + remedy.describe());
                        }
                    });
            WebHost host = Patient.hostOf(stack.platform(), DemoStack.NAME, THIRD);
            Outcome outcome =
                    remediator.heal(ssh.shell(), host, () -> Sights.of(checker.check(fleet(OLD)), THIRD.text()));
            // The count would outlive the stack.
            remediator.reset(ssh.shell(), host);
            if (!(outcome instanceof Outcome.Healed healed)) {
                throw new FailedException("the demo failed: " + THIRD + " was not healed: " + outcome);
            }
            output.say("from outside: " + healed.sight().words() + ", after " + Durations.text(healed.took()));
        }
        show(OLD, Status.UP);
    }

    private void shipToOne() throws InterruptedException {
        output.scene("Ship " + NEW + " to one only, as a stuck deployment would", "upkeep check");
        stack.platform().ship(DemoStack.NAME, FIRST, NEW, steps);
        show(NEW, Status.MIXED);
    }

    private void shipToAll() throws InterruptedException {
        output.scene("Ship it to all in turn, while a visitor keeps asking", "upkeep deploy " + NEW);
        URI edge = edge(stack.platform().status(DemoStack.NAME));
        try (RequestLoop loop = RequestLoop.of(edge)) {
            stack.apply(NEW, steps);
            Convergence<FleetVerdict> end = checker.await(fleet(NEW), GATE, RoundListener.none());
            output.say(end.match(
                    yes -> "converged: " + GATE.rounds() + " good rounds in a row", no -> "not converged in time"));
            output.diagram(end.last().verdict());
            expect(end.last().verdict(), Status.UP);
            shipBroken();
            output.say("the visitor made " + loop.requests() + " requests, " + loop.failures() + " failed");
        }
    }

    private void shipBroken() throws InterruptedException {
        output.scene("Ship one that does not start, and see it go back", "upkeep deploy " + BROKEN);
        String found = stack.applyBroken(BROKEN, steps);
        List<String> lines = found.lines().map(String::strip).toList();
        output.say(lines.get(0).replaceFirst(";.*", ""));
        output.say("the end of its log: " + lines.get(lines.size() - 1));
        show(NEW, Status.UP);
    }

    private FleetVerdict show(String expected, Status status) throws InterruptedException {
        FleetVerdict verdict = checker.check(fleet(expected));
        output.verdict(verdict);
        output.diagram(verdict);
        expect(verdict, status);
        return verdict;
    }

    private static void expect(FleetVerdict verdict, Status status) {
        if (verdict.status() != status) {
            throw new FailedException(
                    "the demo failed: " + status + " was expected, " + verdict.status() + " was found");
        }
    }

    private FleetCheck fleet(String expected) throws InterruptedException {
        StackStatus status = stack.platform().status(DemoStack.NAME);
        FleetCheck.Builder fleet = FleetCheck.builder().edge(edgeCheck(status, expected));
        for (Instance instance : status.instances()) {
            fleet.origin(instance.id().text(), instance.address().orElseThrow());
        }
        return fleet.build();
    }

    private static VersionCheck edgeCheck(StackStatus status, String expected) {
        return VersionCheck.builder(edge(status), ExpectedVersion.exactly(expected))
                .readyAt(ServedPaths.READINESS)
                .build();
    }

    private static URI edge(StackStatus status) {
        return status.edge()
                .map(edge -> edge.resolve("/version.txt"))
                .orElseThrow(() -> new FailedException("the demo failed: the stack has no edge"));
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
