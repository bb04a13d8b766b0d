package dev.upkeep.remediation.ssh;

import java.io.IOException;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.Message;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.method.AbstractAuthMethod;

/** Asks the host whether it would take a key, and signs only if it would (RFC 4252, 7). SSHJ's own does not know agents. */
final class KeyOffer extends AbstractAuthMethod {
    private final Identity identity;

    KeyOffer(Identity identity) {
        super("publickey");
        this.identity = identity;
        setLoggerFactory(DebugLogger.FACTORY);
    }

    @Override
    protected SSHPacket buildReq() throws UserAuthException {
        return request(false);
    }

    private SSHPacket request(boolean signed) throws UserAuthException {
        SSHPacket packet = super.buildReq();
        packet.putBoolean(signed).putString(identity.algorithm()).putBytes(identity.publicBlob());
        return packet;
    }

    /** The host would take it. */
    @Override
    public void handle(Message message, SSHPacket packet) throws UserAuthException, TransportException {
        if (message != Message.USERAUTH_60) {
            super.handle(message, packet);
            return;
        }
        SSHPacket request = request(true);
        try {
            byte[] signed = new Buffer.PlainBuffer()
                    .putBytes(params.getTransport().getSessionID())
                    .putBuffer(request)
                    .getCompactData();
            request.putBytes(identity.sign(signed));
        } catch (IOException e) {
            throw new UserAuthException(identity.source() + " could not sign", e);
        }
        params.getTransport().write(request);
    }
}
