package dev.upkeep.infra.image.jib;

import dev.upkeep.infra.image.registry.Manifest;
import dev.upkeep.infra.image.registry.Manifest.Part;
import java.io.IOException;
import java.io.InputStream;

/** Passes everything on, and remembers what the image is. */
public final class Recording implements Destination {

    private final Destination behind;
    private final ImageRecord record = new ImageRecord();

    /**
     * A destination before another.
     *
     * @param behind where everything goes
     */
    public Recording(Destination behind) {
        this.behind = behind;
    }

    @Override
    public boolean has(Part part, boolean ofBase) throws InterruptedException {
        return behind.has(part, ofBase);
    }

    @Override
    public Begun begin(InputStream content) throws IOException, InterruptedException {
        return behind.begin(content);
    }

    @Override
    public void manifest(String identifier, Manifest manifest) throws InterruptedException {
        behind.manifest(identifier, manifest);
        record.add(identifier, manifest);
    }

    /**
     * What the image is.
     *
     * @return complete once it was built
     */
    public ImageRecord record() {
        return record;
    }
}
