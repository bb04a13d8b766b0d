package dev.upkeep.infra.aws;

import com.fasterxml.jackson.databind.JsonNode;
import dev.upkeep.infra.failure.FileTrouble;
import dev.upkeep.infra.failure.InvalidSpecException;
import dev.upkeep.infra.image.PlannedImage;
import dev.upkeep.infra.image.StackImages;
import dev.upkeep.infra.image.recipe.ImageBase;
import dev.upkeep.infra.image.recipe.ImageInputException;
import dev.upkeep.infra.image.recipe.ImageLayer;
import dev.upkeep.infra.image.recipe.ImageRecipe;
import dev.upkeep.infra.image.recipe.RecipeDigest;
import dev.upkeep.infra.server.Sha256;
import dev.upkeep.infra.spec.StackSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the images of a release are made of, as digests of files and settings. They stand in the parameter of the release, so that it is seen without a
 * registry and without building whether the files here are still those of the version. A base is known by its name only.
 */
final class ReleaseContents {

    /** Where they stand in the text of a release. */
    static final String FIELD = "contents";

    private static final String SITE = "site";

    /** Enough to tell two apart; the parameter is small. */
    private static final int DIGITS = 16;

    private static final Map<String, String> WORDS = words();

    private ReleaseContents() {}

    private static Map<String, String> words() {
        Map<String, String> words = new LinkedHashMap<>();
        words.put(SITE, "the site");
        words.put(
                StackImages.WEB,
                "the nginx of the image web (its base, its limits, or what this Upkeep writes for it)");
        words.put(StackImages.APP, "the application");
        words.put(StackImages.EDGE, "the nginx in front (its base, its limits, or what this Upkeep writes for it)");
        return words;
    }

    /**
     * Reads the user's files.
     *
     * @throws InvalidSpecException if the spec does not say enough for an image, or what cannot be
     * @throws ImageInputException if the files cannot be used, or one cannot be read
     */
    static SortedMap<String, String> of(StackSpec spec) {
        SortedMap<String, String> digests = new TreeMap<>();
        List<PlannedImage> images = new ArrayList<>(StackImages.of(spec));
        images.add(StackImages.edge(spec));
        for (PlannedImage image : images) {
            if (image instanceof PlannedImage.Made made) {
                add(made, spec, digests);
            } else if (image instanceof PlannedImage.Elsewhere elsewhere) {
                digests.put(elsewhere.name(), digest(elsewhere.reference().toString()));
            }
        }
        return digests;
    }

    private static void add(PlannedImage.Made image, StackSpec spec, SortedMap<String, String> digests) {
        ImageRecipe recipe = image.recipe();
        try {
            digests.put(
                    image.name(), RecipeDigest.of(recipe, name(recipe.base())).substring(0, DIGITS));
            for (ImageLayer layer : recipe.layers()) {
                if (layer.name().equals(SITE)) {
                    digests.put(SITE, RecipeDigest.of(layer).substring(0, DIGITS));
                }
            }
        } catch (IOException e) {
            throw new ImageInputException(
                    spec.baseFolder(), FileTrouble.unreadable("a file of it", e), "make every file readable", e);
        }
    }

    /**
     * Reads the user's files for one digest of them all, which is another one for other files.
     *
     * @throws InvalidSpecException if the spec does not say enough for an image, or what cannot be
     * @throws ImageInputException if the files cannot be used, or one cannot be read
     */
    static String digest(StackSpec spec) {
        return Sha256.ofText(of(spec).toString());
    }

    /** The same on every machine. */
    private static String name(ImageBase base) {
        if (base instanceof ImageBase.DockerArchive archive) {
            return String.valueOf(archive.file().getFileName());
        }
        return base instanceof ImageBase.OciLayout layout
                ? layout.folder().getFileName() + ":" + layout.tag()
                : base.toString();
    }

    private static String digest(String text) {
        return Sha256.ofText(text).substring(0, DIGITS);
    }

    /** As large as they can be. */
    static SortedMap<String, String> largest() {
        SortedMap<String, String> digests = new TreeMap<>();
        WORDS.keySet().forEach(name -> digests.put(name, "0".repeat(DIGITS)));
        return digests;
    }

    /** Says what is not as it was when a version was made of it; empty if all is, or if the release does not say what it was made of. */
    static Optional<String> note(String release, StackSpec spec) {
        JsonNode standing = ReleaseText.tree(release).path(FIELD);
        if (standing.isEmpty()) {
            return Optional.empty();
        }
        SortedMap<String, String> here;
        try {
            here = of(spec);
        } catch (ImageInputException | InvalidSpecException e) {
            return Optional.of("whether the files here are those that version " + spec.version()
                    + " was made of is not known: " + e.getMessage());
        }
        List<String> others = WORDS.keySet().stream()
                .filter(name -> !standing.path(name).asText().equals(here.getOrDefault(name, "")))
                .toList();
        // The site is a part of the image web.
        List<String> causes = others.stream()
                .filter(name -> !name.equals(StackImages.WEB) || !others.contains(SITE))
                .map(name -> WORDS.getOrDefault(name, name))
                .toList();
        return causes.isEmpty()
                ? Optional.empty()
                : Optional.of("not shipped: " + String.join(" and ", causes) + (causes.size() == 1 ? " is" : " are")
                        + " not what version " + spec.version()
                        + " was made of; an apply leaves that as it is, because a version never changes, and this Upkeep cannot bring standing"
                        + " instances on AWS to another one yet");
    }
}
