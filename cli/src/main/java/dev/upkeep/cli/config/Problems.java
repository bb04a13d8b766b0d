package dev.upkeep.cli.config;

import dev.upkeep.cli.exit.ConfigException;
import dev.upkeep.cli.exit.ConfigProblem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Collects all problems of a file, so that one run reports every one of them. */
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

    /** Throws all problems, in the order of the file, if there are any. */
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
