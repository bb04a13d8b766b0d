package dev.upkeep.checker.port;

import dev.upkeep.checker.check.AddressFamily;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.Supplier;

/**
 * Asks the operating system, and where it finds nothing, asks for a proof.
 *
 * @param nameServers who can prove that a name does not exist; asked for anew each time, as a laptop changes its network
 */
record SystemResolver(Supplier<NameServers> nameServers) implements Resolver {

    @Override
    public List<InetAddress> resolve(String host, AddressFamily family) throws UnknownHostException {
        List<InetAddress> found = family == AddressFamily.ANY || HostsFile.mayName(host)
                ? List.of()
                : nameServers.get().find(host, family);
        return found.isEmpty() ? resolve(host) : found;
    }

    @Override
    public List<InetAddress> resolve(String host) throws UnknownHostException {
        try {
            return List.of(InetAddress.getAllByName(host));
        } catch (UnknownHostException unexplained) {
            if (nameServers.get().deny(host)) {
                throw new NoSuchNameException(host);
            }
            throw unexplained;
        }
    }
}
