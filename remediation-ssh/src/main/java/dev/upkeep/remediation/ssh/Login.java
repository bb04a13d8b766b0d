package dev.upkeep.remediation.ssh;

import dev.upkeep.remediation.shell.ShellFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.Service;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.method.AuthMethod;
import net.schmizz.sshj.userauth.method.AuthNone;

/** Offers a host one key after the other, and says of all of them what became of it if the host takes none. */
final class Login {
    private final SshTarget target;
    private final SSHClient client;
    private final KeyRing ring;
    private final List<String> notes;
    private final List<String> refused = new ArrayList<>();

    private Login(SshTarget target, SSHClient client, KeyRing ring) {
        this.target = target;
        this.client = client;
        this.ring = ring;
        this.notes = new ArrayList<>(ring.leftOut());
    }

    /** Returns when the host has let us in. */
    static void into(SshTarget target, SSHClient client, KeyRing ring, Resources resources) throws ConnectFailure {
        new Login(target, client, ring).run(resources);
    }

    private void run(Resources resources) throws ConnectFailure {
        List<Identity> identities = ring.inOrder(agents(resources));
        for (Identity identity : identities) {
            if (isTaken(new KeyOffer(identity), identity)) {
                return;
            }
        }
        if (identities.isEmpty() && isIn(new AuthNone())) {
            return;
        }
        throw new ConnectFailure(ShellFailure.DENIED, message());
    }

    private List<Identity> agents(Resources resources) {
        if (ring.keys().agent().isEmpty()) {
            return List.of();
        }
        try {
            return resources.add(Agent.at(ring.keys().agent().get())).identities();
        } catch (IOException e) {
            notes.add("the agent at " + ring.keys().agent().get() + ": it does not answer");
            return List.of();
        }
    }

    private boolean isTaken(KeyOffer offer, Identity identity) throws ConnectFailure {
        boolean taken = isIn(offer);
        if (!taken) {
            refused.add(identity.toString());
        }
        return taken;
    }

    private boolean isIn(AuthMethod method) throws ConnectFailure {
        try {
            return client.getUserAuth()
                    .authenticate(
                            target.user(),
                            (Service) client.getConnection(),
                            method,
                            client.getTransport().getTimeoutMs());
        } catch (UserAuthException e) {
            if (client.isConnected()) {
                notes.add(PlainText.of(e.getMessage()));
                return false;
            }
            throw hungUp(e);
        } catch (TransportException e) {
            throw hungUp(e);
        }
    }

    private ConnectFailure hungUp(SSHException cause) {
        if (refused.isEmpty()) {
            return new ConnectFailure(
                    ShellFailure.UNREACHABLE,
                    "the connection to " + target + " ended while we logged in (" + PlainText.of(cause.getMessage())
                            + "). Try again, and look into the log of its sshd");
        }
        return new ConnectFailure(
                ShellFailure.DENIED,
                message() + ". Then it hung up (" + PlainText.of(cause.getMessage())
                        + "): offer fewer keys, the right one first");
    }

    private String message() {
        String accepts = client.getUserAuth().getAllowedMethods().stream()
                .map(PlainText::of)
                .collect(Collectors.joining(", "));
        return target + " does not let us in"
                + (refused.isEmpty() ? "; there was no key to offer" : "; it refused " + String.join(", ", refused))
                + (notes.isEmpty() ? "" : "; left out: " + String.join("; ", notes))
                + (accepts.isEmpty() ? "" : "; it accepts: " + accepts)
                + ". Check the user, and that a key of ours is in ~/.ssh/authorized_keys of " + target.user()
                + " there";
    }
}
