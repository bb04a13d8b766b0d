package dev.upkeep.infra.aws;

import dev.upkeep.infra.image.StackImages;
import dev.upkeep.infra.spec.StackSpec;
import java.util.ArrayList;
import java.util.List;

/** The images that the servers of a stack run. */
public final class ImageNames {

    private ImageNames() {}

    /**
     * The images of a spec.
     *
     * @param spec a stack
     * @return their names, such as {@code web}; {@code app} only if there is an application
     */
    public static List<String> of(StackSpec spec) {
        List<String> images = new ArrayList<>(List.of(StackImages.EDGE, StackImages.WEB));
        if (spec.app().isPresent()) {
            images.add(StackImages.APP);
        }
        return List.copyOf(images);
    }
}
