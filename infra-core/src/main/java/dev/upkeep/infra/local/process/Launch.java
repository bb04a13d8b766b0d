package dev.upkeep.infra.local.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How to start a program.
 *
 * @param command the program and its arguments
 * @param folder where it works
 * @param mark the real folder of the instance it belongs to
 * @param variables what is added to its environment
 * @param output the file that takes what it prints
 */
public record Launch(List<String> command, Path folder, Path mark, Map<String, String> variables, Path output) {

    /** Copies the collections. */
    public Launch {
        command = List.copyOf(command);
        variables = Map.copyOf(variables);
    }

    /**
     * A program that works in the folder it belongs to.
     *
     * @param command the program and its arguments
     * @param folder the real folder of the instance
     * @param output the file that takes what it prints
     * @return how to start it
     */
    public static Launch in(Path folder, Path output, List<String> command) {
        return new Launch(command, folder, folder, Map.of(), output);
    }
}
