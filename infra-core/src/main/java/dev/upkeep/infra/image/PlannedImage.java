package dev.upkeep.infra.image;

import dev.upkeep.infra.image.recipe.ImageRecipe;
import dev.upkeep.infra.image.reference.ImageReference;

/** An image that a stack needs. */
public sealed interface PlannedImage {

    /**
     * Which of the stack's images it is.
     *
     * @return {@code web} or {@code app}
     */
    String name();

    /**
     * It is built.
     *
     * @param name which it is
     * @param recipe what it is made of
     */
    record Made(String name, ImageRecipe recipe) implements PlannedImage {}

    /**
     * It was built elsewhere, and stands on a registry.
     *
     * @param name which it is
     * @param reference where it stands
     */
    record Elsewhere(String name, ImageReference reference) implements PlannedImage {}
}
