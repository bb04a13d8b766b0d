package dev.upkeep.infra.local.state;

import dev.upkeep.infra.spec.AppHealth;
import java.nio.file.Path;
import java.util.List;

/**
 * How the application is run.
 *
 * @param command program and arguments; empty for the sample application
 * @param folder where it works
 * @param health how it says that it can serve users
 */
public record AppCommand(List<String> command, Path folder, AppHealth health) {

    /** Copies the list. */
    public AppCommand {
        command = List.copyOf(command);
    }

    /**
     * The application in words that differ when it does.
     *
     * @return the command and its folder, or {@code sample}, and how its health is asked unless that is the default
     */
    public String describe() {
        String what = command.isEmpty() ? "sample" : String.join(" ", command) + " in " + folder;
        return health.equals(AppHealth.standard()) ? what : what + ", " + asked();
    }

    private String asked() {
        String rule = switch (health.rule()) {
            case SUCCESS -> "healthy if " + health.path() + " succeeds";
            case BELOW_500 -> "healthy if " + health.path() + " answers below 500";
            case ANY_ANSWER -> "healthy if it answers";
        };
        return rule + " within " + health.limit().toMillis() + " ms";
    }
}
