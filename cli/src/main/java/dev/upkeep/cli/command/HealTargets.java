package dev.upkeep.cli.command;

import dev.upkeep.checker.VersionChecker;
import dev.upkeep.checker.check.VersionCheck;
import dev.upkeep.checker.fleet.FleetVerdict;
import dev.upkeep.checker.fleet.MemberVerdict;
import dev.upkeep.checker.verdict.ShownUri;
import dev.upkeep.checker.verdict.Status;
import dev.upkeep.checker.verdict.Verdict;
import dev.upkeep.cli.config.Config;
import dev.upkeep.cli.exit.ExitCode;
import dev.upkeep.cli.heal.InstanceShells;
import dev.upkeep.cli.heal.Patient;
import dev.upkeep.cli.heal.Sights;
import dev.upkeep.cli.heal.Visited;
import dev.upkeep.cli.output.CheckReport;
import dev.upkeep.cli.terminal.Terminal;
import dev.upkeep.infra.Platform;
import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.infra.progress.Operation;
import dev.upkeep.infra.spec.StackName;
import dev.upkeep.infra.spec.StackSpec;
import dev.upkeep.remediation.diagnosis.Cause;
import dev.upkeep.remediation.local.LocalShell;
import dev.upkeep.remediation.outcome.Outcome;
import dev.upkeep.remediation.outside.Condition;
import dev.upkeep.remediation.outside.Sight;
import dev.upkeep.remediation.service.WebHost;
import dev.upkeep.remediation.shell.RemoteShell;
import dev.upkeep.remediation.ssh.SshShell;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** The hosts that a run may have to repair. */
sealed interface HealTargets extends AutoCloseable {

    /** What it is called in reports. */
    String subject();

    /** All hosts. */
    List<Patient> all() throws InterruptedException;

    /** Those that one look finds ailing, and no more than some; each is looked at again before it is touched. */
    List<Patient> ailing(int most) throws InterruptedException;

    /** What the run ends with. */
    int exitCode(List<Visited> visits) throws InterruptedException;

    /** What the reader should know besides. */
    Optional<String> note();

    @Override
    void close();

    /** One host that serves a URL. It is always visited: the visit itself looks first. */
    record OfUrl(
            VersionChecker checker,
            VersionCheck check,
            WebHost host,
            Optional<SshShell> ssh,
            String subject,
            AtomicReference<Verdict> last)
            implements HealTargets {

        static OfUrl of(VersionChecker checker, VersionCheck check, WayInOptions way, Terminal terminal) {
            return new OfUrl(
                    checker,
                    check,
                    way.host(port(check.uri())),
                    way.ssh(terminal),
                    ShownUri.of(check.uri()),
                    new AtomicReference<>());
        }

        @Override
        public List<Patient> all() {
            RemoteShell shell = ssh.<RemoteShell>map(way -> way).orElseGet(LocalShell::new);
            return List.of(new Patient(subject, shell, host, this::look));
        }

        private Sight look() throws InterruptedException {
            Verdict verdict = checker.check(check);
            last.set(verdict);
            return Sights.of(verdict);
        }

        @Override
        public List<Patient> ailing(int most) {
            return all();
        }

        private static int port(URI uri) {
            return uri.getPort() > 0 ? uri.getPort() : "https".equals(uri.getScheme()) ? 443 : 80;
        }

        @Override
        public int exitCode(List<Visited> visits) {
            return Optional.ofNullable(last.get())
                    .map(verdict ->
                            ExitCode.of(verdict.status(), !verdict.warnings().isEmpty()))
                    .orElse(ExitCode.UNKNOWN);
        }

        @Override
        public Optional<String> note() {
            return Optional.empty();
        }

        @Override
        public void close() {
            ssh.ifPresent(SshShell::close);
        }
    }

    /** Opens the platform of the file. */
    static HealTargets ofStack(VersionChecker checker, CheckOptions options, Terminal terminal)
            throws InterruptedException {
        Config config = options.config(terminal);
        CheckTarget target = CheckTarget.of(options, terminal);
        return new OfStack(checker, target, Platforms.open(config, terminal), config.spec());
    }

    /** The instances of a stack. */
    final class OfStack implements HealTargets {

        private static final int LOOKS = 10;
        private static final Duration PAUSE = Duration.ofSeconds(1);

