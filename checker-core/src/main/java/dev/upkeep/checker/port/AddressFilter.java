package dev.upkeep.checker.port;

import java.net.InetSocketAddress;

/**
 * Decides which addresses may be dialled. For programs that check URLs from strangers, who must not reach the inside of a network that way.
 * Asked in each attempt, and again for each redirect that is followed, with the very address that is dialled next; so a name cannot
 * turn into another address between the question and the connection.
 *
 * <p>Implementations must be safe for use by many threads, and answer without blocking.
 */
@FunctionalInterface
public interface AddressFilter {

    /**
     * Whether a connection may be opened. If not, the attempt ends with {@code ADDRESS_NOT_ALLOWED}, and nothing is sent.
     *
     * @param address resolved; of a check that uses a proxy, the proxy's. An IPv4 address comes as such, also if it was written as an IPv6
     *     address that maps it
     */
    boolean mayDial(InetSocketAddress address);

    /** Lets every address be dialled. */
    static AddressFilter all() {
        return address -> true;
    }
}
