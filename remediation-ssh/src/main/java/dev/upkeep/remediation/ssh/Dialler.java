package dev.upkeep.remediation.ssh;

import dev.upkeep.remediation.shell.ShellFailure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Opens a TCP connection to the first address of a host that takes one. */
final class Dialler {
    private final SshTarget target;
    private final Duration longest;
    private final Resources resources;

    Dialler(SshTarget target, Duration longest, Resources resources) {
        this.target = target;
        this.longest = longest;
        this.resources = resources;
    }

    Socket dial() throws ConnectFailure {
        InetAddress[] addresses = addresses();
        long each = Math.max(1, longest.toMillis() / addresses.length);
        List<String> refusals = new ArrayList<>();
        for (InetAddress address : addresses) {
            try {
                return dial(address, (int) each);
            } catch (IOException e) {
                refusals.add(address.getHostAddress() + " port " + target.port() + " " + why(e, each));
            }
        }
        throw new ConnectFailure(
                ShellFailure.UNREACHABLE, "cannot connect to " + target + ": " + String.join("; ", refusals));
    }

    private InetAddress[] addresses() throws ConnectFailure {
        try {
            return InetAddress.getAllByName(target.host());
        } catch (UnknownHostException e) {
            throw new ConnectFailure(
                    ShellFailure.UNREACHABLE,
                    "cannot connect to " + target + ": no address is known for " + target.host()
                            + ". Check the name, and the name servers of this machine");
        }
    }

    private Socket dial(InetAddress address, int milliseconds) throws IOException {
        Socket socket = resources.add(new Socket());
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(address, target.port()), milliseconds);
        return socket;
    }

    /** By the exception's type: its text is the operating system's, in the language of the machine. */
    private static String why(IOException failure, long milliseconds) {
        if (failure instanceof SocketTimeoutException) {
            return "did not answer within " + milliseconds
                    + " ms: it is down, or a firewall or security group drops what comes from here";
        }
        if (failure instanceof NoRouteToHostException) {
            return "cannot be reached: no route leads there";
        }
        if (failure instanceof ConnectException) {
            return "refused the connection: no sshd listens there";
        }
        return "cannot be reached from here (" + failure.getClass().getSimpleName() + ")";
    }
}
