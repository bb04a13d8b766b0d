package dev.upkeep.infra.failure;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A saved plan cannot be read or written. Nothing was changed. */
@SuppressWarnings("serial") // thrown and caught within one process, never stored
public final class PlanFileException extends InfraException {

    private final transient Path file;

    /**
     * Says what is wrong with the file.
     *
     * @param file the file
     * @param problem what was found
     * @param next what to do about it
     * @param cause what made it fail, or null if nothing else did
     */
    public PlanFileException(Path file, String problem, String next, @Nullable Throwable cause) {
        super("Tried to use " + file + " as a saved plan, found: " + problem + "; " + next, cause);
        this.file = file;
    }

    /**
     * Which file.
     *
     * @return its path
     */
    public Path file() {
        return file;
    }
}
