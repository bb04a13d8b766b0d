package dev.upkeep.infra.image.dockerfile;

import dev.upkeep.infra.image.recipe.ImageInputException;
import java.nio.file.Path;

/** Words for what cannot be built without a container engine, and for what cannot be understood. */
final class Refusals {

    private final Path folder;

    Refusals(Path folder) {
        this.folder = folder;
    }

    /** Something that only a container engine can do. */
    ImageInputException needsEngine(String place, String what) {
        return new ImageInputException(
                folder,
                "Dockerfile:" + place + ": " + what + " needs a container engine",
                "build it where an engine is and give the result (docker build -t app " + folder
                        + " && docker save app -o app.tar, then image: app.tar, or the image's name on a registry), "
                        + "or say what the folder is laid on and what is run (app.base and app.command)",
                null);
    }

    /** Something that is wrong, or could mean two things. */
    ImageInputException unclear(String place, String found, String next) {
        return new ImageInputException(folder, "Dockerfile:" + place + ": " + found, next, null);
    }
}
