package dev.upkeep.cli.command;

import dev.upkeep.checker.check.VersionCheck;
import dev.upkeep.checker.fleet.FleetCheck;
import dev.upkeep.cli.config.CheckConfig;
import dev.upkeep.cli.config.Config;
import dev.upkeep.cli.exit.FailedException;
import dev.upkeep.cli.output.StackText;
import dev.upkeep.cli.terminal.Terminal;
import dev.upkeep.infra.Platform;
import dev.upkeep.infra.failure.AwsException;
import dev.upkeep.infra.inventory.Instance;
import dev.upkeep.infra.inventory.Problem;
import dev.upkeep.infra.inventory.Release;
import dev.upkeep.infra.inventory.ServedPaths;
import dev.upkeep.infra.inventory.StackState;
import dev.upkeep.infra.inventory.StackStatus;
import dev.upkeep.infra.progress.Operation;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the edge and the instances of a stack, and says how each is to be asked. They must serve what was deployed, which is not
 * always what the file says: somebody else may have deployed since. While an apply has not ended, nothing can be said to be
 * deployed, and the file counts.
 */
final class StackTargets {

    /** Where every server that Upkeep stands up says whether its application can serve users. */
    private static final List<String> READINESS = List.of(ServedPaths.READINESS);

    /** Whoever is told where may ask there, though the platform does not know of any place. */
    private static final Set<StackState> MAY_SERVE_UNSEEN = Set.of(StackState.IN_PROGRESS, StackState.UNREADABLE);

    private final CheckOptions options;
    private final Config config;
    private final Supplier<Platform> platforms;
    private final Terminal terminal;

    /**
     * Finds nothing yet.
     *
     * @param platforms opens the one of the file
     */
    StackTargets(CheckOptions options, Config config, Supplier<Platform> platforms, Terminal terminal) {
        this.options = options;
        this.config = config;
        this.platforms = platforms;
        this.terminal = terminal;
    }

    CheckTarget find() throws InterruptedException {
        try {
            return ofPlatform();
        } catch (AwsException e) {
            if (config.check().url().isEmpty() && config.spec().domain().isEmpty()) {
                throw e;
            }
            // Who has no credentials can ask as users do.
            String note = "only the edge was asked, not the stack: " + e.getMessage();
            FleetCheck edge = FleetCheck.builder()
                    .edge(at(edgeByName(), config.check(), List.of()))
                    .build();
            return target(edge, () -> Optional.of(note), () -> {});
        }
    }

    /** Keeps the platform open, because instances may be asked through it. */
    private CheckTarget ofPlatform() throws InterruptedException {
        Platform platform = platforms.get();
        boolean isFound = false;
        try {
            StackStatus status = platform.status(config.spec().name());
            Optional<String> deployed = deployed(status);
            CheckConfig check = deployed.map(config.check()::whenDeployed).orElse(config.check());
            Optional<InstancesByShell> inside =
                    platform.shell().map(shell -> new InstancesByShell(platform, shell, status));
            FleetCheck fleet = fleet(status, check, inside);
            Optional<String> version = deployed.flatMap(this::note);
            isFound = true;
            return target(fleet, () -> together(version, inside), platform::close);
        } finally {
            if (!isFound) {
                platform.close();
            }
        }
    }

    private CheckTarget target(FleetCheck fleet, Supplier<Optional<String>> note, Runnable closing) {
        return new CheckTarget("stack " + config.spec().name(), fleet, config.gate(), note, closing);
    }

    private static Optional<String> together(Optional<String> version, Optional<InstancesByShell> inside) {
        List<String> notes = Stream.concat(version.stream(), inside.flatMap(InstancesByShell::note).stream())
                .toList();
        return notes.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", notes));
    }

    private static Optional<String> deployed(StackStatus status) {
        boolean applyHasNotEnded = status.operation()
                .filter(operation -> operation.kind() == Operation.Kind.APPLY)
                .isPresent();
        return applyHasNotEnded ? Optional.empty() : status.deployed().map(Release::version);
    }

