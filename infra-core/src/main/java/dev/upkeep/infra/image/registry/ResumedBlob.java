package dev.upkeep.infra.image.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;

/**
 * The content of a blob, which is asked for again where a connection breaks in the middle: whoever reads it does not notice. Not safe for
 * use by several threads.
 */
final class ResumedBlob extends InputStream {

    /** Asks for the content from its beginning. */
    @FunctionalInterface
    interface Source {
        InputStream open() throws InterruptedException;
    }

    /** Words for a connection that broke too often. */
    @FunctionalInterface
    interface Failure {
        RegistryException of(IOException cause);
    }

    private static final int RESUMPTIONS = 2;

    private final Source source;
    private final Failure failure;
    private InputStream content;
    private long position;
    private int resumed;

    ResumedBlob(Source source, Failure failure) throws InterruptedException {
        this.source = source;
        this.failure = failure;
        this.content = source.open();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        while (true) {
            try {
                int count = content.read(buffer, offset, length);
                position += Math.max(0, count);
                return count;
            } catch (IOException broken) {
                resume(broken);
            }
        }
    }

    private void resume(IOException cause) throws IOException {
        IOException broken = cause;
        while (resumed < RESUMPTIONS) {
            resumed++;
            content.close();
            try {
                content = source.open();
                content.skipNBytes(position);
                return;
            } catch (IOException again) {
                broken = again;
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted");
            }
        }
        throw failure.of(broken);
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}
