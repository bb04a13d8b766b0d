package dev.upkeep.infra.image;

import dev.upkeep.infra.image.recipe.ImageRecipe;
import dev.upkeep.infra.image.reference.ImageReference;
import java.util.List;

/** An image that a stack needs. */
public sealed interface PlannedImage {

    /**
     * Which of the stack's images it is.
     *
     * @return {@code web}, {@code app} or {@code edge}
     */
    String name();

    /**
     * It is built.
     *
     * @param name which it is
     * @param recipe what it is made of
     * @param notes what the user asked for and is not written into it, one sentence each
     */
    record Made(String name, ImageRecipe recipe, List<String> notes) implements PlannedImage {

        /** Copies the list. */
        public Made {
            notes = List.copyOf(notes);
        }

        /**
         * It is built, and all that was asked for is in it.
         *
         * @param name which it is
         * @param recipe what it is made of
         */
        public Made(String name, ImageRecipe recipe) {
            this(name, recipe, List.of());
        }
    }

    /**
     * It was built elsewhere, and stands on a registry.
     *
     * @param name which it is
     * @param reference where it stands
     */
    record Elsewhere(String name, ImageReference reference) implements PlannedImage {}
}
