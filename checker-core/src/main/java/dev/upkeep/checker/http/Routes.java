package dev.upkeep.checker.http;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;

/** What this machine knows about the way to an address. */
final class Routes {

    private Routes() {}

    /**
     * Whether this machine has a route to an address, and an address of its own to send from. To find out, a UDP socket is connected, for
     * which nothing is sent.
     */
    static boolean hasOne(InetSocketAddress address) {
        ProtocolFamily family = address.getAddress() instanceof Inet6Address
                ? StandardProtocolFamily.INET6
                : StandardProtocolFamily.INET;
        try (DatagramChannel channel = DatagramChannel.open(family)) {
            channel.connect(address);
            return true;
        } catch (IOException | UnsupportedOperationException none) {
            return false;
        }
    }
}
