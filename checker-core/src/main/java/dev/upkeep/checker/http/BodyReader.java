package dev.upkeep.checker.http;

import dev.upkeep.checker.verdict.Reason;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/** Reads a stranger's body: never more than the limit, counted after decompression. */
final class BodyReader {
    /** More layers than that are an attack, not an encoding. */
    private static final int MAXIMUM_ENCODINGS = 3;

    /**
     * What changes the bytes. Whatever else stands in the header is a mistake and no encoding, such as the {@code utf-8}, {@code none},
     * {@code 8bit} or {@code aws-chunked} that object stores repeat from who uploaded the file: the bytes are plain.
     */
    private static final Set<String> ENCODINGS = Set.of(
            "aes128gcm",
            "base64",
            "br",
            "bzip2",
            "compress",
            "dcb",
            "dcz",
            "deflate",
            "exi",
            "gzip",
            "lz4",
            "lzma",
            "pack200-gzip",
            "snappy",
            "x-bzip2",
            "x-compress",
            "x-gzip",
            "xz",
            "zstd");

    private static final int CHUNK = 8192;

    private final String contentEncoding;
    private final long announced;
    private final long limit;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /**
     * A reader for one body.
     *
     * @param announced how long the body is said to be, encoded; negative if it is not said
     * @param limit the most bytes it may have, decoded
     */
    BodyReader(String contentEncoding, long announced, long limit) {
        this.contentEncoding = contentEncoding;
        this.announced = announced;
        this.limit = limit;
    }

    /** The whole body as text. Leaves the stream open: to close it before its end would mean to read on for a while. */
    String read(InputStream body) throws IOException {
        try (InputStream decoded = decode(new LeftOpen(body))) {
            byte[] chunk = new byte[CHUNK];
            int count = decoded.read(chunk);
            while (count >= 0) {
                bytes.write(chunk, 0, count);
                if (bytes.size() > limit) {
                    throw new ProbeFailure(Reason.BODY_TOO_LARGE, "more than " + limit + " bytes");
                }
                count = decoded.read(chunk);
            }
            return bytes.toString(charset(bytes.toByteArray()));
        } catch (ZipException e) {
            throw new ProbeFailure(
                    Reason.ENCODING_UNSUPPORTED,
                    "the body is not what Content-Encoding: " + contentEncoding + " says",
                    e);
        } catch (EOFException | ProtocolException e) {
            throw ended(e);
        }
    }

    private IOException ended(IOException e) {
        boolean early = e instanceof EOFException || Failures.message(e).contains("unexpected end of stream");
        if (!early) {
            return e;
        }
        String of = announced < 0 || !contentEncoding.isEmpty() ? "" : " of " + announced;
        return new ProbeFailure(Reason.BODY_TRUNCATED, "after " + bytes.size() + of + " bytes", e);
    }

    /** A byte order mark says which Unicode it is, whatever else is said (WHATWG Encoding, section 6); without one it is UTF-8. */
    private static Charset charset(byte[] text) {
        if (text.length > 1 && (text[0] & 0xff) == 0xff && (text[1] & 0xff) == 0xfe) {
            return StandardCharsets.UTF_16LE;
        }
        boolean bigEndian = text.length > 1 && (text[0] & 0xff) == 0xfe && (text[1] & 0xff) == 0xff;
        return bigEndian ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_8;
    }

    /** Undoes the encodings, the last one applied first (RFC 9110, section 8.4). */
    private InputStream decode(InputStream body) throws IOException {
        Deque<String> encodings = new ArrayDeque<>();
        for (String encoding : contentEncoding.split(",", -1)) {
            String name = encoding.strip().toLowerCase(Locale.ROOT);
            if (ENCODINGS.contains(name)) {
                encodings.push(name);
            }
        }
        if (encodings.size() > MAXIMUM_ENCODINGS) {
            throw unsupported();
        }
        InputStream decoded = body;
        for (String encoding : encodings) {
            decoded = switch (encoding) {
                case "gzip", "x-gzip" -> new GZIPInputStream(decoded);
                case "deflate" -> new InflaterInputStream(decoded);
                default -> throw unsupported();
            };
        }
        return decoded;
    }

    private ProbeFailure unsupported() {
        return new ProbeFailure(
                Reason.ENCODING_UNSUPPORTED,
                "Content-Encoding: " + contentEncoding
                        + ", although none was asked for; only gzip and deflate can be undone");
    }

    /** Closing the decoders frees their memory; the stream below them is another's. */
    private static final class LeftOpen extends FilterInputStream {
        LeftOpen(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            return in.read(buffer, offset, length);
        }

        @Override
        public void close() {
            // Left open on purpose.
        }
    }
}
