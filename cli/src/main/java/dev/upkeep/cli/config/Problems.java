package dev.upkeep.cli.config;

import dev.upkeep.cli.exit.ConfigException;
import dev.upkeep.cli.exit.ConfigProblem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Collects what is wrong with a file, so that one run reports everything. */
final class Problems {

    private record Problem(Position position, String message) {}

    private final String file;
    private final List<Problem> found = new ArrayList<>();

    Problems(String file) {
        this.file = file;
    }

    void add(Position position, String message) {
        found.add(new Problem(position, message));
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /** Ends the reading if anything was found, in the order of the file. */
    void throwIfAny() {
        if (!found.isEmpty()) {
            throw new ConfigException(found.stream()
                    .sorted(Comparator.comparing(Problem::position))
                    .map(this::located)
                    .distinct()
                    .toList());
        }
    }

    private ConfigProblem located(Problem problem) {
        return new ConfigProblem(Optional.of(problem.position.in(file)), problem.message);
    }
}
