package dev.upkeep.infra.failure;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The folder that holds the state cannot be used: read-only, full, not a folder, its path too long, or written by a newer
 * Upkeep.
 */
@SuppressWarnings("serial") // thrown and caught within one process, never stored
public final class StateFolderException extends InfraException {

    private final Path folder;
    private final String problem;

    /**
     * Says what is wrong with the folder.
     *
     * @param folder the folder or file that could not be used
     * @param problem what is wrong with it, such as {@code No space left on device}
     * @param next what to do about it
     * @param cause what made it fail, or null if nothing else did
     */
    public StateFolderException(Path folder, String problem, String next, @Nullable Throwable cause) {
        super("Tried to use " + folder + " for the state, found: " + problem + "; " + next, cause);
        this.folder = folder;
        this.problem = problem;
    }

    /**
     * Where it went wrong.
     *
     * @return the folder or file that could not be used
     */
    public Path folder() {
        return folder;
    }

    /**
     * What is wrong with it.
     *
     * @return what is wrong with it, such as {@code No space left on device}
     */
    public String problem() {
        return problem;
    }
}
