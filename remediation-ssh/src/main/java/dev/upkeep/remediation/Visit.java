package dev.upkeep.remediation;

import dev.upkeep.remediation.audit.AuditedShell;
import dev.upkeep.remediation.audit.Redaction;
import dev.upkeep.remediation.diagnosis.Diagnosis;
import dev.upkeep.remediation.guard.Refusal;
import dev.upkeep.remediation.inspection.Administration;
import dev.upkeep.remediation.inspection.HostLostException;
import dev.upkeep.remediation.inspection.Inspection;
import dev.upkeep.remediation.inspection.Inspector;
import dev.upkeep.remediation.inspection.Privilege;
import dev.upkeep.remediation.outcome.Outcome;
import dev.upkeep.remediation.outside.Condition;
import dev.upkeep.remediation.outside.OutsideCheck;
import dev.upkeep.remediation.outside.Sight;
import dev.upkeep.remediation.ratelimit.Guard;
import dev.upkeep.remediation.remedy.Playbook;
import dev.upkeep.remediation.remedy.Remedy;
import dev.upkeep.remediation.service.Service;
import dev.upkeep.remediation.service.WebHost;
import dev.upkeep.remediation.shell.CommandLimits;
import dev.upkeep.remediation.shell.CommandLine;
import dev.upkeep.remediation.shell.CommandResult;
import dev.upkeep.remediation.shell.RemoteShell;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One visit to one host. Used once, by one thread. */
final class Visit {

    private static final Logger LOG = LoggerFactory.getLogger(Visit.class);

    /** What systemd gives a service to start or stop, and a little more. */
    private static final CommandLimits REMEDY = CommandLimits.DEFAULT.within(Duration.ofMinutes(3));

    /** More remedies than these would be guessing. */
    private static final int MOST = 4;

    /** Between two looks after a remedy: somebody waits for service now. */
    private static final Duration SOON = Duration.ofSeconds(1);

    private final Remediator.Settings settings;
    private final AuditedShell shell;
    private final WebHost host;
    private final OutsideCheck outside;
    private final Inspector inspector;
    private final String token;
    private final List<Remedy> remedies = new ArrayList<>();
    private String problem = "";

    Visit(Remediator.Settings settings, RemoteShell shell, WebHost host, OutsideCheck outside, String token) {
        this.settings = settings;
        this.shell = new AuditedShell(shell, settings.who(), settings.clock(), settings.listener()::ran);
        this.host = host;
        this.outside = outside;
        this.inspector = new Inspector(this.shell, host);
        this.token = token;
    }

    Outcome heal() throws InterruptedException {
        Instant begun = settings.clock().instant();
        Sight sight = confirmed();
        if (!sight.condition().isAilment()) {
            return untouched(sight);
        }
        try {
            return repaired(sight, begun);
        } catch (HostLostException lost) {
            return outOfReach(sight, lost);
        }
    }

    Outcome rehearse() throws InterruptedException {
        Sight sight = confirmed();
        if (!sight.condition().isAilment()) {
            return untouched(sight);
        }
        try {
            Inspection inspection = inspect(sight);
            Optional<Remedy> remedy = next(inspection, Set.of());
            Optional<Refusal> refusal =
                    remedy.isPresent() ? guard(inspection.privilege()).look() : Optional.empty();
            Optional<Remedy> given =
                    remedy.isPresent() ? Optional.of(asGiven(remedy.get(), inspection.privilege())) : Optional.empty();
            return new Outcome.Rehearsed(sight, inspection.diagnosis(), given, refusal, shell.entries());
        } catch (HostLostException lost) {
            return outOfReach(sight, lost);
        }
    }

    CommandResult reset() throws InterruptedException {
        try {
            return guard(inspector.privilege()).reset();
        } catch (HostLostException lost) {
            return lost.failed();
        }
    }

    private Outcome outOfReach(Sight sight, HostLostException lost) {
        return new Outcome.OutOfReach(
                sight, lost.failed().failure(), lost.failed().message(), remedies, shell.entries());
    }

    private static Outcome untouched(Sight sight) {
        return switch (sight.condition()) {
            case SERVES -> new Outcome.NotNeeded(sight);
            default -> new Outcome.NotTouched(sight);
        };
    }

    /** Ailing only if several looks in a row say so. */
    private Sight confirmed() throws InterruptedException {
        Sight sight = look();
        for (int looks = 1;
                looks < settings.confirmation().looks() && sight.condition().isAilment();
                looks++) {
            settings.sleeper().sleep(settings.confirmation().pause());
            sight = look();
        }
        return sight;
    }

    private Sight look() throws InterruptedException {
        Sight sight = outside.look();
        settings.listener().looked(shell.host(), sight);
        return sight;
    }

    private Inspection inspect(Sight sight) throws InterruptedException {
        Inspection inspection = inspector.inspect(sight.condition());
        settings.listener().diagnosed(shell.host(), inspection.diagnosis());
        return inspection;
    }

    private Guard guard(Privilege privilege) {
        return new Guard(shell, privilege, settings.limits(), token, settings.who(), host.name());
    }

    private static Optional<Remedy> next(Inspection inspection, Set<Remedy.Kind> tried) {
        return Playbook.next(inspection.diagnosis(), inspection.leftovers(), inspection.networks(), tried);
    }

