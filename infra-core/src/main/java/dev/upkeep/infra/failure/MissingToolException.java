package dev.upkeep.infra.failure;

import java.util.List;

/**
 * A program that the platform needs is not installed. Nothing was changed.
 */
@SuppressWarnings("serial") // thrown and caught within one process, never stored
public final class MissingToolException extends InfraException {

    private final List<String> tools;
    private final String installCommand;

    /**
     * Says what is missing and how to get it.
     *
     * @param tools the missing programs, at least one, such as {@code nginx}
     * @param installCommand the one command that installs them, or an empty text if this system's package manager is not known
     */
    public MissingToolException(List<String> tools, String installCommand) {
        super("Looked for " + String.join(" and ", tools) + " on the PATH and in the usual folders, found nothing; "
                + (installCommand.isEmpty()
                        ? "install them with this system's package manager"
                        : "run: " + installCommand));
        this.tools = List.copyOf(tools);
        this.installCommand = installCommand;
    }

    /**
     * Which programs were not found.
     *
     * @return the missing programs, at least one, such as {@code nginx}
     */
    public List<String> tools() {
        return tools;
    }

    /**
     * What to run to get them.
     *
     * @return the one command that installs them, or an empty text if this system's package manager is not known
     */
    public String installCommand() {
        return installCommand;
    }
}
