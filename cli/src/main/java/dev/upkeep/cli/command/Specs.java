package dev.upkeep.cli.command;

import dev.upkeep.cli.config.Config;
import dev.upkeep.cli.exit.ConfigException;
import dev.upkeep.infra.failure.InvalidSpecException;
import java.util.function.Supplier;

/** Gives complaints about a spec, which a platform may have only when it looks at this machine, their line in the file. */
final class Specs {

    private Specs() {}

    static <T> T checked(Config config, Supplier<T> work) {
        try {
            return work.get();
        } catch (InvalidSpecException e) {
            throw new ConfigException(e.problems().stream()
                    .map(problem -> config.places()
                            .complaint(
                                    problem.pointer().equals("/edgePort") ? "/local/port" : problem.pointer(),
                                    problem.message() + "; " + problem.hint()))
                    .toList());
        }
    }
}
