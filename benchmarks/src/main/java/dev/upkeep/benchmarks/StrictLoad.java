package dev.upkeep.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Users who never ask twice. Each request has a moment at which it is due, whatever became of the one before (an open loop): a pause of the server makes
 * the next ones late, and the lateness counts. Whatever is not answered whole with 200 has failed, whoever closed the connection and why. Raw sockets,
 * because every HTTP client asks again in some cases.
 */
final class StrictLoad implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 10_000;
    private static final int MEGABYTE = 1_000_000;
    private static final Pattern LENGTH = Pattern.compile("\ncontent-length: ([0-9]+)\r");
    private static final String HOST = "Host: localhost\r\n";

    /** What one kind of users does. */
    private enum Kind {
        GET_KEPT("GET / HTTP/1.1\r\n" + HOST + "\r\n", true, 0),
        GET_FRESH("GET / HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n", false, 0),
        POST_KEPT("POST / HTTP/1.1\r\n" + HOST + "Content-Length: 5\r\n\r\nhello", true, 0),
        /** Its body takes a while, so that it is on the way when a server goes. */
        POST_MEGABYTE("POST / HTTP/1.1\r\n" + HOST + "Content-Length: " + MEGABYTE + "\r\n\r\n", true, MEGABYTE);

        private final String head;
        private final boolean isKept;
        private final int body;

        Kind(String head, boolean isKept, int body) {
            this.head = head;
            this.isKept = isKept;
            this.body = body;
        }
    }

    private final int port;
    private final AtomicBoolean running = new AtomicBoolean(true);
    private final List<User> users = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    /** What came of the requests. */
    record Result(long requests, long failed, SortedMap<String, Long> failures, Duration p99, Duration worst) {}

    /**
     * Begins at once.
     *
     * @param rate requests per second of all users together
     */
    StrictLoad(int port, int rate) {
        this.port = port;
        List<Map.Entry<Kind, Double>> mix = List.of(
                Map.entry(Kind.GET_KEPT, 0.3),
                Map.entry(Kind.GET_KEPT, 0.2),
                Map.entry(Kind.POST_KEPT, 0.2),
                Map.entry(Kind.POST_KEPT, 0.2),
                Map.entry(Kind.GET_FRESH, 0.0998),
                Map.entry(Kind.POST_MEGABYTE, 0.0002));
        for (Map.Entry<Kind, Double> each : mix) {
            User user = new User(each.getKey(), 1e9 / Math.max(0.5, rate * each.getValue()));
            users.add(user);
            Thread thread = new Thread(user, "user-" + users.size());
            threads.add(thread);
            thread.start();
        }
    }

    /** Lets each end what it has begun. */
    Result stop() throws InterruptedException {
        running.set(false);
        for (Thread thread : threads) {
            thread.join();
        }
        SortedMap<String, Long> failures = new TreeMap<>();
        List<Long> late = new ArrayList<>();
        long failed = 0;
        for (User user : users) {
            user.failures.forEach((why, count) -> failures.merge(why, count, Long::sum));
            late.addAll(user.nanos);
        }
        for (long count : failures.values()) {
            failed += count;
        }
        late.sort(null);
        return new Result(
                late.size() + failed,
                failed,
                failures,
                Duration.ofNanos(late.isEmpty() ? 0 : late.get((int) (late.size() * 0.99))),
                Duration.ofNanos(late.isEmpty() ? 0 : late.get(late.size() - 1)));
    }

    @Override
    public void close() {
        running.set(false);
    }

    /** The moments at which requests are due. */
    private static final class Schedule {
        private final long begin = System.nanoTime();
        private final double interval;
        private long asked;

        private Schedule(double interval) {
            this.interval = interval;
        }

        /** Waits for the next one; it may have passed already. */
        long await() {
            long due = begin + (long) (interval * asked);
            asked++;
            long rest = due - System.nanoTime();
            if (rest > 0) {
                LockSupport.parkNanos(rest);
            }
            return due;
        }
    }

    private final class User implements Runnable {
        private final Kind kind;
        private final double interval;
        private final byte[] question;
        private final byte[] body;
        private final List<Long> nanos = new ArrayList<>();
        private final SortedMap<String, Long> failures = new TreeMap<>();

        private User(Kind kind, double interval) {
            this.kind = kind;
            this.interval = interval;
            this.question = kind.head.getBytes(StandardCharsets.US_ASCII);
            this.body = new byte[kind.body];
        }

        @Override
        public void run() {
            Schedule due = new Schedule(interval);
            while (running.get()) {
                long moment = due.await();
                try (Socket socket = connect()) {
                    while (ask(socket) && kind.isKept && running.get()) {
                        nanos.add(System.nanoTime() - moment);
                        moment = due.await();
                    }
                    nanos.add(System.nanoTime() - moment);
                } catch (IOException e) {
                    failures.merge(kind + ": " + String.valueOf(e.getMessage()), 1L, Long::sum);
                }
            }
        }

        private Socket connect() throws IOException {
            Socket socket = new Socket();
            try {
                socket.setTcpNoDelay(true);
                socket.setSoTimeout(PATIENCE_MILLIS);
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
                return socket;
            } catch (IOException e) {
                socket.close();
                throw e;
            }
        }

        /** Whether the connection stays open; it is only closed without a failure where the answer has said so. */
        private boolean ask(Socket socket) throws IOException {
            OutputStream out = socket.getOutputStream();
            out.write(question);
            out.write(body);
            InputStream in = socket.getInputStream();
            String head = head(in);
            String lower = head.toLowerCase(Locale.ROOT);
            Matcher length = LENGTH.matcher(lower);
            if (!head.startsWith("HTTP/1.1 200 ") || !length.find()) {
                throw new IOException(
                        head.isEmpty()
                                ? "closed without an answer"
                                : head.lines().findFirst().orElse(""));
            }
            int wanted = Integer.parseInt(length.group(1));
            if (in.readNBytes(wanted).length != wanted) {
                throw new IOException("closed in the middle of an answer");
            }
            return !lower.contains("\nconnection: close\r");
        }

        private static String head(InputStream in) throws IOException {
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = in.read();
                if (next < 0) {
                    return head.toString();
                }
                head.append((char) next);
            }
            return head.toString();
        }
    }
}
