package dev.upkeep.cli.command;

import dev.upkeep.checker.check.VersionCheck;
import dev.upkeep.checker.fleet.FleetCheck;
import dev.upkeep.cli.config.Config;
import dev.upkeep.cli.config.PlatformKind;
import dev.upkeep.cli.exit.FailedException;
import dev.upkeep.cli.terminal.Terminal;
import dev.upkeep.infra.Platform;
import dev.upkeep.infra.inventory.Instance;
import dev.upkeep.infra.inventory.ServedPaths;
import dev.upkeep.infra.inventory.StackState;
import dev.upkeep.infra.inventory.StackStatus;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Finds the edge and the instances of a stack, and says how each is to be asked. */
final class StackTargets {

    /** Where every server that Upkeep stands up says whether its application can serve users. */
    private static final List<String> READINESS = List.of(ServedPaths.READINESS);

    private final CheckOptions options;
    private final Config config;
    private final Terminal terminal;

    StackTargets(CheckOptions options, Config config, Terminal terminal) {
        this.options = options;
        this.config = config;
        this.terminal = terminal;
    }

    FleetCheck find() throws InterruptedException {
        if (config.platform() == PlatformKind.AWS) {
            terminal.err()
                    .println("platform aws is not in this version yet: only the edge is checked, not the instances");
            return FleetCheck.builder().edge(at(edgeByName(), List.of())).build();
        }
        try (Platform platform = Platforms.open(config, terminal)) {
            return fleet(platform.status(config.spec().name()));
        }
    }

    private FleetCheck fleet(StackStatus status) {
        if (status.state() == StackState.ABSENT) {
            throw FailedException.nothingToCheck("stack " + status.stack()
                    + " does not exist, so there is nothing to check; " + "stand it up with upkeep apply");
        }
        FleetCheck.Builder fleet = FleetCheck.builder();
        edge(status).map(edge -> at(edge, READINESS)).ifPresent(fleet::edge);
        for (Instance instance : status.instances()) {
            fleet.origin(instance.id().text(), at(uri(instance.address()), READINESS));
        }
        return fleet.build();
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
    private VersionCheck at(URI uri, List<String> ofPlatform) {
        return options.check(uri, config.check(), config.check().ready().orElse(ofPlatform), terminal);
    }
}
