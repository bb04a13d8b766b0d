package dev.upkeep.checker.port;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Looks names up. Asked exactly once in an attempt, and never for an address that is written as numbers.
 *
 * <p>Implementations must be safe for use by many threads.
 */
@FunctionalInterface
public interface Resolver {

    /**
     * The addresses of a name, in the order of preference. May block; interrupting it need not have an effect.
     *
     * @param host a name without port
     * @return at least one address
     * @throws UnknownHostException if there is no such name, or nobody could be asked
     */
    List<InetAddress> resolve(String host) throws UnknownHostException;

    /**
     * The resolver of the operating system, by way of {@link InetAddress#getAllByName}. The virtual machine keeps what it
     * answers for 30 seconds, and failures for 10; a program that checks in a loop turns that off with the security
     * properties {@code networkaddress.cache.ttl} and {@code networkaddress.cache.negative.ttl}.
     */
    static Resolver system() {
        return host -> List.of(InetAddress.getAllByName(host));
    }
}
