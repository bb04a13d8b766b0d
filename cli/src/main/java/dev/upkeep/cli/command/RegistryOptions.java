package dev.upkeep.cli.command;

import dev.upkeep.cli.config.Config;
import dev.upkeep.cli.exit.UsageException;
import dev.upkeep.cli.terminal.Terminal;
import dev.upkeep.infra.failure.InvalidSpecException;
import dev.upkeep.infra.spec.StackSpec;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which registry, and how it is spoken with. */
final class RegistryOptions {

    private final Argument<String> registry = Argument.option("--registry")
            .help("Instead of images.registry in the file.")
            .taking("REGISTRY");

    private final Argument<Boolean> plainHttp = Argument.option("--plain-http")
            .help("Speak with that registry without TLS; who is in between reads along.")
            .alone();

    List<Argument<?>> all() {
        return List.of(registry, plainHttp);
    }

    /** The images of the stack on the registry that was named last: on the command line, else in the file. */
    ImageWork work(Config config, Terminal terminal) throws InterruptedException {
        StackSpec spec = spec(config);
        return SpecProblemPositions.during(
                config, () -> new ImageWork(Optional.of(config), spec, terminal, plain(spec)));
    }

    private StackSpec spec(Config config) {
        try {
            return registry.value().map(config.spec()::withRegistry).orElse(config.spec());
        } catch (InvalidSpecException e) {
            throw new UsageException("--registry: " + e.problems().get(0).message() + "; "
                    + e.problems().get(0).hint());
        }
    }

    private Set<String> plain(StackSpec spec) {
        return plainHttp.isGiven()
                ? Set.of(spec.images()
                        .registry()
                        .orElseThrow(ImageWork::noRegistry)
                        .replaceFirst("/.*", ""))
                : Set.of();
    }
}
