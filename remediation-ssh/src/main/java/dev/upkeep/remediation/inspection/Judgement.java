package dev.upkeep.remediation.inspection;

import dev.upkeep.remediation.audit.Redaction;
import dev.upkeep.remediation.diagnosis.Cause;
import dev.upkeep.remediation.diagnosis.Diagnosis;
import dev.upkeep.remediation.outside.Condition;
import dev.upkeep.remediation.service.Service;
import dev.upkeep.remediation.service.WebHost;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Decides from facts about a host what is wrong with it. Asks nothing. */
final class Judgement {

    /** What its package calls it everywhere. */
    static final String USUAL_UNIT = "nginx.service";

    private static final String FULL = "100%";
    private static final Service.Unit DOCKER = new Service.Unit("docker.service");

    private final Facts facts;
    private final WebHost host;
    private final boolean isAnswered;
    private final List<FoundContainer> containers;
    private final List<Listener> listeners;

    /**
     * Of one look.
     *
     * @param condition how users find the host
     */
    Judgement(Facts facts, WebHost host, Condition condition) {
        this.facts = facts;
        this.host = host;
        this.isAnswered = condition == Condition.NOT_READY;
        this.containers = FoundContainer.of(facts);
        this.listeners = Listener.of(facts);
    }

    Diagnosis diagnosis() {
        return fullDisk()
                .or(this::engine)
                .or(() -> web().map(this::of))
                .orElseGet(() -> new Diagnosis(
                        Cause.NOTHING_FOUND,
                        host.web(),
                        host.web()
                                .map(named -> "there is no " + named.describe() + " on this host")
                                .orElse("there is no nginx on this host: no container has port " + host.port()
                                        + ", there is no " + USUAL_UNIT + ", and no program nginx"),
                        "say what serves there, or see whether it is the right host",
                        List.of()));
    }

    private Optional<Diagnosis> fullDisk() {
        return Stream.of("disk", "inodes")
                .flatMap(kind -> facts.all(kind).stream()
                        .map(line -> line.split("\t", -1))
                        .filter(fields -> fields.length == 2 && fields[1].equals(FULL))
                        .map(fields -> new Diagnosis(
                                Cause.DISK_FULL,
                                Optional.empty(),
                                fields[0] + (kind.equals("disk") ? " is full" : " has no inodes left"),
                                "make room there, by removing old logs or images for example; nothing that is restarted now could write",
                                List.of())))
                .findFirst();
    }

    /** What it would have to tell of its containers nobody knows. */
    private Optional<Diagnosis> engine() {
        boolean isMissing = facts.all("engine").contains("docker\tfails");
        boolean isWanted = host.web()
                .map(named -> named instanceof Service.Container container
                        && container.engine().equals("docker"))
                .orElse(State.ofUnit(facts, "unit").isEmpty() || isDisabled());
        Optional<State> unit = State.ofUnit(facts, "docker-unit");
        return isMissing && isWanted && unit.filter(state -> !state.runs()).isPresent()
                ? Optional.of(new Diagnosis(
                        unit.get().cause() == Cause.RESTART_LOOP ? Cause.RESTART_LOOP : Cause.ENGINE_DOWN,
                        Optional.of(DOCKER),
                        "the engine of the containers does not run: "
                                + unit.get().words(),
                        "see journalctl -u docker.service",
                        List.of()))
                : Optional.empty();
    }

    private boolean isDisabled() {
        return facts.property("unit", "UnitFileState").equals("disabled");
    }

    private Optional<Service> web() {
        if (host.web().isPresent()) {
            return host.web().filter(this::isThere);
        }
        return container(each -> each.part().equals("edge"))
                .or(() -> container(each -> each.hasPort(host.port())))
                .or(() -> container(each -> each.isOnHostNetwork() && each.isNginx()))
                .map(FoundContainer::service)
                .map(Service.class::cast)
                .or(() -> State.ofUnit(facts, "unit").map(any -> new Service.Unit(USUAL_UNIT)))
                .or(() -> facts.first("nginx").map(any -> Service.Daemon.of("nginx")));
    }

    private boolean isThere(Service named) {
        if (named instanceof Service.Container container) {
            return found(container).isPresent();
        }
        return named instanceof Service.Unit
                ? State.ofUnit(facts, "unit").isPresent()
                : facts.first("nginx").isPresent();
    }

    /** Of several one that runs. */
    private Optional<FoundContainer> container(Predicate<FoundContainer> which) {
        return containers.stream()
                .filter(which)
                .filter(FoundContainer::runs)
                .findFirst()
                .or(() -> containers.stream().filter(which).findFirst());
    }

    private Optional<FoundContainer> found(Service.Container named) {
        return containers.stream()
                .filter(each ->
                        each.engine().equals(named.engine()) && each.name().equals(named.name()))
                .findFirst();
    }

