package dev.upkeep.remediation.ssh;

import dev.upkeep.remediation.shell.ShellFailure;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import net.schmizz.keepalive.KeepAliveRunner;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.common.DisconnectReason;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.connection.channel.OpenFailException;
import net.schmizz.sshj.connection.channel.direct.DirectConnection;
import org.jspecify.annotations.Nullable;

/** One attempt to get in: through each host on the way, looking at its key, then offering ours. */
final class ConnectAttempt {
    private final SshAccess access;
    private final Optional<SshDial> dial;
    private final List<KeyRing> rings;
    private final Resources resources = new Resources();
    private volatile String doing = "starting";

    ConnectAttempt(SshAccess access, Optional<SshDial> dial, List<KeyRing> rings) {
        this.access = access;
        this.dial = dial;
        this.rings = rings;
    }

    LiveConnection connect() throws ConnectFailure {
        try {
            return throughAll();
        } catch (ConnectFailure e) {
            resources.close();
            throw e;
        }
    }

    /** Ends it, on whatever thread it is. */
    void abort() {
        resources.abort();
    }

    /** What to say if it has taken too long. */
    ConnectFailure tooLong() {
        return new ConnectFailure(
                ShellFailure.UNREACHABLE,
                "gave up to connect to " + access + " after " + access.longest().toMillis() + " ms, while " + doing
                        + ". Check whether the host is well and answers at all on this port, or give it more time");
    }

    private LiveConnection throughAll() throws ConnectFailure {
        List<SshAccess> hops = access.hops();
        SSHClient client = into(hops.get(0), rings.get(0), null);
        for (int i = 1; i < hops.size(); i++) {
            client = into(hops.get(i), rings.get(i), new Jump(hops.get(i - 1).target(), client));
        }
        return new LiveConnection(client, resources, access.settings().connect());
    }

    /** A host that we are in, on the way to another. */
    private record Jump(SshTarget target, SSHClient client) {}

    private SSHClient into(SshAccess hop, KeyRing ring, @Nullable Jump jump) throws ConnectFailure {
        HostKeyCheck check = new HostKeyCheck(hop.target(), hop.settings().hostKeys());
        SSHClient client = client(hop.settings(), check);
        try {
            if (jump == null) {
                doing = "connecting to " + hop.target();
                client.setSocketFactory(new ConnectedSocket(socket(hop)));
                resources.add(client);
                doing = "waiting for the first words and the host key of " + hop.target();
                client.connect(hop.target().host(), hop.target().port());
            } else {
                doing = "waiting for jump host " + jump.target() + " to connect to " + hop.target();
                DirectConnection tunnel = tunnel(jump, hop.target());
                resources.add(client);
                doing = "waiting for the first words and the host key of " + hop.target() + " through jump host "
                        + jump.target();
                client.connectVia(tunnel);
            }
        } catch (IOException | RuntimeException e) {
            throw failure(hop, check, e);
        }
        doing = "logging in to " + hop.target();
        Login.into(hop.target(), client, ring, resources);
        return client;
    }

    private Socket socket(SshAccess hop) throws ConnectFailure, IOException {
        Duration longest = hop.settings().connect();
        if (dial.isEmpty()) {
            return new Dialler(hop.target(), longest, resources).dial();
        }
        try {
            return resources.add(dial.get().dial(longest));
        } catch (IOException e) {
            throw new ConnectFailure(
                    ShellFailure.UNREACHABLE,
                    "cannot connect to " + hop.target() + ": " + PlainText.of(e.getMessage()));
        } catch (InterruptedException givenUp) {
            Thread.currentThread().interrupt();
            throw new IOException("given up", givenUp);
        }
    }

    private static SSHClient client(SshSettings settings, HostKeyCheck check) {
        SSHClient client = new SSHClient(new SshjConfig());
        client.addHostKeyVerifier(check);
        int timeout = (int) settings.connect().toMillis();
        client.getTransport().setTimeoutMs(timeout);
        client.getConnection().setTimeoutMs(timeout);
        KeepAliveRunner keepAlive = (KeepAliveRunner) client.getConnection().getKeepAlive();
        keepAlive.setMaxAliveCount(SshSettings.UNANSWERED);
        keepAlive.setKeepAliveInterval((int) settings.keepAlive().toSeconds());
        return client;
    }

    private static DirectConnection tunnel(Jump jump, SshTarget to) throws ConnectFailure, IOException {
        DirectConnection tunnel = new DirectConnection(jump.client().getConnection(), to.host(), to.port());
        try {
            tunnel.open();
            return tunnel;
        } catch (OpenFailException e) {
            throw new ConnectFailure(
                    ShellFailure.UNREACHABLE,
                    "jump host " + jump.target() + " could not connect to " + to + ": " + PlainText.of(e.getMessage())
                            + (e.getReason() == OpenFailException.Reason.ADMINISTRATIVELY_PROHIBITED
                                    ? ". Its sshd must allow it: AllowTcpForwarding, PermitOpen"
                                    : ". Check the name and the port, as the jump host sees them"));
        }
    }

    private ConnectFailure failure(SshAccess hop, HostKeyCheck check, Exception cause) {
        if (check.refusal().isPresent()) {
            return new ConnectFailure(ShellFailure.HOST_KEY, check.refusal().get());
        }
        String text = PlainText.of(cause.getMessage());
        if (isIn(cause, TimeoutException.class)) {
            return new ConnectFailure(
                    ShellFailure.UNREACHABLE,
                    hop.target() + " did not answer within "
                            + hop.settings().connect().toMillis() + " ms, while " + doing
                            + ". Check whether its sshd is well");
        }
        if (cause instanceof SSHException it && it.getDisconnectReason() == DisconnectReason.KEY_EXCHANGE_FAILED) {
            return new ConnectFailure(
                    ShellFailure.UNREACHABLE,
                    hop.target() + " and we agree on no algorithms (" + text + "). Its sshd is older than OpenSSH 7.2,"
                            + " or allows less than its default");
        }
        return new ConnectFailure(
                ShellFailure.UNREACHABLE,
                "the connection to " + hop.target() + " ended while " + doing + " (" + text
                        + "). Check that an sshd listens on this port, and whether it turns us away (MaxStartups,"
                        + " fail2ban)");
    }

    private static boolean isIn(@Nullable Throwable cause, Class<? extends Throwable> type) {
        return cause != null && (type.isInstance(cause) || isIn(cause.getCause(), type));
    }
}
