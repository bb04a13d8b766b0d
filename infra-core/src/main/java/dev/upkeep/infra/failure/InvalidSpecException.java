package dev.upkeep.infra.failure;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A spec breaks its rules. All problems that could be found are in it, not only the first.
 */
@SuppressWarnings("serial") // thrown and caught within one process, never stored
public final class InvalidSpecException extends InfraException {

    private final List<SpecProblem> problems;

    /**
     * Says everything that is wrong.
     *
     * @param problems what is wrong, at least one problem
     */
    public InvalidSpecException(List<SpecProblem> problems) {
        super(problems.stream().map(SpecProblem::describe).collect(Collectors.joining("; ")));
        this.problems = List.copyOf(problems);
    }

    /**
     * Everything that is wrong.
     *
     * @return what is wrong, at least one problem
     */
    public List<SpecProblem> problems() {
        return problems;
    }
}
