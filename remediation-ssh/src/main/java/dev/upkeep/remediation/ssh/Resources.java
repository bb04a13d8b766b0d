package dev.upkeep.remediation.ssh;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a connection has opened, in that order. Once closed, whatever comes later is closed at once. Safe for use by several threads. */
final class Resources implements Closeable {
    private final Deque<Closeable> open = new ArrayDeque<>();
    private boolean isClosed;

    <T extends Closeable> T add(T resource) throws IOException {
        synchronized (open) {
            if (!isClosed) {
                open.addLast(resource);
                return resource;
            }
        }
        resource.close();
        throw new IOException("given up");
    }

    /** The last one first, so that each can say goodbye through those before it. */
    @Override
    public void close() {
        closeAll(open::pollLast);
    }

    /** The first one first: the socket, so that nothing can wait for it. */
    void abort() {
        closeAll(open::pollFirst);
    }

    private void closeAll(Supplier<@Nullable Closeable> next) {
        Closeable resource = take(next);
        while (resource != null) {
            try {
                resource.close();
            } catch (IOException broken) {
                // It is not used any more, and there is nothing else to do about it.
            }
            resource = take(next);
        }
    }

    private @Nullable Closeable take(Supplier<@Nullable Closeable> next) {
        synchronized (open) {
            isClosed = true;
            return next.get();
        }
    }
}
