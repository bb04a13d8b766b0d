package dev.upkeep.cli.command;

import dev.upkeep.checker.check.AddressFamily;
import dev.upkeep.checker.check.VersionCheck;
import dev.upkeep.cli.command.Converters.HostPort;
import dev.upkeep.cli.exit.UsageException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which way. */
final class RouteOptions {

    @Option(names = "-4", description = "Only IPv4.")
    boolean ipv4;

    @Option(names = "-6", description = "Only IPv6.")
    boolean ipv6;

    @Option(
            names = "--all-addresses",
            description = "Ask every address of the name by itself, and say whether they agree.")
    boolean allAddresses;

    @Option(
            names = "--connect-to",
            paramLabel = "HOST:PORT",
            converter = HostPort.class,
            description = "Connect there, but keep the URL's host name, for TLS too: asks one instance behind a name.")
    @Nullable
    InetSocketAddress connectTo;

    @Option(
            names = "--proxy",
            paramLabel = "HOST:PORT",
            converter = HostPort.class,
            description = "Go through this HTTP proxy. The environment's proxies are never used.")
    @Nullable
    InetSocketAddress proxy;

    void applyTo(VersionCheck.Builder builder) {
        if (ipv4 && ipv6) {
            throw new UsageException(
                    "-4 and -6 exclude each other; to ask both kinds of addresses use --all-addresses");
        }
        if (ipv4 || ipv6) {
            builder.addressFamily(ipv4 ? AddressFamily.IPV4 : AddressFamily.IPV6);
        }
        if (connectTo != null) {
            builder.dialling(connectTo);
        }
        if (proxy != null) {
            builder.proxy(proxy);
        }
    }
}
