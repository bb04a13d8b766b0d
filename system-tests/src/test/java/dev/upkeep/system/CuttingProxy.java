package dev.upkeep.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Passes connections on to a server of loopback, and cuts or refuses some of them in the middle of an upload. */
final class CuttingProxy implements AutoCloseable {
    private static final int BUFFER = 8192;
    private static final String UNAUTHORIZED = """
            HTTP/1.1 401 Unauthorized\r
            WWW-Authenticate: Basic realm="test"\r
            Content-Length: 0\r
            Connection: close\r
            \r
            """;

    private final ServerSocket listening;
    private final int server;
    private final AtomicInteger cuts;
    private final String answer;
    private final int after;
    private final boolean downloads;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "cutting-proxy");
        thread.setDaemon(true);
        return thread;
    });

    private record Cut(String answer, int after, boolean downloads) {}

    /**
     * Listens on a free port.
     *
     * @param server the port of the server behind it
     * @param cuts how many uploads are cut; later ones pass
     */
    CuttingProxy(int server, int cuts) {
        this(server, cuts, new Cut("", 0, false));
    }

    private CuttingProxy(int server, int cuts, Cut cut) {
        this.server = server;
        this.answer = cut.answer();
        this.after = cut.after();
        this.downloads = cut.downloads();
        this.cuts = new AtomicInteger(cuts);
        try {
            this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    /** One that says to one upload that the login is no longer valid. */
    static CuttingProxy expiringOnce(int server) {
        return new CuttingProxy(server, 1, new Cut(UNAUTHORIZED, 0, false));
    }

    /** One that passes so many bytes of one upload on, and then cuts both connections. */
    static CuttingProxy afterBytesSent(int server, int bytes) {
        return new CuttingProxy(server, 1, new Cut("", bytes, false));
    }

    /** One that cuts one connection after so many bytes of answers; smaller answers pass. */
    static CuttingProxy afterBytesAnswered(int server, int bytes) {
        return new CuttingProxy(server, 1, new Cut("", bytes, true));
    }

    int port() {
        return listening.getLocalPort();
    }

    String address() {
        return "127.0.0.1:" + listening.getLocalPort();
    }

    /** How many uploads are still to be cut. */
    int cutsLeft() {
        return cuts.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                threads.execute(() -> serve(client));
            }
        } catch (IOException closed) {
            threads.shutdownNow();
        }
    }

    private void serve(Socket client) {
        try (client;
                Socket behind = new Socket(InetAddress.getLoopbackAddress(), server)) {
            threads.execute(() -> answers(behind, client));
            upload(client, behind);
        } catch (IOException gone) {
            // Both are closed, which is all that a proxy can say.
            return;
        }
    }

    private void upload(Socket client, Socket behind) throws IOException {
        InputStream input = client.getInputStream();
        OutputStream output = behind.getOutputStream();
        byte[] buffer = new byte[BUFFER];
        int uploaded = 0;
        for (int count = input.read(buffer); count >= 0; count = input.read(buffer)) {
            String text = new String(buffer, 0, count, StandardCharsets.ISO_8859_1);
            if (text.startsWith("PATCH ")) {
                uploaded = count;
            } else {
                uploaded += uploaded > 0 ? count : 0;
            }
            if (!downloads && uploaded > after && cuts.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                if (!answer.isEmpty()) {
                    refuse(client, text);
                }
                // First this one: else the server would answer what it has got so far.
                client.close();
                return;
            }
            output.write(buffer, 0, count);
        }
    }

    /** Takes the whole upload first: else the client would see a broken connection. */
    private void refuse(Socket client, String begun) throws IOException {
        byte[] buffer = new byte[BUFFER];
        String last = begun;
        while (!last.endsWith("0\r\n\r\n")) {
            int count = client.getInputStream().read(buffer);
            if (count < 0) {
                return;
            }
            String text = last + new String(buffer, 0, count, StandardCharsets.ISO_8859_1);
            last = text.substring(Math.max(0, text.length() - BUFFER));
        }
        client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        client.getOutputStream().flush();
    }

    private void answers(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER];
        try (to) {
            InputStream input = from.getInputStream();
            OutputStream output = to.getOutputStream();
            int passed = 0;
            for (int count = input.read(buffer); count >= 0; count = input.read(buffer)) {
                passed += count;
                if (downloads && passed > after && cuts.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                    return;
                }
                output.write(buffer, 0, count);
            }
        } catch (IOException gone) {
            // Both are closed, which is all that a proxy can say.
            return;
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
