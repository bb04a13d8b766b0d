package dev.upkeep.checker.http;

import dev.upkeep.checker.verdict.Reason;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was seen of an attempt's connection: the peer, how its answer began, how much came, and whether it broke. Used by one thread. */
final class ConnectionTrace {
    private static final int BEGINNING = 64;

    /** For the headers, of which OkHttp takes at most 256 KiB, for certificates, and for what surrounds each chunk and record. */
    private static final long OVERHEAD = 512 * 1024;

    private final long most;
    private final byte[] beginning = new byte[BEGINNING];
    private @Nullable InetSocketAddress peer;
    private boolean secured;
    private int begun;
    private long heard;
    private boolean broken;

    /**
     * The trace of a connection that is not yet begun.
     *
     * @param bodyLimit the most bytes that the body may have
     */
    ConnectionTrace(long bodyLimit) {
        this.most = 2 * bodyLimit + OVERHEAD;
    }

    void started(InetSocketAddress address) {
        peer = address;
        secured = false;
        begun = 0;
        heard = 0;
        broken = false;
    }

    /** TLS begins; what was heard before came from a proxy. */
    void securing() {
        secured = true;
        begun = 0;
    }

    /**
     * Notes what came.
     *
     * @throws ProbeFailure if it is more than any acceptable reply: OkHttp would keep a line without end in memory, and search it again
     *     and again for longer than any time limit
     */
    void heard(byte[] buffer, int offset, int count, Phase phase) throws ProbeFailure {
        int missing = Math.min(count, BEGINNING - begun);
        if (missing > 0) {
            System.arraycopy(buffer, offset, beginning, begun, missing);
            begun += missing;
        }
        heard += count;
        if (heard > most) {
            throw new ProbeFailure(
                    phase == Phase.BODY ? Reason.BODY_TOO_LARGE : Reason.MALFORMED_REPLY,
                    "more than " + most + " bytes came, and the reply was not at its end");
        }
    }

    /** The connection stood, and reading or writing failed: it was reset, or does not reach the other side any more. */
    void broke() {
        broken = true;
    }

    boolean isBroken() {
        return broken;
    }

    /** The address that is dialled; empty before there is one. */
    Optional<InetSocketAddress> address() {
        return Optional.ofNullable(peer);
    }

    /** Who is spoken to, for messages. */
    String peer() {
        InetSocketAddress address = peer;
        return address == null ? "the server" : text(address);
    }

    static String text(InetSocketAddress address) {
        if (address.isUnresolved()) {
            return address.getHostString() + ":" + address.getPort();
        }
        String host = address.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    /** Whether plain HTTP was answered in TLS, or TLS in something else. */
    boolean isAtCrossPurposes() {
        return begun > 1 && secured != isTls();
    }

    boolean isSecured() {
        return secured;
    }

    boolean isHttp() {
        return beginning().startsWith("HTTP/");
    }

    /** A record of TLS: its type, and the first half of its version (RFC 8446, section 5.1). */
    private boolean isTls() {
        return beginning[0] >= 20 && beginning[0] <= 23 && beginning[1] == 3;
    }

    /** The first line of what came, or its beginning. */
    String beginning() {
        return new String(beginning, 0, begun, StandardCharsets.ISO_8859_1)
                .lines()
                .findFirst()
                .orElse("");
    }
}
