package dev.upkeep.cli.command;

import dev.upkeep.cli.config.Config;
import dev.upkeep.cli.exit.ConfigException;
import dev.upkeep.infra.failure.InvalidSpecException;

/** Gives the problems that a platform finds in a spec, which it may find only when it looks at this machine, their line in the file. */
final class SpecProblemPositions {

    private SpecProblemPositions() {}

    /** Something that may find problems. */
    interface Work<T> {
        T get() throws InterruptedException;
    }

    static <T> T during(Config config, Work<T> work) throws InterruptedException {
        try {
            return work.get();
        } catch (InvalidSpecException e) {
            throw new ConfigException(e.problems().stream()
                    .map(problem ->
                            config.positions().complaint(problem.pointer(), problem.message() + "; " + problem.hint()))
                    .toList());
        }
    }
}
