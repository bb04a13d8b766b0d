package dev.upkeep.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.java_websocket.WebSocket;
import org.java_websocket.drafts.Draft;
import org.java_websocket.exceptions.InvalidDataException;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.handshake.ServerHandshakeBuilder;
import org.java_websocket.server.DefaultSSLWebSocketServerFactory;
import org.java_websocket.server.WebSocketServer;

/**
 * An Instance Connect Endpoint as a client sees it: a WebSocket over TLS, whose binary frames go to the port of SSH of the instance, which here is always
 * the same sshd.
 */
final class InstanceConnectServer extends WebSocketServer implements AutoCloseable {

    private static final int PATIENCE = 10;
    private static final int END_MILLIS = 2_000;
    private static final int CHUNK = 8_192;

    private final int sshPort;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Map<WebSocket, Socket> tunnels = new ConcurrentHashMap<>();
    private final CountDownLatch started = new CountDownLatch(1);
    private volatile boolean refuses;

    private InstanceConnectServer(int sshPort) {
        super(new InetSocketAddress(Loopback.four(1), Ports.free()));
        this.sshPort = sshPort;
    }

    static InstanceConnectServer start(SSLContext tls, int sshPort) throws InterruptedException {
        InstanceConnectServer server = new InstanceConnectServer(sshPort);
        server.setWebSocketFactory(new DefaultSSLWebSocketServerFactory(tls));
        server.setReuseAddr(true);
        server.setDaemon(true);
        server.start();
        if (!server.started.await(PATIENCE, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the server of the tunnels does not start");
        }
        return server;
    }

    /** From now on, whoever asks may not. */
    void refuse() {
        refuses = true;
    }

    /** The paths that tunnels were asked for by, with their signatures. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    /** Ends all tunnels, as AWS does after an hour. */
    void cut() {
        tunnels.keySet().forEach(socket -> socket.close(CloseFrame.GOING_AWAY));
    }

    @Override
    public void onStart() {
        started.countDown();
    }

    @Override
    public ServerHandshakeBuilder onWebsocketHandshakeReceivedAsServer(
            WebSocket socket, Draft draft, ClientHandshake request) throws InvalidDataException {
        asked.add(request.getResourceDescriptor());
        if (refuses) {
            throw new InvalidDataException(CloseFrame.POLICY_VALIDATION);
        }
        return super.onWebsocketHandshakeReceivedAsServer(socket, draft, request);
    }

    @Override
    public void onOpen(WebSocket socket, ClientHandshake request) {
        try {
            Socket ssh = new Socket(Loopback.four(1), sshPort);
            tunnels.put(socket, ssh);
            Thread back = new Thread(() -> back(ssh, socket), "tunnel-back");
            back.setDaemon(true);
            back.start();
        } catch (IOException e) {
            socket.close(CloseFrame.UNEXPECTED_CONDITION, "nothing listens there");
        }
    }

    private static void back(Socket ssh, WebSocket socket) {
        byte[] chunk = new byte[CHUNK];
        try (ssh;
                InputStream in = ssh.getInputStream()) {
            int read = in.read(chunk);
            while (read >= 0) {
                socket.send(ByteBuffer.wrap(chunk.clone(), 0, read));
                read = in.read(chunk);
            }
        } catch (IOException | RuntimeException ended) {
            socket.close(CloseFrame.GOING_AWAY);
            return;
        }
        socket.close(CloseFrame.NORMAL);
    }

    @Override
    public void onMessage(WebSocket socket, ByteBuffer bytes) {
        try {
            byte[] chunk = new byte[bytes.remaining()];
            bytes.get(chunk);
            OutputStream out = tunnels.get(socket).getOutputStream();
            out.write(chunk);
        } catch (IOException e) {
            socket.close(CloseFrame.GOING_AWAY);
        }
    }

    @Override
    public void onMessage(WebSocket socket, String text) {
        socket.close(CloseFrame.REFUSE);
    }

    @Override
    public void onClose(WebSocket socket, int code, String reason, boolean remote) {
        Socket ssh = tunnels.remove(socket);
        if (ssh != null) {
            try {
                ssh.close();
            } catch (IOException broken) {
                // It is not used any more.
            }
        }
    }

    @Override
    public void onError(WebSocket socket, Exception failure) {
        if (socket != null) {
            socket.close(CloseFrame.UNEXPECTED_CONDITION);
        }
    }

    @Override
    public void close() {
        try {
            stop(END_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