    private Outcome repaired(Sight sight, Instant begun) throws InterruptedException {
        Inspection inspection = inspect(sight);
        Optional<Remedy> first = next(inspection, Set.of());
        if (first.isEmpty()) {
            return new Outcome.NotHealed(sight, inspection.diagnosis(), List.of(), "", shell.entries());
        }
        Guard guard = guard(inspection.privilege());
        Optional<Refusal> refusal = guard.enter();
        if (refusal.isPresent()) {
            return new Outcome.Refused(sight, inspection.diagnosis(), refusal.get(), shell.entries());
        }
        try {
            // It may have come back while it was looked at, or somebody else has just repaired it.
            Sight now = look();
            if (!now.condition().isAilment()) {
                guard.leave("");
                return now.condition() == Condition.SERVES
                        ? new Outcome.Healed(now, inspection.diagnosis(), List.of(), since(begun), shell.entries())
                        : new Outcome.NotTouched(now);
            }
            if (!guard.begin(first.get().describe())) {
                guard.leave("");
                Refusal lost = new Refusal(
                        Refusal.Kind.NOT_COUNTED,
                        Optional.empty(),
                        "the host could not write down that a repair begins");
                return new Outcome.Refused(now, inspection.diagnosis(), lost, shell.entries());
            }
            Climbed climbed = climb(inspection, now);
            Duration took = since(begun);
            guard.leave(climbed.helped() ? "helped" : "failed");
            return climbed.helped()
                    ? new Outcome.Healed(climbed.sight(), climbed.diagnosis(), remedies, took, shell.entries())
                    : new Outcome.NotHealed(climbed.sight(), climbed.diagnosis(), remedies, problem, shell.entries());
        } catch (InterruptedException | RuntimeException e) {
            letGo(guard);
            throw e;
        }
    }

    /** Whatever happens should leave no lock behind; one that stays is old in a quarter of an hour. */
    private void letGo(Guard guard) {
        try {
            guard.leave(remedies.isEmpty() ? "" : "failed");
        } catch (HostLostException lost) {
            LOG.debug("the lock on {} stays until it is old", shell.host(), lost);
        } catch (InterruptedException again) {
            Thread.currentThread().interrupt();
        }
    }

    /** How users find the host after the last remedy, and what is, or was, wrong with it. */
    private record Climbed(Sight sight, Diagnosis diagnosis) {

        boolean helped() {
            return sight.condition() == Condition.SERVES;
        }
    }

    /** From the mildest remedy to the strongest, with a look from outside after each. */
    private Climbed climb(Inspection first, Sight before) throws InterruptedException {
        Inspection inspection = first;
        Sight sight = before;
        Map<Optional<Service>, Set<Remedy.Kind>> triedOn = new HashMap<>();
        while (true) {
            Set<Remedy.Kind> tried =
                    triedOn.computeIfAbsent(inspection.diagnosis().service(), any -> EnumSet.noneOf(Remedy.Kind.class));
            Optional<Remedy> remedy = remedies.size() < MOST ? next(inspection, tried) : Optional.empty();
            if (remedy.isEmpty()) {
                return new Climbed(sight, inspection.diagnosis());
            }
            tried.add(remedy.get().kind());
            if (!apply(remedy.get(), inspection.privilege())) {
                return new Climbed(sight, inspection.diagnosis());
            }
            sight = settled();
            if (!sight.condition().isAilment()) {
                return new Climbed(sight, first.diagnosis());
            }
            inspection = inspect(sight);
        }
    }

    private Duration since(Instant begun) {
        return Duration.between(begun, settings.clock().instant());
    }

    /** False if it may not be done, so that nothing stronger may be either. */
    private boolean apply(Remedy remedy, Privilege privilege) throws InterruptedException {
        settings.listener().remedying(shell.host(), remedy);
        remedies.add(remedy);
        problem = "";
        for (CommandLine command : remedy.commands()) {
            Optional<CommandLine> given = given(command, remedy.service(), privilege);
            if (given.isEmpty()) {
                problem = "sudo on " + shell.host() + " does not let this user run " + command + " without a password";
                return false;
            }
            CommandResult.Ended ended =
                    HostLostException.requireEnded(shell.run(remedy.describe(), given.get(), REMEDY));
            if (!ended.isSuccess()) {
                problem = given.get() + " ended with exit code " + ended.exitCode() + Redaction.said(": ", ended);
                return true;
            }
        }
        return true;
    }

    /** Empty if it may not be done. Whose engine lets them manage containers needs no sudo for that. */
    private Optional<CommandLine> given(CommandLine command, Service service, Privilege privilege)
            throws InterruptedException {
        Optional<CommandLine> given = new Administration(shell, privilege).given(command);
        return service instanceof Service.Container ? given.or(() -> Optional.of(command)) : given;
    }

    /** Until users are served, or the remedy has had its time. */
    private Sight settled() throws InterruptedException {
        Instant end = settings.clock().instant().plus(settings.confirmation().settling());
        Sight sight = look();
        while (sight.condition() != Condition.SERVES
                && sight.condition() != Condition.OTHER
                && settings.clock().instant().isBefore(end)) {
            settings.sleeper().sleep(pauseAfterRemedy());
            sight = look();
        }
        return sight;
    }

    private Duration pauseAfterRemedy() {
        Duration pause = settings.confirmation().pause();
        return pause.compareTo(SOON) < 0 ? pause : SOON;
    }

    private Remedy asGiven(Remedy remedy, Privilege privilege) throws InterruptedException {
        List<CommandLine> commands = new ArrayList<>();
        for (CommandLine command : remedy.commands()) {
            commands.add(given(command, remedy.service(), privilege).orElse(command));
        }
        return new Remedy(remedy.kind(), remedy.service(), commands);
    }
}
