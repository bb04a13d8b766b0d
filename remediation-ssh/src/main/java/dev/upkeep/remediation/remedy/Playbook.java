package dev.upkeep.remediation.remedy;

import dev.upkeep.remediation.diagnosis.Cause;
import dev.upkeep.remediation.diagnosis.Diagnosis;
import dev.upkeep.remediation.remedy.Remedy.Kind;
import dev.upkeep.remediation.service.Service;
import dev.upkeep.remediation.shell.CommandLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which remedy is next. The mildest one that could help, each once in a visit: start what does not run; reload what runs, then restart it. What a restart
 * cannot mend, or would make worse, is not touched: a broken configuration, a full disk, a port that another program has, a restart loop.
 */
public final class Playbook {

    private Playbook() {}

    /**
     * The next remedy.
     *
     * @param diagnosis what is wrong now
     * @param leftovers the pids of processes that have to end before
     * @param networks containers that have to run before
     * @param tried what was done in this visit
     * @return empty if nothing may be done, or nothing is left to try
     */
    public static Optional<Remedy> next(
            Diagnosis diagnosis, List<String> leftovers, List<Service.Container> networks, Set<Kind> tried) {
        if (diagnosis.service().isEmpty()) {
            return Optional.empty();
        }
        Service service = diagnosis.service().get();
        return ladder(diagnosis.cause(), service).stream()
                .filter(kind -> !tried.contains(kind))
                .findFirst()
                .map(kind -> new Remedy(
                        kind,
                        service,
                        Stream.concat(
                                        networks.stream().map(Playbook::start),
                                        commands(kind, service, diagnosis.cause(), leftovers).stream())
                                .toList()));
    }

    private static CommandLine start(Service.Container container) {
        return CommandLine.of(container.engine(), word(Kind.START), container.name());
    }

    private static List<Kind> ladder(Cause cause, Service service) {
        return switch (cause) {
            case STOPPED, OUT_OF_MEMORY, PAUSED, ENGINE_DOWN -> List.of(Kind.START);
            case LEFTOVERS -> List.of(Kind.RESTART);
            case HUNG -> isNginx(service) ? List.of(Kind.RELOAD, Kind.RESTART) : List.of(Kind.RESTART);
            case CONFIGURATION_BROKEN,
                    CONFIGURATION_UNTESTED,
                    DISK_FULL,
                    PORT_TAKEN,
                    RESTART_LOOP,
                    APPLICATION_UNKNOWN,
                    ENGINE_SILENT,
                    NOTHING_FOUND -> List.of();
        };
    }

    /** Only nginx is known to read its configuration anew without losing a request. */
    private static boolean isNginx(Service service) {
        return service instanceof Service.Daemon
                || (service instanceof Service.Unit unit && unit.name().equals("nginx.service"));
    }

    private static List<CommandLine> commands(Kind kind, Service service, Cause cause, List<String> leftovers) {
        List<CommandLine> commands = new ArrayList<>();
        if (!leftovers.isEmpty()) {
            // Workers of no master, which would serve nobody anew, and may be stopped so that they take no other
            // signal.
            List<String> kill = new ArrayList<>(List.of("kill", "-KILL"));
            kill.addAll(leftovers);
            commands.add(new CommandLine(kill));
            commands.addAll(commands(Kind.START, service, cause));
        } else {
            commands.addAll(commands(kind, service, cause));
        }
        return commands;
    }

    private static List<CommandLine> commands(Kind kind, Service service, Cause cause) {
        if (service instanceof Service.Unit unit) {
            return List.of(CommandLine.of("systemctl", word(kind), unit.name()));
        }
        if (service instanceof Service.Container container) {
            String verb = cause == Cause.PAUSED ? "unpause" : word(kind);
            return List.of(CommandLine.of(container.engine(), verb, container.name()));
        }
        List<String> start = ((Service.Daemon) service).argv();
        return switch (kind) {
            case START -> List.of(new CommandLine(start));
            case RELOAD -> List.of(signal(start, "reload"));
            // The new one waits until the old one has let go of the port.
            case RESTART -> List.of(signal(start, "stop"), new CommandLine(start));
        };
    }

    private static CommandLine signal(List<String> start, String signal) {
        List<String> argv = new ArrayList<>(start);
        argv.addAll(List.of("-s", signal));
        return new CommandLine(argv);
    }

    private static String word(Kind kind) {
        return switch (kind) {
            case START -> "start";
            case RELOAD -> "reload";
            case RESTART -> "restart";
        };
    }
}
