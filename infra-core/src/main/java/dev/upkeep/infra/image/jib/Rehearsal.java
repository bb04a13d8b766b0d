package dev.upkeep.infra.image.jib;

import dev.upkeep.infra.image.registry.Manifest;
import dev.upkeep.infra.image.registry.Manifest.Part;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** Sends nothing anywhere, and remembers what the image would be. */
public final class Rehearsal implements Destination {

    /** A configuration is far smaller than this. */
    private static final int LARGEST_KEPT = 1024 * 1024;

    private final Map<String, Manifest> manifests = new ConcurrentHashMap<>();
    private final Map<String, byte[]> small = new ConcurrentHashMap<>();
    private volatile Optional<Manifest> top = Optional.empty();

    /** Layers of the base are where the base is; everything else is looked at. */
    @Override
    public boolean has(Part part, boolean ofBase) {
        return ofBase;
    }

    @Override
    public Begun begin(InputStream content) throws IOException {
        byte[] first = content.readNBytes(LARGEST_KEPT);
        boolean more = content.read() >= 0;
        content.transferTo(OutputStream.nullOutputStream());
        return digest -> {
            if (!more) {
                small.put(digest, first);
            }
        };
    }

    @Override
    public void manifest(String identifier, Manifest manifest) {
        manifests.put(manifest.digest(), manifest);
        if (!identifier.equals(manifest.digest())) {
            top = Optional.of(manifest);
        }
    }

    /**
     * The digest that the image would have.
     *
     * @return that of the index, or of the image if there is only one
     */
    public String digest() {
        return top.orElseThrow(() -> new IllegalStateException("nothing was built"))
                .digest();
    }

    /**
     * The layers of all images.
     *
     * @return each once
     */
    public Set<Part> layers() {
        Set<Part> layers = new LinkedHashSet<>();
        images().forEach(image -> layers.addAll(image.layers()));
        return layers;
    }

    /**
     * What a registry needs for the image.
     *
     * @return bytes, compressed
     */
    public long size() {
        return layers().stream().mapToLong(Part::size).sum()
                + images().stream()
                        .flatMap(image -> image.config().stream())
                        .mapToLong(Part::size)
                        .sum();
    }

    /**
     * What the images run on, by their configurations.
     *
     * @return as their configurations say, such as {@code amd64}
     */
    public Set<String> architectures() {
        Set<String> architectures = new TreeSet<>();
        for (Manifest image : images()) {
            image.config().map(config -> small.get(config.digest())).ifPresent(config -> {
                try {
                    architectures.add(Manifest.architecture(config));
                } catch (IOException notJson) {
                    throw new IllegalStateException("a configuration was written that cannot be read", notJson);
                }
            });
        }
        return architectures;
    }

    private Collection<Manifest> images() {
        return manifests.values().stream().filter(each -> !each.isIndex()).toList();
    }
}
