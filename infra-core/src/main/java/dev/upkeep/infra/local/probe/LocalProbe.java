package dev.upkeep.infra.local.probe;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks a server on 127.0.0.1 one question, on a connection of its own. Safe for use by several threads.
 *
 * <p>It speaks HTTP itself, because the limits of Java's own client begin anew with every byte: an application that answers drop by drop
 * would hold up whoever looks at it for ever.
 */
public final class LocalProbe {

    /** Loopback answers in milliseconds; what takes longer is taken for hung. */
    public static final Duration LIMIT = Duration.ofSeconds(2);

    /** Headers and body; what is asked for is short. */
    private static final int LONGEST_ANSWER = 64 * 1024;

    private static final int LONGEST_BODY = 512;

    private static final Pattern HEAD =
            Pattern.compile("HTTP/\\d\\.\\d (?<status>[1-9]\\d\\d)\\b.*?\r?\n\r?\n", Pattern.DOTALL);
    private static final Set<String> NO_BODY = Set.of("204", "304");
    private static final Pattern CHUNKED = Pattern.compile("\ntransfer-encoding: *chunked", Pattern.CASE_INSENSITIVE);
    private static final Pattern LENGTH = Pattern.compile("\ncontent-length: *(\\d{1,9})\\s", Pattern.CASE_INSENSITIVE);

    /**
     * Asks and waits for at most {@link #LIMIT}.
     *
     * @param port 1 to 65535
     * @param path an absolute path, such as {@code /version.txt}
     * @return the answer, or why there is none
     */
    public Answer ask(int port, String path) {
        return ask(port, path, LIMIT);
    }

    /**
     * Asks and waits for at most the limit, also for an answer that comes drop by drop.
     *
     * @param port 1 to 65535
     * @param path an absolute path, with a query if need be
     * @param limit more than a millisecond
     * @return the answer, or why there is none
     */
    public Answer ask(int port, String path, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        // A proxy of the user's environment is not meant for loopback.
        try (Socket socket = new Socket(Proxy.NO_PROXY)) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) limit.toMillis());
            String request = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
                    + "\r\nUser-Agent: Upkeep\r\nAccept: */*\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return answer(socket, end);
        } catch (SocketTimeoutException e) {
            return new Answer(0, "", "no answer within " + limit.toMillis() + " ms", true);
        } catch (IOException e) {
            return new Answer(0, "", String.valueOf(e.getMessage()), false);
        }
    }

    private static Answer answer(Socket socket, long end) throws IOException {
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        InputStream in = socket.getInputStream();
        while (!isComplete(received) && received.size() < LONGEST_ANSWER) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                throw new SocketTimeoutException();
            }
            socket.setSoTimeout((int) left);
            int count = in.read(buffer);
            if (count < 0) {
                break;
            }
            received.write(buffer, 0, count);
        }
        return parsed(received);
    }

    /**
     * Whether nothing more is needed: the body of a long answer is not waited for in full. A server that keeps the connection open, though
     * it was asked not to, must not be waited for either (RFC 9112, 6.3).
     */
    private static boolean isComplete(ByteArrayOutputStream received) {
        String text = received.toString(StandardCharsets.ISO_8859_1);
        Matcher head = HEAD.matcher(text);
        if (!head.lookingAt()) {
            return false;
        }
        if (NO_BODY.contains(head.group("status"))
                || (CHUNKED.matcher(head.group()).find() && text.endsWith("\r\n0\r\n\r\n"))) {
            return true;
        }
        Matcher length = LENGTH.matcher(head.group());
        int body = length.find() ? Math.min(Integer.parseInt(length.group(1)), LONGEST_BODY) : LONGEST_BODY;
        return text.length() >= head.end() + body;
    }

    private static Answer parsed(ByteArrayOutputStream received) {
        Matcher head = HEAD.matcher(received.toString(StandardCharsets.ISO_8859_1));
        if (!head.lookingAt()) {
            String problem = received.size() == 0
                    ? "closed the connection without an answer"
                    : "answered something that is not HTTP";
            return new Answer(0, "", problem, false);
        }
        int body = Math.min(received.size() - head.end(), LONGEST_BODY);
        String text = new String(received.toByteArray(), head.end(), body, StandardCharsets.UTF_8);
        return new Answer(Integer.parseInt(head.group("status")), text, "", false);
    }
}
