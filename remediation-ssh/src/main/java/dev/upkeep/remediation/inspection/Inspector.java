package dev.upkeep.remediation.inspection;

import dev.upkeep.remediation.audit.AuditedShell;
import dev.upkeep.remediation.audit.Redaction;
import dev.upkeep.remediation.diagnosis.Cause;
import dev.upkeep.remediation.diagnosis.Diagnosis;
import dev.upkeep.remediation.outside.Condition;
import dev.upkeep.remediation.service.Service;
import dev.upkeep.remediation.service.WebHost;
import dev.upkeep.remediation.shell.CommandLimits;
import dev.upkeep.remediation.shell.CommandLine;
import dev.upkeep.remediation.shell.CommandResult;
import dev.upkeep.remediation.shell.ShellFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds out what is wrong with a host. Changes nothing there. */
public final class Inspector {

    /** Each part of the script limits itself to ten seconds. */
    private static final CommandLimits LOOKING = CommandLimits.DEFAULT.within(Duration.ofMinutes(2));

    private static final CommandLimits ASKING = CommandLimits.DEFAULT.within(Duration.ofSeconds(15));

    private static final int LINES = 8;

    private final AuditedShell shell;
    private final WebHost host;

    /**
     * Looks at nothing yet.
     *
     * @param shell on the host
     * @param host what is known of it
     */
    public Inspector(AuditedShell shell, WebHost host) {
        this.shell = shell;
        this.host = host;
    }

    /**
     * Looks.
     *
     * @param condition how users find the host
     * @return what is wrong with it
     * @throws InterruptedException if the calling thread is interrupted
     * @throws HostLostException if the host cannot be asked
     */
    public Inspection inspect(Condition condition) throws InterruptedException {
        Facts facts = facts();
        Privilege privilege = Privilege.of(facts);
        Administration administration = new Administration(shell, privilege);
        Judgement judgement = new Judgement(facts, host, condition);
        Diagnosis first = judgement.diagnosis();
        Diagnosis tested = first.cause() == Cause.HUNG ? testedInside(first, facts, administration) : first;
        List<String> leftovers = tested.cause() == Cause.LEFTOVERS ? judgement.leftovers() : List.of();
        return new Inspection(
                withLog(tested, administration), privilege, leftovers, judgement.networks(tested.service()));
    }

    /**
     * Looks only for what whoever goes in may do.
     *
     * @return that
     * @throws InterruptedException if the calling thread is interrupted
     * @throws HostLostException if the host cannot be asked
     */
    public Privilege privilege() throws InterruptedException {
        return Privilege.of(facts());
    }

    private Facts facts() throws InterruptedException {
        CommandResult.Ended looked =
                HostLostException.requireEnded(shell.run("find out what is wrong", look(), LOOKING));
        Facts facts = new Facts(looked.stdout());
        if (facts.first("may").isEmpty()) {
            throw new HostLostException(new CommandResult.Failed(
                    ShellFailure.DENIED,
                    "Tried to look at " + shell.host() + " with sh: it ended with exit code " + looked.exitCode()
                            + " and told nothing" + Redaction.said(", but said: ", looked)
                            + "; whoever goes in needs a POSIX shell, and not one that is limited to some commands"));
        }
        return facts;
    }

    private CommandLine look() {
        List<String> arguments = new ArrayList<>(List.of(
                Integer.toString(host.port()),
                unit(host.web()).orElse(host.web().isPresent() ? "" : Services.USUAL_UNIT),
                unit(host.app()).orElse("")));
        host.web()
                .filter(Service.Daemon.class::isInstance)
                .map(Service.Daemon.class::cast)
                .ifPresent(daemon -> arguments.addAll(daemon.argv()));
        return Scripts.commandLine(Inspector.class, "look.sh", arguments);
    }

    private static Optional<String> unit(Optional<Service> service) {
        return service.filter(Service.Unit.class::isInstance)
                .map(Service.Unit.class::cast)
                .map(Service.Unit::name);
    }

