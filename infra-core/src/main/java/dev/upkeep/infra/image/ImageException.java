package dev.upkeep.infra.image;

import dev.upkeep.infra.failure.InfraException;
import org.jspecify.annotations.Nullable;

/** An image cannot be built, or not be used for what it was wanted for. */
@SuppressWarnings("serial") // thrown and caught within one process, never stored
public final class ImageException extends InfraException {

    private final String image;

    /**
     * Says what went wrong.
     *
     * @param image which image
     * @param found what was found
     * @param next what to do
     * @param cause what made it fail, or null if nothing else did
     */
    public ImageException(String image, String found, String next, @Nullable Throwable cause) {
        super("Tried to build image " + image + ": " + found + "; " + next, cause);
        this.image = image;
    }

    /**
     * Which image.
     *
     * @return its name, or its base if it has none
     */
    public String image() {
        return image;
    }
}
