package dev.upkeep.infra.image;

import dev.upkeep.infra.image.recipe.ImageRecipe;

/** An image that can be built: its base was found, and is made for the processors of the recipe. Immutable. */
public final class PreparedImage {

    private final ImageRecipe recipe;
    private final BaseImage base;

    PreparedImage(ImageRecipe recipe, BaseImage base) {
        this.recipe = recipe;
        this.base = base;
    }

    ImageRecipe recipe() {
        return recipe;
    }

    BaseImage base() {
        return base;
    }
}
