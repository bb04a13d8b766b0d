package dev.upkeep.infra.aws.connect;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A connection whose bytes travel in the binary frames of a WebSocket. It is offered as a socket, one end of a pair on the loopback address that nobody
 * else can have: an implementation of SSH needs nothing else. Two threads carry the bytes, one of the HTTP client and one of its own, until either side
 * ends.
 */
final class Tunnel implements WebSocket.Listener {

    private static final int CHUNK = 16_384;
    private static final Set<Integer> DENIED = Set.of(401, 403);

    private final Socket far;

    private Tunnel(Socket far) {
        this.far = far;
    }

    /** Connects. What it throws says why not, of what is not named in it. */
    static Socket open(URI address, Duration longest) throws IOException, InterruptedException {
        Pair pair = Pair.make();
        boolean isOpen = false;
        try {
            Tunnel tunnel = new Tunnel(pair.far());
            WebSocket socket = HttpClient.newBuilder()
                    .connectTimeout(longest)
                    .build()
                    .newWebSocketBuilder()
                    .connectTimeout(longest)
                    .buildAsync(address, tunnel)
                    .get(longest.toMillis(), TimeUnit.MILLISECONDS);
            tunnel.sendAllOn(socket);
            isOpen = true;
            return pair.near();
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("it did not answer within " + longest.toSeconds() + " s", e);
        } finally {
            if (!isOpen) {
                pair.close();
            }
        }
    }

    private static IOException failure(@Nullable Throwable cause) {
        if (cause instanceof WebSocketHandshakeException refused && refused.getResponse() != null) {
            int status = refused.getResponse().statusCode();
            return new IOException(
                    "it answered with status " + status
                            + (DENIED.contains(status)
                                    ? "; whoever asks needs ec2-instance-connect:OpenTunnel, and a clock that is right"
                                    : ""),
                    cause);
        }
        return new IOException(
                "it cannot be reached (" + (cause == null ? "" : cause.getMessage())
                        + "); see that this machine may connect to its port 443",
                cause);
    }

    private void sendAllOn(WebSocket socket) {
        Thread thread = new Thread(() -> send(socket), "upkeep-tunnel");
        thread.setDaemon(true);
        thread.start();
    }

    private void send(WebSocket socket) {
        byte[] chunk = new byte[CHUNK];
        try (far;
                InputStream in = far.getInputStream()) {
            int read = in.read(chunk);
            while (read >= 0) {
                socket.sendBinary(ByteBuffer.wrap(chunk, 0, read), true).join();
                read = in.read(chunk);
            }
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
        } catch (IOException | CompletionException ended) {
            socket.abort();
        }
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean isLast) {
        try {
            Channels.newChannel(far.getOutputStream()).write(data);
            socket.request(1);
        } catch (IOException ended) {
            socket.abort();
        }
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
        end();
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable failure) {
        end();
    }

    /** Whoever reads on the near end sees the end of it. */
    private void end() {
        try {
            far.close();
        } catch (IOException broken) {
            // It is not used any more.
        }
    }

    /** Two ends of one connection. The port is closed before anything is sent over it, and no other program's connection is taken. */
    private record Pair(Socket near, Socket far) {

        static Pair make() throws IOException {
            try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                Socket near = new Socket(server.getInetAddress(), server.getLocalPort());
                Socket far = server.accept();
                while (far.getPort() != near.getLocalPort()) {
                    far.close();
                    far = server.accept();
                }
                near.setTcpNoDelay(true);
                far.setTcpNoDelay(true);
                return new Pair(near, far);
            }
        }

        void close() throws IOException {
            near.close();
            far.close();
        }
    }
}
