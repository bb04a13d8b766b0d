package dev.upkeep.infra.image.dockerfile;

import dev.upkeep.infra.failure.FileTrouble;
import dev.upkeep.infra.image.recipe.ImageInputException;
import dev.upkeep.infra.image.recipe.ImageRecipe;
import dev.upkeep.infra.image.reference.Architecture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/**
 * What a Dockerfile says, as a recipe. Known are FROM, COPY, ADD of local files, ENV, WORKDIR, USER, EXPOSE, ENTRYPOINT, CMD, LABEL and
 * ARG with a default.
 *
 * @param recipe what is built
 * @param notes what of the file is not written into the image, one sentence each
 */
public record DockerfileImage(ImageRecipe recipe, List<String> notes) {

    private static final String NAME = "Dockerfile";

    /** Copies the list. */
    public DockerfileImage {
        notes = List.copyOf(notes);
    }

    /**
     * Whether a folder has a Dockerfile.
     *
     * @param folder the user's folder
     * @return true if there is one
     */
    public static boolean isIn(Path folder) {
        return Files.exists(folder.resolve(NAME));
    }

    /**
     * Reads the Dockerfile of a folder, and the files that it copies.
     *
     * @param folder the user's folder, which is the build context; what its {@code .dockerignore} names stays out
     * @param architectures the processors that the image is made for
     * @return what it says
     * @throws ImageInputException if it needs a container engine or cannot be understood, with {@code Dockerfile:line:column}
     */
    public static DockerfileImage read(Path folder, Collection<Architecture> architectures) {
        List<String> lines;
        try {
            lines = Files.readAllLines(folder.resolve(NAME));
        } catch (IOException e) {
            throw new ImageInputException(
                    folder, "its Dockerfile cannot be read: " + FileTrouble.reason(e), "make it readable, in UTF-8", e);
        }
        Translation translation = new Translation(folder);
        for (Instruction instruction : DockerfileText.instructions(lines)) {
            translation.take(instruction);
        }
        return translation.image(architectures);
    }
}
