package dev.upkeep.remediation.ssh;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.DisconnectReason;
import net.schmizz.sshj.common.Message;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.connection.Connection;
import net.schmizz.sshj.connection.ConnectionException;
import net.schmizz.sshj.connection.channel.ChannelInputStream;
import net.schmizz.sshj.connection.channel.direct.AbstractDirectChannel;
import net.schmizz.sshj.transport.TransportException;
import org.jspecify.annotations.Nullable;

/**
 * The channel of one command (RFC 4254, 6). SSHJ's own has two streams with one window, which only a second thread can empty; this one takes what comes on
 * the thread that reads the connection, and keeps the beginning. Waiting for it can be cut short and interrupted at every point.
 */
final class CommandChannel extends AbstractDirectChannel {
    private static final int STDERR = 1;

    private final BoundedOutput out;
    private final BoundedOutput err;
    private final CompletableFuture<Boolean> opened = new CompletableFuture<>();
    private final CompletableFuture<Ending> ended = new CompletableFuture<>();
    private final Object closing = new Object();
    private boolean isClosing;
    private volatile boolean isAbandoned;
    private volatile @Nullable Integer status;
    private volatile @Nullable String signal;

    CommandChannel(Connection connection, int characters) {
        super(connection, "session", StandardCharsets.UTF_8);
        this.out = new BoundedOutput(characters);
        this.err = new BoundedOutput(characters);
    }

    /** Returns false if the host wants no further channel; throws if nobody can know what it wants. */
    boolean openWithin(Duration longest) throws IOException, InterruptedException {
        try {
            trans.write(buildOpenReq());
            return opened.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (TimeoutException e) {
            abandon();
            throw new IOException("no answer", e);
        } catch (InterruptedException e) {
            abandon();
            throw e;
        }
    }

    /** Sends a command, which has no input. */
    void send(String command) throws IOException {
        sendWhileOpen("exec", true, new Buffer.PlainBuffer().putString(command, StandardCharsets.UTF_8));
        getOutputStream().close();
    }

    /** Sends a signal, if the command has not ended. */
    void signal(String name) throws TransportException {
        sendWhileOpen("signal", false, new Buffer.PlainBuffer().putString(name));
    }

    /** What is sent to a channel that is closed on both sides ends the whole connection. */
    private void sendWhileOpen(String request, boolean wantReply, Buffer.PlainBuffer specifics)
            throws TransportException {
        synchronized (closing) {
            if (!isClosing) {
                sendChannelRequest(request, wantReply, specifics);
            }
        }
    }

    /** Returns how it ended. */
    Ending awaitEnd(Duration longest) throws TimeoutException, InterruptedException {
        try {
            return ended.get(longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("an ending is a value", e);
        }
    }

    /** Wants nothing more of it. Does not wait for the host. */
    void abandon() {
        isAbandoned = true;
        try {
            if (isOpen()) {
                sendClose();
            }
        } catch (TransportException ended) {
            log.debug("could not close a channel of a connection that has ended");
        }
    }

    String stdout() {
        return out.text();
    }

    String stderr() {
        return err.text();
    }

    boolean isCut() {
        return out.isCut() || err.isCut();
    }

    @Override
    protected void sendClose() throws TransportException {
        synchronized (closing) {
            isClosing = true;
            super.sendClose();
        }
    }

    @Override
    protected void gotUnknown(Message message, SSHPacket packet) throws ConnectionException, TransportException {
        super.gotUnknown(message, packet);
        if (message == Message.CHANNEL_OPEN_CONFIRMATION) {
            opened.complete(true);
            if (isAbandoned) {
                sendClose();
            }
        } else if (message == Message.CHANNEL_OPEN_FAILURE) {
            opened.complete(false);
        }
    }

    @Override
    public void handle(Message message, SSHPacket packet) throws SSHException {
        super.handle(message, packet);
        if (message == Message.CHANNEL_FAILURE) {
            ended.complete(Ending.REFUSED);
        }
    }

    @Override
    protected void receiveInto(ChannelInputStream stdout, SSHPacket packet) throws SSHException {
        take(out, packet);
    }

    @Override
    protected void gotExtendedData(SSHPacket packet) throws SSHException {
        try {
            if (packet.readUInt32AsInt() != STDERR) {
                throw new ConnectionException(DisconnectReason.PROTOCOL_ERROR, "data of an unknown type");
            }
        } catch (Buffer.BufferException e) {
            throw new ConnectionException(e);
        }
        take(err, packet);
    }

    /** Keeps the beginning, and lets the host send on. */
    private void take(BoundedOutput output, SSHPacket packet) throws SSHException {
        int length;
        try {
            length = packet.readUInt32AsInt();
        } catch (Buffer.BufferException e) {
            throw new ConnectionException(e);
        }
        if (length < 0 || length > packet.available()) {
            throw new ConnectionException(DisconnectReason.PROTOCOL_ERROR, "bad length of data: " + length);
        }
        output.add(packet.array(), packet.rpos(), length);
        lwin.consume(length);
        long missing = lwin.neededAdjustment();
        synchronized (closing) {
            if (missing > 0 && !isClosing) {
                trans.write(newBuffer(Message.CHANNEL_WINDOW_ADJUST).putUInt32(missing));
                lwin.expand(missing);
            }
        }
    }

    @Override
    protected void handleRequest(String request, SSHPacket packet) throws ConnectionException, TransportException {
        try {
            switch (request) {
                case "exit-status" -> status = packet.readUInt32AsInt();
                case "exit-signal" -> signal = packet.readString();
                default -> log.debug("the host told {} about a command", request);
            }
        } catch (Buffer.BufferException e) {
            throw new ConnectionException(e);
        }
    }

    @Override
    public void notifyError(SSHException error) {
        opened.completeExceptionally(error);
        ended.complete(Ending.lost(error));
        super.notifyError(error);
    }

    @Override
    protected void finishOff() {
        super.finishOff();
        opened.complete(false);
        ended.complete(Ending.of(status, signal));
    }
}