    private Optional<String> note(String deployed) {
        String inFile = config.spec().version();
        return inFile.equals(deployed)
                ? Optional.empty()
                : Optional.of("the file says " + inFile + "; " + deployed + " is deployed");
    }

    private FleetCheck fleet(StackStatus status, CheckConfig check, Optional<InstancesByShell> inside) {
        if (status.state() == StackState.ABSENT) {
            throw FailedException.nothingToCheck("stack " + status.stack()
                    + " does not exist, so there is nothing to check; " + "stand it up with upkeep apply");
        }
        boolean hasPlaces = status.edge().isPresent() || !status.instances().isEmpty();
        if (!hasPlaces && !MAY_SERVE_UNSEEN.contains(status.state())) {
            throw FailedException.nothingToCheck("stack " + status.stack() + " is " + StackText.lower(status.state())
                    + ", and no server of it is known, so there is nothing to check; " + next(status));
        }
        Optional<URI> edge = edge(status);
        if (!hasPlaces && edge.isEmpty()) {
            throw FailedException.nothingToCheck("nobody knows where stack " + status.stack() + " is reached: "
                    + found(status) + ". Ask a URL, or see upkeep status");
        }
        FleetCheck.Builder fleet = FleetCheck.builder();
        edge.map(uri -> at(uri, check, READINESS)).ifPresent(fleet::edge);
        for (Instance instance : status.instances()) {
            instance.address()
                    .ifPresent(address -> fleet.origin(instance.id().text(), at(uri(address), check, READINESS)));
        }
        inside.ifPresent(way -> fleet.remoteOrigins(way, insideOf(check)));
        return fleet.build();
    }

    private static String next(StackStatus status) {
        String next = status.problems().stream().map(Problem::next).distinct().collect(Collectors.joining("; "));
        return next.isEmpty() ? "stand it up with upkeep apply" : next;
    }

    private static String found(StackStatus status) {
        String problems = status.problems().stream().map(Problem::describe).collect(Collectors.joining("; "));
        return problems.isEmpty()
                ? status.operation()
                        .map(Operation::describe)
                        .orElseGet(() -> "it is " + StackText.lower(status.state()))
                : problems;
    }

    /**
     * Commands are kept by AWS, so what may hold a secret is in none: the queries of paths. Where all paths have one, the readiness of the platform is
     * asked. Headers are in none anyway.
     */
    private VersionCheck insideOf(CheckConfig check) {
        VersionCheck asked = at(URI.create("http://127.0.0.1" + check.path()), check, READINESS);
        VersionCheck.Builder withoutQueries = VersionCheck.builder(
                        URI.create("http://127.0.0.1" + asked.uri().getRawPath()), asked.expected())
                .timeouts(asked.timeouts())
                .acceptedStatuses(asked.acceptedStatuses());
        List<String> paths = asked.readinessPaths().stream()
                .filter(path -> !path.contains("?"))
                .toList();
        (paths.isEmpty() && !asked.readinessPaths().isEmpty() ? READINESS : paths).forEach(withoutQueries::readyAt);
        return withoutQueries.build();
    }

    private Optional<URI> edge(StackStatus status) {
        return config.check()
                .url()
                .or(() -> status.edge().map(edge -> edge.resolve(config.check().path())));
    }

    private URI edgeByName() {
        return config.check()
                .url()
                .or(() -> config.spec()
                        .domain()
                        .map(domain -> URI.create("https://" + domain.name()))
                        .map(edge -> edge.resolve(config.check().path())))
                .orElseThrow(
                        () -> FailedException.nothingToCheck(
                                "the file names neither a domain nor check.url, so there is nothing to check; add one of them"));
    }

    private URI uri(InetSocketAddress address) {
        String host = address.getAddress() == null
                ? address.getHostString()
                : address.getAddress().getHostAddress();
        String literal = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return URI.create(
                "http://" + literal + ":" + address.getPort() + config.check().path());
    }

    /** What the file says about readiness counts before what the platform has. */
    private VersionCheck at(URI uri, CheckConfig check, List<String> ofPlatform) {
        return options.check(uri, check, check.ready().orElse(ofPlatform), terminal);
    }
}
