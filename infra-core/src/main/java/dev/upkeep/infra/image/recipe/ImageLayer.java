package dev.upkeep.infra.image.recipe;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Files that are laid over what is below.
 *
 * @param name what the image's history calls the layer
 * @param files its files, sorted by path; folders above them are made, owned by root
 */
public record ImageLayer(String name, List<LayerFile> files) {

    /**
     * Sorts the files, so that the order of a file system has no influence.
     *
     * @throws IllegalArgumentException if a path stands there twice
     */
    public ImageLayer {
        files = files.stream().sorted(Comparator.comparing(LayerFile::path)).toList();
        Set<String> seen = new HashSet<>();
        for (LayerFile file : files) {
            if (!seen.add(file.path())) {
                throw new IllegalArgumentException(
                        "the layer \"" + name + "\" has " + file.path() + " twice; keep one of them");
            }
        }
    }
}