        private final VersionChecker checker;
        private final CheckTarget target;
        private final Platform platform;
        private final StackName stack;
        private final InstanceShells shells;
        private Optional<String> note = Optional.empty();
        private Optional<FleetVerdict> before = Optional.empty();

        private OfStack(VersionChecker checker, CheckTarget target, Platform platform, StackSpec spec) {
            this.checker = checker;
            this.target = target;
            this.platform = platform;
            this.stack = spec.name();
            this.shells = InstanceShells.of(platform, spec, InstanceShells.Login.USUAL);
        }

        @Override
        public String subject() {
            return target.subject();
        }

        private FleetVerdict look() throws InterruptedException {
            return checker.check(target.fleet());
        }

        @Override
        public List<Patient> all() throws InterruptedException {
            return platform.instances(stack).stream()
                    .map(instance -> patient(instance.id().text()))
                    .toList();
        }

        @Override
        public List<Patient> ailing(int most) throws InterruptedException {
            Optional<Operation> operation = platform.current(stack);
            if (operation.isPresent()) {
                note = Optional.of("nothing was repaired: " + operation.get().describe() + " is changing the stack");
                return List.of();
            }
            before = Optional.of(look());
            List<String> ailing = before.get().members().stream()
                    .filter(member -> member.role() == MemberVerdict.Role.ORIGIN)
                    .filter(member -> Sights.of(member.verdict()).condition().isAilment())
                    .map(MemberVerdict::name)
                    .toList();
            note = ailing.size() > most
                    ? Optional.of("visited were " + most + " of " + ailing.size() + " ailing instances; see --at-most")
                    : Optional.empty();
            return ailing.stream().limit(most).map(this::patient).toList();
        }

        private Patient patient(String instance) {
            InstanceId id = InstanceId.of(instance);
            return new Patient(
                    instance, shells.on(id), Patient.hostOf(platform, stack, id), () -> Sights.of(look(), instance));
        }

        @Override
        public int exitCode(List<Visited> visits) throws InterruptedException {
            FleetVerdict last = settled(visits);
            CheckReport report = target.report(last);
            String status = subject() + " is " + report.status();
            List<String> notes = new ArrayList<>(note.stream().toList());
            if (visits.stream().anyMatch(OfStack::lacksItsApplication)) {
                notes.add("upkeep apply starts the applications of a stack again");
            }
            boolean isEdgeAlone = isEdgeAiling(last)
                    && last.troubled().stream().allMatch(member -> member.role() == MemberVerdict.Role.EDGE);
            if (isEdgeAlone) {
                notes.add(
                        "the instances serve, and the edge does not: that is not repaired by heal; see upkeep status and upkeep apply");
            }
            notes.add(status);
            note = Optional.of(String.join("\n", notes));
            return report.exitCode();
        }

        /** A load balancer needs some seconds until it sends users to an instance again, or to none that hangs. */
        private FleetVerdict settled(List<Visited> visits) throws InterruptedException {
            // Where nobody went in, nothing has changed since the first look.
            FleetVerdict last = visits.isEmpty() && before.isPresent() ? before.get() : look();
            boolean wasRepaired = visits.stream().anyMatch(visit -> visit.outcome() instanceof Outcome.Healed);
            for (int looks = 1; looks < LOOKS && (wasRepaired ? last.status() != Status.UP : mayEvade(last)); looks++) {
                Thread.sleep(PAUSE.toMillis());
                last = look();
            }
            return last;
        }

        private static boolean mayEvade(FleetVerdict last) {
            return isEdgeAiling(last)
                    && last.members().stream()
                            .filter(member -> member.role() == MemberVerdict.Role.ORIGIN)
                            .anyMatch(member -> Sights.of(member.verdict()).condition() == Condition.SERVES);
        }

        private static boolean isEdgeAiling(FleetVerdict last) {
            return last.edge()
                    .filter(edge -> Sights.of(edge).condition().isAilment())
                    .isPresent();
        }

        private static boolean lacksItsApplication(Visited visit) {
            return visit.outcome() instanceof Outcome.NotHealed not
                    && not.diagnosis().cause() == Cause.APPLICATION_UNKNOWN;
        }

        @Override
        public Optional<String> note() {
            return note;
        }

        @Override
        public void close() {
            shells.close();
            platform.close();
            target.close();
        }
    }
}
