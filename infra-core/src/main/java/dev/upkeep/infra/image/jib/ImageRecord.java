package dev.upkeep.infra.image.jib;

import dev.upkeep.infra.image.registry.Manifest;
import dev.upkeep.infra.image.registry.Manifest.Part;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What an image turned out to be, by its manifests. Safe for use by several threads. */
public final class ImageRecord {

    private final Map<String, Manifest> manifests = new ConcurrentHashMap<>();
    private volatile Optional<Manifest> top = Optional.empty();

    /** The one that is named by no digest of its own is that of the whole. */
    void add(String identifier, Manifest manifest) {
        manifests.put(manifest.digest(), manifest);
        if (!identifier.equals(manifest.digest())) {
            top = Optional.of(manifest);
        }
    }

    /**
     * The digest of the image.
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

    Collection<Manifest> images() {
        return manifests.values().stream().filter(each -> !each.isIndex()).toList();
    }
}
