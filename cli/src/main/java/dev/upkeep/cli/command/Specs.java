package dev.upkeep.cli.command;

import dev.upkeep.cli.config.Config;
import dev.upkeep.cli.exit.ConfigException;
import dev.upkeep.infra.failure.InvalidSpecException;

/** Gives complaints about a spec, which a platform may have only when it looks at this machine, their line in the file. */
final class Specs {

    private Specs() {}

    /** Something that may complain. */
    interface Work<T> {
        T get() throws InterruptedException;
    }

    static <T> T checked(Config config, Work<T> work) throws InterruptedException {
        try {
            return work.get();
        } catch (InvalidSpecException e) {
            throw new ConfigException(e.problems().stream()
                    .map(problem ->
                            config.places().complaint(problem.pointer(), problem.message() + "; " + problem.hint()))
                    .toList());
        }
    }
}
