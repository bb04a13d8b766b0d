package dev.upkeep.remediation.inspection;

import dev.upkeep.remediation.audit.Redaction;
import dev.upkeep.remediation.diagnosis.Cause;
import dev.upkeep.remediation.diagnosis.Diagnosis;
import dev.upkeep.remediation.outside.Condition;
import dev.upkeep.remediation.service.Service;
import dev.upkeep.remediation.service.WebHost;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Decides from facts about a host what is wrong with it. Asks nothing. */
final class Judgement {

    /** KiB; what has less cannot even start. */
    private static final long ROOM = 1024;

    private static final Service.Unit DOCKER = new Service.Unit("docker.service");

    private final Facts facts;
    private final WebHost host;
    private final boolean isAnswered;
    private final Services services;
    private final Port port;

    /**
     * Of one look.
     *
     * @param condition how users find the host
     */
    Judgement(Facts facts, WebHost host, Condition condition) {
        this.facts = facts;
        this.host = host;
        this.isAnswered = condition == Condition.NOT_READY;
        this.services = new Services(facts, host);
        this.port = new Port(facts, host.port());
    }

    Diagnosis diagnosis() {
        return fullDisk()
                .or(this::engine)
                .or(() -> services.web().map(this::of))
                .orElseGet(() -> new Diagnosis(
                        Cause.NOTHING_FOUND,
                        host.web(),
                        host.web()
                                .map(named -> "there is no " + named.describe() + " on this host")
                                .orElse("there is no nginx on this host: no container has port " + port.number() + ", "
                                        + (services.isMasked()
                                                ? Services.USUAL_UNIT + " is masked"
                                                : "there is no " + Services.USUAL_UNIT + ", and no program nginx")),
                        "say what serves there, or see whether it is the right host",
                        List.of()));
    }

    private Optional<Diagnosis> fullDisk() {
        return Stream.concat(
                        without("room", ROOM).map(folder -> folder + " is full"),
                        without("inodes", 1).map(folder -> folder + " has no inodes left"))
                .findFirst()
                .map(found -> new Diagnosis(
                        Cause.DISK_FULL,
                        Optional.empty(),
                        found,
                        "make room there, by removing old logs or images for example; nothing that is restarted now could write",
                        List.of()));
    }

    /** The file systems that have less left. */
    private Stream<String> without(String key, long least) {
        return facts.all(key).stream()
                .map(line -> line.split("\t", -1))
                .filter(fields -> fields.length == 2 && fields[1].matches("-?[0-9]+"))
                .filter(fields -> Facts.number(fields[1]) < least)
                .map(fields -> fields[0]);
    }

    /** What it would have to tell of its containers nobody knows, and one of them may be the web server. */
    private Optional<Diagnosis> engine() {
        boolean isMissing = facts.all("engine").contains("docker\tfails");
        return State.ofUnit(facts, "docker-unit")
                .filter(any -> isMissing && services.mayBeContainer())
                .map(Judgement::engine);
    }

    private static Diagnosis engine(State unit) {
        if (unit.runs()) {
            return new Diagnosis(
                    Cause.ENGINE_SILENT,
                    Optional.of(DOCKER),
                    "the engine of the containers runs, and does not tell this user about them: " + unit.words(),
                    "run docker ps there; if that is denied, let this user run docker by sudo, or go in as one who may",
                    List.of());
        }
        return new Diagnosis(
                unit.cause() == Cause.RESTART_LOOP ? Cause.RESTART_LOOP : Cause.ENGINE_DOWN,
                Optional.of(DOCKER),
                "the engine of the containers does not run: " + unit.words(),
                "see journalctl -u docker.service",
                List.of());
    }

