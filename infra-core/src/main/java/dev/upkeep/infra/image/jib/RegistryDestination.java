package dev.upkeep.infra.image.jib;

import dev.upkeep.infra.image.reference.ImageReference;
import dev.upkeep.infra.image.registry.Manifest;
import dev.upkeep.infra.image.registry.Manifest.Part;
import dev.upkeep.infra.image.registry.Repository;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Sends what is missing to a registry, and counts it. */
public final class RegistryDestination implements Destination {

    private final Repository repository;
    private final Optional<ImageReference> base;
    private final Consumer<String> sending;
    private final Set<String> sent = ConcurrentHashMap.newKeySet();
    private final AtomicLong bytes = new AtomicLong();

    /**
     * A destination.
     *
     * @param repository where everything goes
     * @param base the base if it is on a registry: layers are taken over from it where that is the same
     * @param sending is told of each part that was sent, by its digest
     */
    public RegistryDestination(Repository repository, Optional<ImageReference> base, Consumer<String> sending) {
        this.repository = repository;
        this.base = base;
        this.sending = sending;
    }

    @Override
    public boolean has(Part part, boolean ofBase) throws InterruptedException {
        return repository.hasBlob(part.digest()) || (ofBase && takenOver(part.digest()));
    }

    private boolean takenOver(String digest) throws InterruptedException {
        boolean near = base.filter(image -> image.registry().equals(repository.registry()))
                .isPresent();
        return near && repository.takeOver(digest, base.orElseThrow().repository());
    }

    @Override
    public Begun begin(InputStream content) throws InterruptedException {
        URI begun = repository.begin(new Counted(content));
        return digest -> {
            repository.finish(begun, digest);
            sent.add(digest);
            sending.accept(digest);
        };
    }

    @Override
    public void manifest(String identifier, Manifest manifest) throws InterruptedException {
        repository.send(identifier, manifest);
    }

    /**
     * What was sent.
     *
     * @return digests of layers and configurations
     */
    public Set<String> sent() {
        return Set.copyOf(sent);
    }

    /**
     * How much was sent.
     *
     * @return bytes of layers and configurations
     */
    public long bytesSent() {
        return bytes.get();
    }

    private final class Counted extends FilterInputStream {

        Counted(InputStream content) {
            super(content);
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            bytes.addAndGet(next < 0 ? 0 : 1);
            return next;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, length);
            bytes.addAndGet(Math.max(0, count));
            return count;
        }
    }
}
