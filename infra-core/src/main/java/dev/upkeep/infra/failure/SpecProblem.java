package dev.upkeep.infra.failure;

/**
 * One thing that is wrong with a spec.
 *
 * @param pointer where, as a JSON pointer into the configuration file, such as {@code /app/port}
 * @param message what is wrong, naming the value that was found
 * @param hint what would be right
 */
public record SpecProblem(String pointer, String message, String hint) {

    /**
     * The problem in one line.
     *
     * @return pointer, message and hint
     */
    public String describe() {
        return pointer + ": " + message + "; " + hint;
    }
}
