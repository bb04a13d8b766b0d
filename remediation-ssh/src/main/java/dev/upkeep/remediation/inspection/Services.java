package dev.upkeep.remediation.inspection;

import dev.upkeep.remediation.service.Service;
import dev.upkeep.remediation.service.WebHost;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Which of what a host has is its web server, and which the application behind it, where nobody has said so. */
final class Services {

    /** What its package calls it everywhere. */
    static final String USUAL_UNIT = "nginx.service";

    private final Facts facts;
    private final WebHost host;
    private final List<FoundContainer> containers;

    Services(Facts facts, WebHost host) {
        this.facts = facts;
        this.host = host;
        this.containers = FoundContainer.of(facts);
    }

    /** Empty if what was named is not there, or there is nothing that could be one. */
    Optional<Service> web() {
        if (host.web().isPresent()) {
            return host.web().filter(this::isThere);
        }
        // What is up, before what is meant to be, before what is there: a container may have ended years ago.
        return container(each -> each.isUp() && each.hasPort(host.port()))
                .or(() -> container(each -> each.part().equals("edge")))
                .or(() -> unit(State::runs))
                .or(() -> container(each -> each.isUp() && each.isNginxOnHostNetwork()))
                .or(() -> unit(any -> !isDisabled()))
                .or(() -> container(each -> each.hasPort(host.port())))
                .or(() -> container(FoundContainer::isNginxOnHostNetwork))
                .or(() -> unit(any -> true))
                .or(() -> facts.first("nginx").filter(any -> !isMasked()).map(any -> Service.Daemon.of("nginx")));
    }

    /** Whether there is no unit that is meant to run, so that the web server may be a container. */
    boolean mayBeContainer() {
        return host.web().isPresent()
                ? host.web()
                        .filter(named -> named instanceof Service.Container container
                                && container.engine().equals("docker"))
                        .isPresent()
                : unit(any -> true).isEmpty() || isDisabled();
    }

    private boolean isDisabled() {
        return facts.property("unit", "UnitFileState").equals("disabled");
    }

    /** Somebody has decided that it does not run. */
    boolean isMasked() {
        return facts.property("unit", "LoadState").equals("masked");
    }

    private boolean isThere(Service named) {
        if (named instanceof Service.Container container) {
            return found(container).isPresent();
        }
        return named instanceof Service.Unit
                ? State.ofUnit(facts, "unit").isPresent()
                : facts.first("nginx").isPresent();
    }

    private Optional<Service> unit(Predicate<State> which) {
        return State.ofUnit(facts, "unit").filter(which).map(any -> new Service.Unit(USUAL_UNIT));
    }

    /** Of several one that runs. */
    private Optional<Service> container(Predicate<FoundContainer> which) {
        List<FoundContainer> all = containers.stream().filter(which).toList();
        return all.stream()
                .filter(FoundContainer::runs)
                .findFirst()
                .or(() -> all.stream().findFirst())
                .map(FoundContainer::service);
    }

    Optional<FoundContainer> found(Service.Container named) {
        return containers.stream()
                .filter(each ->
                        each.engine().equals(named.engine()) && each.name().equals(named.name()))
                .findFirst();
    }

    Optional<Service> app(Service web) {
        return host.app().or(() -> sibling(web));
    }

    /** What was stood up together with the web server; of several one that does not run. Which of several that run is the application, nobody knows. */
    private Optional<Service> sibling(Service web) {
        if (!(web instanceof Service.Container container)) {
            return Optional.empty();
        }
        Optional<FoundContainer> server = found(container);
        List<FoundContainer> siblings = containers.stream()
                .filter(each -> server.filter(each::belongsTo).isPresent())
                .filter(each -> Arrays.asList("", "app", "web").contains(each.part()))
                .filter(each -> !each.isDone())
                .toList();
        return siblings.stream()
                .filter(each -> !each.runs())
                .findFirst()
                .or(() -> siblings.stream()
                        .filter(each -> each.part().equals("app"))
                        .findFirst())
                .or(() -> siblings.stream().filter(only -> siblings.size() == 1).findFirst())
                .map(FoundContainer::service);
    }

    /** The containers that do not run, and without which a container has no network. */
    List<Service.Container> networks(Service ailing) {
        Optional<FoundContainer> container = ailing instanceof Service.Container it ? found(it) : Optional.empty();
        return containers.stream()
                .filter(each -> !each.runs()
                        && container.filter(it -> it.isInNetworkOf(each)).isPresent())
                .map(FoundContainer::service)
                .toList();
    }
}
