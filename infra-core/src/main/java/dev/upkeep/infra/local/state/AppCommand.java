package dev.upkeep.infra.local.state;

import java.nio.file.Path;
import java.util.List;

/**
 * How the application is run.
 *
 * @param command program and arguments; empty for the sample application
 * @param folder where it works
 */
public record AppCommand(List<String> command, Path folder) {

    /** Copies the list. */
    public AppCommand {
        command = List.copyOf(command);
    }

    /**
     * The application in words that differ when it does.
     *
     * @return the command and its folder, or {@code sample}
     */
    public String describe() {
        return command.isEmpty() ? "sample" : String.join(" ", command) + " in " + folder;
    }
}
