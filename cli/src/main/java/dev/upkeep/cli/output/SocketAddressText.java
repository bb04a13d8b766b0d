package dev.upkeep.cli.output;

import java.net.Inet6Address;
import java.net.InetSocketAddress;

/** Socket addresses as text. */
final class SocketAddressText {

    private SocketAddressText() {}

    /** {@code 192.0.2.1:443}, {@code [2001:db8::1]:443}, or a name where nothing was looked up. */
    static String text(InetSocketAddress address) {
        if (address.isUnresolved()) {
            return address.getHostString() + ":" + address.getPort();
        }
        String host = address.getAddress().getHostAddress();
        return (address.getAddress() instanceof Inet6Address ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
