package dev.upkeep.infra.image;

import dev.upkeep.infra.image.recipe.ImageBase;
import dev.upkeep.infra.image.recipe.ImageLayer;
import dev.upkeep.infra.image.recipe.ImageRecipe;
import dev.upkeep.infra.image.recipe.LayerFile;
import dev.upkeep.infra.image.recipe.RecipeDigest;
import dev.upkeep.infra.server.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Remembers which image a recipe came to when it was pushed, so that unchanged files need not be compressed to be known
 * again. It only says what to look for: whether a registry has the image, the registry is asked.
 */
final class KnownImages {

    private static final Pattern LINE = Pattern.compile("(sha256:[0-9a-f]{64}) (\\d{1,18}) (\\d{1,9})\n");

    private final Path folder;

    /** An image: its digest, its size in bytes, and how many layers it has. */
    record Known(String digest, long size, int layers) {}

    KnownImages(Path folder) {
        this.folder = folder;
    }

    /**
     * What the image of a recipe is known by here: its contents, read now if they were not read for the recipe.
     *
     * @param base the digest of the base if it was found out already; empty for what lies in a tar file
     */
    static String key(ImageRecipe recipe, String base) throws IOException {
        return RecipeDigest.of(
                recipe, recipe.base() instanceof ImageBase.DockerArchive archive ? Sha256.of(archive.file()) : base);
    }

    Optional<Known> find(String key) throws IOException {
        Path file = folder.resolve(key);
        Matcher line = LINE.matcher(Files.exists(file) ? Files.readString(file) : "");
        return line.matches()
                ? Optional.of(new Known(line.group(1), Long.parseLong(line.group(2)), Integer.parseInt(line.group(3))))
                : Optional.empty();
    }

    /** Remembers an image, unless its files have changed since the key was made: then it may be that of the files before. */
    void remember(String key, ImageRecipe recipe, String base, Known known) throws IOException {
        if (!isAtRest(recipe) || !key(recipe, base).equals(key)) {
            return;
        }
        Files.createDirectories(folder);
        Path beside = Files.createTempFile(folder, "new", "");
        Files.writeString(beside, known.digest() + " " + known.size() + " " + known.layers() + "\n");
        Files.move(beside, folder.resolve(key), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static boolean isAtRest(ImageRecipe recipe) throws IOException {
        for (ImageLayer layer : recipe.layers()) {
            for (LayerFile file : layer.files()) {
                if (!file.content().isUnchanged()) {
                    return false;
                }
            }
        }
        return true;
    }
}
