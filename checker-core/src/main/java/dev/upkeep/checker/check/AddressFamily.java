package dev.upkeep.checker.check;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;

/** Which of a name's addresses may be dialled. */
public enum AddressFamily {
    /** Whichever the resolver puts first. */
    ANY,
    /** Only IPv4. */
    IPV4,
    /** Only IPv6. */
    IPV6;

    /** Whether an address may be dialled. */
    public boolean includes(InetAddress address) {
        return this == ANY
                || (this == IPV4 && address instanceof Inet4Address)
                || (this == IPV6 && address instanceof Inet6Address);
    }
}
