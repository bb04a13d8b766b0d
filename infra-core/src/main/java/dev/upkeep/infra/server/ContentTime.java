package dev.upkeep.infra.server;

import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * The modification time that a file of a site gets: it comes from the content. nginx makes its ETag of time and size
 * only, so an edit that keeps the size, in a copy or an image layer whose files all have one time, would be answered with
 * 304 for ever; and the same content has the same ETag on every instance.
 */
public final class ContentTime {

    /** September 2001: Last-Modified must not lie in the future (RFC 9110, 8.8.2.1). */
    private static final long FIRST = 1_000_000_000;

    /** 17 years of seconds, which end in 2018. */
    private static final int MASK = (1 << 29) - 1;

    private ContentTime() {}

    /**
     * Takes the time from a digest.
     *
     * @param digest of the file's content, at least four bytes
     * @return a whole second from 2001 to 2018
     */
    public static Instant of(byte[] digest) {
        return Instant.ofEpochSecond(FIRST + (ByteBuffer.wrap(digest).getInt() & MASK));
    }
}
