package dev.upkeep.checker.http;

import java.net.InetAddress;
import java.util.List;
import okhttp3.Dns;

/**
 * Gives the address that was looked up already, and so keeps OkHttp from trying others.
 *
 * <p>Neither a lambda nor a record: start-up archives leave out the lambdas of interfaces with something to initialise, and what records
 * are compared with; making either anew costs a single check a tenth of its time.
 */
final class OneAddress implements Dns {
    private final InetAddress address;

    OneAddress(InetAddress address) {
        this.address = address;
    }

    @Override
    public List<InetAddress> lookup(String host) {
        return List.of(address);
    }
}
