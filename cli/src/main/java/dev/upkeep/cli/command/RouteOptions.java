package dev.upkeep.cli.command;

import dev.upkeep.checker.check.AddressFamily;
import dev.upkeep.checker.check.VersionCheck;
import dev.upkeep.cli.exit.UsageException;
import java.net.InetSocketAddress;
import java.util.List;

/** The route of a check. */
final class RouteOptions {

    private final Argument<Boolean> ipv4 =
            Argument.option("-4").help("Only IPv4.").alone();

    private final Argument<Boolean> ipv6 =
            Argument.option("-6").help("Only IPv6.").alone();

    private final Argument<Boolean> allAddresses = Argument.option("--all-addresses")
            .help("Ask each address of the name separately, and say whether they agree.")
            .alone();

    private final Argument<InetSocketAddress> connectTo = Argument.option("--connect-to")
            .help(
                    "Connect to this address, but keep the URL's host name, also for TLS. That asks one instance behind a name.")
            .taking("HOST:PORT", ValueConverters::hostPort);

    private final Argument<InetSocketAddress> proxy = Argument.option("--proxy")
            .help("Use this HTTP proxy. Proxies that the environment names are never used.")
            .taking("HOST:PORT", ValueConverters::hostPort);

    List<Argument<?>> all() {
        return List.of(ipv4, ipv6, allAddresses, connectTo, proxy);
    }

    /** Whether each address of a name is to be asked by itself. */
    boolean isToAllAddresses() {
        return allAddresses.isGiven();
    }

    void applyTo(VersionCheck.Builder builder) {
        if (ipv4.isGiven() && ipv6.isGiven()) {
            throw new UsageException(
                    "-4 and -6 exclude each other; to ask both kinds of addresses use --all-addresses");
        }
        if (ipv4.isGiven()) {
            builder.addressFamily(AddressFamily.IPV4);
        } else if (ipv6.isGiven()) {
            builder.addressFamily(AddressFamily.IPV6);
        }
        connectTo.value().ifPresent(builder::dialling);
        proxy.value().ifPresent(builder::proxy);
    }
}
