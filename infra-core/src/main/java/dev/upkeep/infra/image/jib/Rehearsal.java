package dev.upkeep.infra.image.jib;

import dev.upkeep.infra.image.registry.Manifest;
import dev.upkeep.infra.image.registry.Manifest.Part;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** Sends nothing anywhere, and remembers what the image would be. */
public final class Rehearsal implements Destination {

    /** A configuration is far smaller than this. */
    private static final int LARGEST_KEPT = 1024 * 1024;

    private final ImageRecord record = new ImageRecord();
    private final Map<String, byte[]> small = new ConcurrentHashMap<>();

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
        record.add(identifier, manifest);
    }

    /**
     * What the image would be.
     *
     * @return complete once it was built
     */
    public ImageRecord record() {
        return record;
    }

    /**
     * What the images run on, by their configurations.
     *
     * @return as their configurations say, such as {@code amd64}
     */
    public Set<String> architectures() {
        Set<String> architectures = new TreeSet<>();
        for (Manifest image : record.images()) {
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
}