    private Diagnosis of(Service web) {
        State state = state(web, "unit");
        if (state.runs() && (isAnswered || listens(web))) {
            Optional<Diagnosis> app = app(web);
            if (app.isPresent() && (isAnswered || app.get().cause() != Cause.HUNG)) {
                return app.get();
            }
            if (isAnswered) {
                return new Diagnosis(
                        Cause.APPLICATION_UNKNOWN,
                        Optional.of(web),
                        web.describe() + " is well, and the application behind it is not: nobody has said what that is",
                        "say which unit or container it is, or start it the way it was started",
                        List.of());
            }
        }
        return broken(web)
                .or(() -> orphaned(web, state))
                .or(() -> taken(web, state))
                .or(() -> elsewhere(web))
                .or(() -> untested(web, state))
                .orElseGet(() -> new Diagnosis(
                        state.cause(),
                        Optional.of(web),
                        web.describe() + " " + meaning(state, listens(web)) + ": " + state.words(),
                        next(state.cause(), web),
                        List.of()));
    }

    private Optional<Diagnosis> app(Service web) {
        return services.app(web).map(app -> {
            State state = state(app, "app-unit");
            return new Diagnosis(
                    state.cause(),
                    Optional.of(app),
                    "the application, " + app.describe() + ", " + meaning(state, true) + ": " + state.words(),
                    next(state.cause(), app),
                    List.of());
        });
    }

    /** An engine may have the kernel lead a port to a container, so that no program listens. */
    private boolean listens(Service web) {
        return web instanceof Service.Container || port.isListenedTo() || !port.isKnown();
    }

    private State state(Service service, String key) {
        if (service instanceof Service.Container container) {
            return services.found(container)
                    .map(each -> State.of(each, facts))
                    .orElse(new State(Cause.NOTHING_FOUND, "there is none"));
        }
        if (service instanceof Service.Unit) {
            return State.ofUnit(facts, key).orElse(new State(Cause.NOTHING_FOUND, "there is none"));
        }
        return port.isNginxs() || port.isListenedToBySomebody() || !port.isKnown()
                ? new State(Cause.HUNG, "it listens on port " + port.number())
                : new State(Cause.STOPPED, "nothing of nginx listens on port " + port.number());
    }

    private static String meaning(State state, boolean listens) {
        return switch (state.cause()) {
            case HUNG -> listens ? "runs, and does not answer" : "runs, and does not listen";
            case RESTART_LOOP -> "is started again and again, and ends each time";
            case PAUSED -> "is paused";
            case OUT_OF_MEMORY -> "was ended by the kernel for want of memory";
            default -> "does not run";
        };
    }

    private static String next(Cause cause, Service service) {
        return switch (cause) {
            case RESTART_LOOP ->
                "see why it ends, in its log; starting it once more would not help, so nothing was done";
            case OUT_OF_MEMORY -> "give " + service.describe() + " more memory, or see what takes it";
            default -> "see the log of " + service.describe();
        };
    }

    /** Whether it is an nginx outside of containers. */
    private static boolean isOfHost(Service web) {
        return web instanceof Service.Daemon
                || (web instanceof Service.Unit unit && unit.name().equals(Services.USUAL_UNIT));
    }

    private boolean failsTest(Service web) {
        return isOfHost(web)
                && facts.first("test").filter(code -> !code.equals("0")).isPresent();
    }

    /** As nginx itself tests it. What it may not read or bind for an ordinary user says nothing. */
    private Optional<Diagnosis> broken(Service web) {
        if (!failsTest(web)) {
            return Optional.empty();
        }
        List<String> said = facts.all("tested");
        boolean isWhole = Privilege.of(facts).isWhole();
        return said.stream()
                .filter(line -> line.contains("[emerg]"))
                .filter(line -> isWhole || !line.contains("(13: "))
                .findFirst()
                .map(line -> broken(web, line, said));
    }