    /** The configuration of an nginx in a container can be tested only there, as it was started. */
    private Diagnosis testedInside(Diagnosis found, Facts facts, Administration administration)
            throws InterruptedException {
        Optional<FoundContainer> running = FoundContainer.of(facts).stream()
                .filter(each -> found.service().filter(each.service()::equals).isPresent())
                .filter(each -> each.isNginx() && !each.argv().isEmpty())
                .filter(each -> each.argv().get(0).endsWith("nginx"))
                .findFirst();
        if (running.isEmpty()) {
            return found;
        }
        FoundContainer container = running.get();
        List<String> argv = new ArrayList<>(List.of(container.engine(), "exec", container.name()));
        argv.addAll(withoutForeground(container.argv()));
        argv.add("-t");
        CommandResult.Ended test = HostLostException.requireEnded(
                shell.run("test the configuration", given(new CommandLine(argv), administration), ASKING));
        Optional<String> wrong =
                test.stderr().lines().filter(line -> line.contains("[emerg]")).findFirst();
        return test.isSuccess() || wrong.isEmpty()
                ? found
                : Judgement.broken(
                        container.service(), wrong.get(), test.stderr().lines().toList());
    }

    /** What keeps nginx in front would be given twice. */
    private static List<String> withoutForeground(List<String> argv) {
        List<String> kept = new ArrayList<>();
        for (int at = 0; at < argv.size(); at++) {
            if (argv.get(at).equals("-g")) {
                while (at + 1 < argv.size() && !argv.get(at + 1).startsWith("-")) {
                    at++;
                }
            } else {
                kept.add(argv.get(at));
            }
        }
        return kept;
    }

    private Diagnosis withLog(Diagnosis found, Administration administration) throws InterruptedException {
        if (found.service().isEmpty() || !found.evidence().isEmpty() || found.cause() == Cause.NOTHING_FOUND) {
            return found;
        }
        Optional<CommandLine> reading = log(found.service().get());
        if (reading.isEmpty()) {
            return found;
        }
        CommandResult read = shell.run("read the last lines of its log", given(reading.get(), administration), ASKING);
        List<String> lines = read.match(
                ended -> Stream.concat(
                                ended.stdout().lines(),
                                ended.isSuccess() ? ended.stderr().lines() : Stream.empty())
                        .filter(line -> !line.isBlank())
                        .map(Redaction::of)
                        .toList(),
                failed -> List.of());
        return new Diagnosis(
                found.cause(),
                found.service(),
                found.found(),
                found.next(),
                lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
    }

    /** What sudo does not allow an ordinary user may be able to read as well. */
    private static CommandLine given(CommandLine reading, Administration administration) throws InterruptedException {
        return administration.given(reading).orElse(reading);
    }

    private static Optional<CommandLine> log(Service service) {
        String lines = Integer.toString(LINES);
        if (service instanceof Service.Unit unit) {
            return Optional.of(
                    CommandLine.of("journalctl", "-u", unit.name(), "-n", lines, "--no-pager", "-o", "cat", "-q"));
        }
        if (service instanceof Service.Container container) {
            return Optional.of(CommandLine.of(container.engine(), "logs", "--tail", lines, container.name()));
        }
        return errorLog(((Service.Daemon) service).argv()).map(file -> CommandLine.of("tail", "-n", lines, file));
    }

    /** Where its options say, or else where packages have it. */
    private static Optional<String> errorLog(List<String> argv) {
        Optional<String> named = option(argv, "-e");
        if (named.filter(file -> !file.startsWith("/")).isPresent()) {
            return option(argv, "-p").map(prefix -> prefix + (prefix.endsWith("/") ? "" : "/") + named.get());
        }
        return named.or(() -> Optional.of("/var/log/nginx/error.log")).filter(file -> !file.equals("stderr"));
    }

    private static Optional<String> option(List<String> argv, String name) {
        int at = argv.indexOf(name);
        return at >= 0 && at + 1 < argv.size() ? Optional.of(argv.get(at + 1)) : Optional.empty();
    }
}
