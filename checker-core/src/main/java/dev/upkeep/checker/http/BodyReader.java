package dev.upkeep.checker.http;

import dev.upkeep.checker.verdict.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/** Reads a stranger's body: never more than the limit, counted after decompression. */
final class BodyReader {
    /** More layers than that are an attack, not an encoding. */
    private static final int MAXIMUM_ENCODINGS = 3;

    private static final int CHUNK = 8192;

    private BodyReader() {}

    static String read(InputStream body, String contentEncoding, long limit) throws IOException {
        try (InputStream decoded = decode(body, contentEncoding)) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            byte[] chunk = new byte[CHUNK];
            int count = decoded.read(chunk);
            while (count >= 0) {
                bytes.write(chunk, 0, count);
                if (bytes.size() > limit) {
                    throw new ProbeFailure(Reason.BODY_TOO_LARGE, "more than " + limit + " bytes");
                }
                count = decoded.read(chunk);
            }
            return bytes.toString(StandardCharsets.UTF_8);
        } catch (ZipException e) {
            throw new ProbeFailure(
                    Reason.ENCODING_UNSUPPORTED,
                    "the body is not what Content-Encoding: " + contentEncoding + " says",
                    e);
        }
    }

    /** Undoes the encodings, the last one applied first (RFC 9110, section 8.4). */
    private static InputStream decode(InputStream body, String contentEncoding) throws IOException {
        Deque<String> encodings = new ArrayDeque<>();
        for (String encoding : contentEncoding.split(",", -1)) {
            String name = encoding.strip().toLowerCase(Locale.ROOT);
            if (!name.isEmpty() && !name.equals("identity")) {
                encodings.push(name);
            }
        }
        if (encodings.size() > MAXIMUM_ENCODINGS) {
            throw unsupported(contentEncoding);
        }
        InputStream decoded = body;
        for (String encoding : encodings) {
            decoded = switch (encoding) {
                case "gzip", "x-gzip" -> new GZIPInputStream(decoded);
                case "deflate" -> new InflaterInputStream(decoded);
                default -> throw unsupported(contentEncoding);
            };
        }
        return decoded;
    }

    private static ProbeFailure unsupported(String contentEncoding) {
        return new ProbeFailure(
                Reason.ENCODING_UNSUPPORTED,
                "Content-Encoding: " + contentEncoding
                        + ", although none was asked for; only gzip and deflate can be undone");
    }
}
