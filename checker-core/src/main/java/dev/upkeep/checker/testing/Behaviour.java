package dev.upkeep.checker.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;

/**
 * What a {@link ScriptedServer} does with a connection after it has read the request's head. The connection is closed when it returns.
 */
@FunctionalInterface
public interface Behaviour {

    /**
     * Answers, or does not.
     *
     * @param connection open, with the request's head read
     * @throws IOException if the other side has gone; this is ignored
     * @throws InterruptedException if the server is closed meanwhile
     */
    void answer(Socket connection) throws IOException, InterruptedException;

    /** A proper reply: status 200 and the version as plain text. */
    static Behaviour version(String version) {
        return reply(200, "Content-Type: text/plain\r\n", version + "\n");
    }

    /** A complete reply. */
    static Behaviour status(int status, String body) {
        return reply(status, "Content-Type: text/html\r\n", body);
    }

    /** A redirect. */
    static Behaviour redirect(String location) {
        return reply(302, "Location: " + location + "\r\n", "");
    }

    /**
     * A complete reply with headers of one's own.
     *
     * @param headers each line ended by CR LF; without {@code Content-Length}
     */
    static Behaviour reply(int status, String headers, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return raw(
                "HTTP/1.1 " + status + " Status\r\n" + headers + "Content-Length: " + bytes.length + "\r\n\r\n" + body);
    }

    /** These bytes and nothing else. */
    static Behaviour raw(String bytes) {
        return connection -> connection.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
    }

    /** A reply with a body that is compressed, whether asked for or not. */
    static Behaviour gzipped(byte[] body) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot happen in memory", e);
        }
        return connection -> {
            OutputStream out = connection.getOutputStream();
            out.write(("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + compressed.size() + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            compressed.writeTo(out);
        };
    }

    /** Reads the request, and closes the connection without a word. */
    static Behaviour close() {
        return connection -> {};
    }

    /** Reads the request, and resets the connection. */
    static Behaviour reset() {
        return connection -> connection.setSoLinger(true, 0);
    }

    /** Reads the request, and says nothing until the server is closed. */
    static Behaviour silence() {
        return connection -> TimeUnit.DAYS.sleep(1);
    }

    /** A proper reply, one byte after the other. */
    static Behaviour drip(String version, Duration betweenBytes) {
        return connection -> {
            OutputStream out = connection.getOutputStream();
            byte[] reply = ("HTTP/1.1 200 OK\r\nContent-Length: " + version.length() + "\r\n\r\n" + version)
                    .getBytes(StandardCharsets.US_ASCII);
            for (byte b : reply) {
                out.write(b);
                TimeUnit.NANOSECONDS.sleep(betweenBytes.toNanos());
            }
        };
    }

    /** A body that never ends. */
    static Behaviour endless() {
        return connection -> {
            OutputStream out = connection.getOutputStream();
            out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] chunk = "1.0.6 ".repeat(1000).getBytes(StandardCharsets.US_ASCII);
            while (!Thread.currentThread().isInterrupted()) {
                out.write(chunk);
            }
        };
    }
}
