package dev.upkeep.checker.port;

import dev.upkeep.checker.check.AddressFamily;
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
     * @throws NoSuchNameException if it is proven that there is no such name; the target is then down
     * @throws UnknownHostException if nothing is proven, as when no name server answered; whether the target is down is then unknown
     */
    List<InetAddress> resolve(String host) throws UnknownHostException;

    /**
     * The addresses of a name, where only those of one family are wanted. By default the same as {@link #resolve(String)}: what is not
     * wanted is left out by the caller. One that can ask for one family alone need not wait for the other.
     *
     * @param host a name without port
     * @param family what is wanted
     * @return at least one address, of whatever family
     * @throws NoSuchNameException as {@link #resolve(String)}
     * @throws UnknownHostException as {@link #resolve(String)}
     */
    default List<InetAddress> resolve(String host, AddressFamily family) throws UnknownHostException {
        return resolve(host);
    }

    /**
     * The resolver of the operating system, by way of {@link InetAddress#getAllByName}. The virtual machine keeps what it
     * answers for 30 seconds, and failures for 10; a program that checks in a loop turns that off with the security
     * properties {@code networkaddress.cache.ttl} and {@code networkaddress.cache.negative.ttl}.
     *
     * <p>Where it finds nothing, it does not tell whether the name does not exist or nobody could be asked, except in the language of
     * the machine. So the machine's name servers are then asked themselves, by the DNS provider of the Java runtime (module
     * {@code jdk.naming.dns}); without that module nothing is ever proven.
     *
     * <p>Where only one family is wanted, the name servers are asked for that alone, unless the name stands in {@code /etc/hosts}: the
     * operating system would ask for both, and wait for both.
     */
    static Resolver system() {
        return new SystemResolver(NameServers::ofThisMachine);
    }
}