    private Diagnosis of(Service web) {
        State state = state(web, "unit");
        boolean listens = !listeners.isEmpty() || facts.first("ss").isEmpty();
        if (state.runs() && (isAnswered || listens)) {
            Optional<Diagnosis> app = app(web);
            if (app.isPresent() && (isAnswered || app.get().cause() != Cause.HUNG)) {
                return app.get();
            }
            if (isAnswered) {
                return new Diagnosis(
                        Cause.APPLICATION_UNKNOWN,
                        Optional.of(web),
                        web.describe() + " is well, and the application behind it is not: nobody has said what that is",
                        "say which unit or container it is",
                        List.of());
            }
        }
        return broken(web)
                .or(() -> taken(web, state))
                .orElseGet(() -> new Diagnosis(
                        state.cause(),
                        Optional.of(web),
                        web.describe() + " " + meaning(state, listens) + ": " + state.words(),
                        next(state.cause(), web),
                        List.of()));
    }

    private State state(Service service, String key) {
        if (service instanceof Service.Container container) {
            return found(container).map(State::of).orElse(new State(Cause.NOTHING_FOUND, "there is none"));
        }
        if (service instanceof Service.Unit) {
            return State.ofUnit(facts, key).orElse(new State(Cause.NOTHING_FOUND, "there is none"));
        }
        return listeners.stream().anyMatch(Listener::isNginx)
                        || facts.first("ss").isEmpty()
                ? new State(Cause.HUNG, "it listens on port " + host.port())
                : new State(Cause.STOPPED, "nothing of nginx listens on port " + host.port());
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

    /** As nginx itself tests it. */
    private Optional<Diagnosis> broken(Service web) {
        boolean isOfHost = web instanceof Service.Daemon
                || (web instanceof Service.Unit unit && unit.name().equals(USUAL_UNIT));
        if (!isOfHost || facts.first("test").filter(code -> !code.equals("0")).isEmpty()) {
            return Optional.empty();
        }
        List<String> said = facts.all("tested");
        return said.stream()
                .filter(line -> line.contains("[emerg]"))
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

    /** Also by an nginx whose master is gone. */
    private Optional<Diagnosis> taken(Service web, State state) {
        List<Listener> others = listeners.stream()
                .filter(each -> !(each.isNginx() && !(web instanceof Service.Container)))
                .filter(each -> !each.program().equals("docker-proxy"))
                .toList();
        if (!state.runs()
                && !others.isEmpty()
                && !(web instanceof Service.Container
                        && others.stream().allMatch(Listener::isNginx)
                        && isNginxOfContainer())) {
            return Optional.of(new Diagnosis(
                    Cause.PORT_TAKEN,
                    Optional.of(web),
                    "port " + host.port() + ", which " + web.describe() + " needs, is taken by " + others.get(0),
                    "end that program, or give it another port; it was not touched",
                    List.of()));
        }
        List<String> orphans = leftovers(web, state);
        return orphans.isEmpty()
                ? Optional.empty()
                : Optional.of(new Diagnosis(
                        Cause.LEFTOVERS,
                        Optional.of(web),
                        "processes of an nginx whose master is gone have port " + host.port() + ": "
                                + String.join(", ", orphans),
                        "see the log of nginx",
                        List.of()));
    }

    private boolean isNginxOfContainer() {
        return containers.stream().anyMatch(each -> each.runs() && each.isOnHostNetwork() && each.isNginx());
    }

    /** The pids of an nginx without a master; where a unit is not active, no master is its. */
    List<String> leftovers(Service web, State state) {
        if (web instanceof Service.Container) {
            return List.of();
        }
        List<String> nginx =
                listeners.stream().filter(Listener::isNginx).map(Listener::pid).toList();
        boolean hasMaster = nginx.stream()
                .anyMatch(pid -> facts.all("process").stream()
                        .anyMatch(line -> line.startsWith(pid + "\t") && line.contains("nginx: master")));
        boolean isOrphaned = web instanceof Service.Unit ? !state.runs() : !hasMaster;
        return isOrphaned ? nginx : List.of();
    }

    List<String> leftovers() {
        return web().map(service -> leftovers(service, state(service, "unit"))).orElse(List.of());
    }

    private Optional<Diagnosis> app(Service web) {
        return host.app().or(() -> sibling(web)).map(app -> {
            State state = state(app, "app-unit");
            return new Diagnosis(
                    state.cause(),
                    Optional.of(app),
                    "the application, " + app.describe() + ", " + meaning(state, true) + ": " + state.words(),
                    next(state.cause(), app),
                    List.of());
        });
    }

    /** What was stood up together with the web server; of several one that does not run. */
    private Optional<Service> sibling(Service web) {
        if (!(web instanceof Service.Container container)) {
            return Optional.empty();
        }
        Optional<FoundContainer> server = found(container);
        List<FoundContainer> siblings = containers.stream()
                .filter(each -> server.filter(each::belongsTo).isPresent())
                .filter(each ->
                        each.part().isEmpty() || Arrays.asList("app", "web").contains(each.part()))
                .toList();
        return siblings.stream()
                .filter(each -> !each.runs())
                .findFirst()
                .or(() -> siblings.stream()
                        .filter(each -> each.part().equals("app"))
                        .findFirst())
                .or(() -> siblings.stream().findFirst())
                .map(FoundContainer::service);
    }
}
