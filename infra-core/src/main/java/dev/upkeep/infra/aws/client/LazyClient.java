package dev.upkeep.infra.aws.client;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * A client of one service that is opened when it is asked for first: it has many classes, and most commands need few services. Safe for use
 * by several threads.
 *
 * @param <C> the client
 */
public final class LazyClient<C extends SdkAutoCloseable> implements AutoCloseable {

    private final Supplier<C> opening;
    private @Nullable C client;

    LazyClient(Supplier<C> opening) {
        this.opening = opening;
    }

    /**
     * The client.
     *
     * @return always the same; whoever has this object closes it
     */
    public synchronized C get() {
        C opened = client == null ? opening.get() : client;
        client = opened;
        return opened;
    }

    /** Closes the client if it was opened. */
    @Override
    public synchronized void close() {
        if (client != null) {
            client.close();
        }
    }
}
