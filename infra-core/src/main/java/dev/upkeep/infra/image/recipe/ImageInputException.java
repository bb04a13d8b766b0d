package dev.upkeep.infra.image.recipe;

import dev.upkeep.infra.failure.InfraException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file or folder that an image was to be made of cannot be used. Nothing was built. */
@SuppressWarnings("serial") // thrown and caught within one process, never stored
public final class ImageInputException extends InfraException {

    private final Path path;

    /**
     * Says what is wrong.
     *
     * @param path the file or folder that was to be used
     * @param found what was found
     * @param next what to do
     * @param cause what made it fail, or null if nothing else did
     */
    public ImageInputException(Path path, String found, String next, @Nullable Throwable cause) {
        super("Tried to make an image of " + path + ": " + found + "; " + next, cause);
        this.path = path;
    }

    /**
     * What was to be used.
     *
     * @return the file or folder
     */
    public Path path() {
        return path;
    }
}
