package dev.upkeep.infra.local.probe;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Asks a server on 127.0.0.1 one question, on a connection of its own. Safe for use by several threads. */
public final class LocalProbe {

    /** Loopback answers in milliseconds; what takes longer is taken for hung. */
    public static final Duration LIMIT = Duration.ofSeconds(2);

    private static final int LONGEST_BODY = 512;

    /**
     * Asks and waits for at most {@link #LIMIT} for each of the connection and the answer.
     *
     * @param port 1 to 65535
     * @param path an absolute path, such as {@code /version.txt}
     * @return the answer, or why there is none
     */
    public Answer ask(int port, String path) {
        return ask(port, path, LIMIT);
    }

    /**
     * Asks and waits for at most the limit for each of the connection and the answer.
     *
     * @param port 1 to 65535
     * @param path an absolute path
     * @param limit more than a millisecond
     * @return the answer, or why there is none
     */
    public Answer ask(int port, String path, Duration limit) {
        try {
            return answer(open(port, path, limit));
        } catch (SocketTimeoutException e) {
            return new Answer(0, "", "no answer within " + limit.toMillis() + " ms", true);
        } catch (IOException e) {
            return new Answer(0, "", String.valueOf(e.getMessage()), false);
        }
    }

    private static HttpURLConnection open(int port, String path, Duration limit) throws IOException {
        // A proxy of the user's environment is not meant for loopback.
        HttpURLConnection connection = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + port + path).toURL().openConnection(Proxy.NO_PROXY);
        connection.setConnectTimeout((int) limit.toMillis());
        connection.setReadTimeout((int) limit.toMillis());
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setRequestProperty("Connection", "close");
        return connection;
    }

    private static Answer answer(HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        if (status <= 0) {
            return new Answer(0, "", "answered something that is not HTTP", false);
        }
        try (InputStream body = status >= 400 ? connection.getErrorStream() : connection.getInputStream()) {
            byte[] bytes = body == null ? new byte[0] : body.readNBytes(LONGEST_BODY);
            return new Answer(status, new String(bytes, StandardCharsets.UTF_8), "", false);
        } finally {
            connection.disconnect();
        }
    }
}
