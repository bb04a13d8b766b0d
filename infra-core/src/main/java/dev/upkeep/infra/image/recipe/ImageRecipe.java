package dev.upkeep.infra.image.recipe;

import dev.upkeep.infra.image.reference.Architecture;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What an image is made of. The same recipe on the same base gives the same digest, on every machine. Made by
 * {@link #on}.
 *
 * @param base what it is laid on
 * @param layers laid over the base, in this order
 * @param user who runs in it, by number, such as {@code 10001:10001}; empty keeps that of the base
 * @param workingFolder where the command starts; empty keeps that of the base
 * @param entrypoint the program; empty keeps that of the base, together with its command
 * @param command arguments of the entrypoint; empty for none of our own
 * @param ports TCP ports that are said to be listened on, besides those of the base
 * @param environment variables, besides those of the base
 * @param labels labels, besides those of the base
 * @param architectures the processors that it is made for: one, or several for an index
 */
public record ImageRecipe(
        ImageBase base,
        List<ImageLayer> layers,
        Optional<String> user,
        Optional<String> workingFolder,
        List<String> entrypoint,
        List<String> command,
        Set<Integer> ports,
        SortedMap<String, String> environment,
        SortedMap<String, String> labels,
        SortedSet<Architecture> architectures) {

    /** Copies what can be changed. */
    public ImageRecipe {
        layers = List.copyOf(layers);
        entrypoint = List.copyOf(entrypoint);
        command = List.copyOf(command);
        ports = Set.copyOf(ports);
        environment = new TreeMap<>(environment);
        labels = new TreeMap<>(labels);
        architectures = new TreeSet<>(architectures);
    }

    /**
     * Begins a recipe.
     *
     * @param base what the image is laid on
     * @return a builder with nothing changed, for {@link Architecture#AMD64}
     */
    public static ImageRecipeBuilder on(ImageBase base) {
        return new ImageRecipeBuilder(base);
    }
}