    /** With the line that nginx complains about. */
    static Diagnosis broken(Service web, String line, List<String> said) {
        return new Diagnosis(
                Cause.CONFIGURATION_BROKEN,
                Optional.of(web),
                "nginx refuses its configuration: "
                        + Redaction.of(line).replaceFirst("^.*\\[emerg] (?:[0-9]+#[0-9]+: )?", ""),
                "mend that line; nginx was not restarted, since it would not come up",
                said.stream().map(Redaction::of).toList());
    }

    /** Whoever asks for a port that nginx does not serve has mistaken the host or the port. */
    private Optional<Diagnosis> elsewhere(Service web) {
        List<String> configured = facts.all("configured");
        return !isOfHost(web) || configured.isEmpty() || configured.contains(Integer.toString(port.number()))
                ? Optional.empty()
                : Optional.of(new Diagnosis(
                        Cause.NOTHING_FOUND,
                        Optional.of(web),
                        "the configuration of nginx on this host listens on " + String.join(", ", configured)
                                + ", and not on port " + port.number(),
                        "see whether it is the right host and the right port; nginx was not touched",
                        List.of()));
    }

    /** What still runs is not given up for what may not come up. */
    private Optional<Diagnosis> untested(Service web, State state) {
        if (!state.runs() || !failsTest(web)) {
            return Optional.empty();
        }
        return Optional.of(new Diagnosis(
                Cause.CONFIGURATION_UNTESTED,
                Optional.of(web),
                web.describe() + " " + meaning(state, listens(web))
                        + ", and its configuration cannot be tested by this user",
                "let this user run nginx -t by sudo, or go in as one who may; nginx was not restarted, since it might not come up",
                facts.all("tested").stream().map(Redaction::of).toList()));
    }

    private Optional<Diagnosis> orphaned(Service web, State state) {
        List<String> orphans = leftovers(web, state);
        return orphans.isEmpty()
                ? Optional.empty()
                : Optional.of(new Diagnosis(
                        Cause.LEFTOVERS,
                        Optional.of(web),
                        "processes of an nginx whose master is gone have port " + port.number() + ": "
                                + String.join(", ", orphans),
                        "see the log of nginx",
                        List.of()));
    }

    private List<String> leftovers(Service web, State state) {
        return web instanceof Service.Daemon || (web instanceof Service.Unit && !state.runs())
                ? port.orphans()
                : List.of();
    }

    /** The pids of workers that have to end before nginx can be started. */
    List<String> leftovers() {
        return services.web().map(web -> leftovers(web, state(web, "unit"))).orElse(List.of());
    }

    /** The containers that have to run before what ails can be started. */
    List<Service.Container> networks(Optional<Service> ailing) {
        return ailing.map(services::networks).orElse(List.of());
    }

    /** Another program has the port. */
    private Optional<Diagnosis> taken(Service web, State state) {
        List<Listener> others = port.listeners().stream()
                .filter(each -> !mayBeOf(web, state, each))
                .toList();
        boolean isAll = others.size() == port.listeners().size();
        boolean isTaken = state.runs()
                ? isOfHost(web) && isAll && !others.isEmpty()
                : !others.isEmpty() || (port.isListenedToBySomebody() && state.cause() != Cause.RESTART_LOOP);
        return isTaken && state.cause() != Cause.PAUSED
                ? Optional.of(new Diagnosis(
                        Cause.PORT_TAKEN,
                        Optional.of(web),
                        "port " + port.number() + ", which " + web.describe() + " needs, is taken by "
                                + others.stream()
                                        .findFirst()
                                        .map(Listener::toString)
                                        .orElse("a program that only the administrator is told"),
                        "end that program, or give it another port; it was not touched",
                        List.of()))
                : Optional.empty();
    }

    /** What runs, or is started again and again, has the port itself. */
    private static boolean mayBeOf(Service web, State state, Listener listener) {
        return (state.runs() || state.cause() == Cause.RESTART_LOOP)
                && (listener.isNginx()
                        || (web instanceof Service.Container
                                && listener.program().equals("docker-proxy")));
    }
}
