package dev.upkeep.infra.image.recipe;

import dev.upkeep.infra.image.reference.Architecture;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Collects what an {@link ImageRecipe} is made of. Not safe for use by several threads. */
public final class ImageRecipeBuilder {

    private final ImageBase base;
    private final List<ImageLayer> layers = new ArrayList<>();
    private @Nullable String user;
    private @Nullable String workingFolder;
    private List<String> entrypoint = List.of();
    private List<String> command = List.of();
    private final Set<Integer> ports = new TreeSet<>();
    private final SortedMap<String, String> environment = new TreeMap<>();
    private final SortedMap<String, String> labels = new TreeMap<>();
    private SortedSet<Architecture> architectures = new TreeSet<>(Set.of(Architecture.AMD64));

    ImageRecipeBuilder(ImageBase base) {
        this.base = base;
    }

    /**
     * Lays files over what is there.
     *
     * @param layer left out if it has no files
     * @return this
     */
    public ImageRecipeBuilder layer(ImageLayer layer) {
        if (!layer.files().isEmpty()) {
            layers.add(layer);
        }
        return this;
    }

    /**
     * Sets who runs in it.
     *
     * @param value user and group by number, such as {@code 10001:10001}
     * @return this
     */
    public ImageRecipeBuilder user(String value) {
        this.user = value;
        return this;
    }

    /**
     * Sets where the command starts.
     *
     * @param value an absolute path within the image
     * @return this
     */
    public ImageRecipeBuilder workingFolder(String value) {
        this.workingFolder = value;
        return this;
    }

    /**
     * Sets the program that is run.
     *
     * @param programAndArguments the program first
     * @return this
     */
    public ImageRecipeBuilder entrypoint(List<String> programAndArguments) {
        this.entrypoint = List.copyOf(programAndArguments);
        return this;
    }

    /**
     * Sets the arguments of the entrypoint.
     *
     * @param arguments in order
     * @return this
     */
    public ImageRecipeBuilder command(List<String> arguments) {
        this.command = List.copyOf(arguments);
        return this;
    }

    /**
     * Says that a TCP port is listened on.
     *
     * @param value 1 to 65535
     * @return this
     */
    public ImageRecipeBuilder port(int value) {
        ports.add(value);
        return this;
    }

    /**
     * Sets a variable.
     *
     * @param name its name
     * @param value its value; no secret, for everybody who may pull the image can read it
     * @return this
     */
    public ImageRecipeBuilder environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /**
     * Sets a label.
     *
     * @param name such as {@code org.opencontainers.image.version}
     * @param value its value
     * @return this
     */
    public ImageRecipeBuilder label(String name, String value) {
        labels.put(name, value);
        return this;
    }

    /**
     * Sets the processors that it is made for.
     *
     * @param value at least one; several make an index
     * @return this
     * @throws IllegalArgumentException if there is none
     */
    public ImageRecipeBuilder architectures(Collection<Architecture> value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("an image is made for at least one platform, such as linux/amd64");
        }
        this.architectures = new TreeSet<>(value);
        return this;
    }

    /**
     * Makes the recipe. Reads no files.
     *
     * @return the recipe
     */
    public ImageRecipe build() {
        return new ImageRecipe(
                base,
                layers,
                Optional.ofNullable(user),
                Optional.ofNullable(workingFolder),
                entrypoint,
                command,
                ports,
                environment,
                labels,
                architectures);
    }
}
