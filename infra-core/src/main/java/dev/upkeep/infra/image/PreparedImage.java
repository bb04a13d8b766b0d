package dev.upkeep.infra.image;

import dev.upkeep.infra.failure.FileTrouble;
import dev.upkeep.infra.image.recipe.ImageRecipe;
import java.io.IOException;

/** An image that can be built: its base was found, and is made for the processors of the recipe. Immutable. */
public final class PreparedImage {

    private static final int TAG_DIGITS = 12;

    private final ImageRecipe recipe;
    private final BaseImage base;

    PreparedImage(ImageRecipe recipe, BaseImage base) {
        this.recipe = recipe;
        this.base = base;
    }

    /**
     * A tag for an image that has no version of its own. It follows from all that the image is made of: another image has another one.
     *
     * @return such as {@code content-0123456789ab}
     * @throws ImageException if a file cannot be read
     */
    public String contentTag() {
        try {
            return "content-" + KnownImages.key(recipe, base.identifier()).substring(0, TAG_DIGITS);
        } catch (IOException e) {
            throw new ImageException(
                    recipe.base().toString(), FileTrouble.reason(e), "make every file of the image readable", e);
        }
    }

    ImageRecipe recipe() {
        return recipe;
    }

    BaseImage base() {
        return base;
    }
}
