package dev.upkeep.infra.dns;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * Whom the public DNS asks about a zone: the name servers that the zone above it names.
 *
 * @param parent the zone above
 * @param nameServers of the zone; none if nobody is asked about it
 */
public record Delegation(String parent, List<String> nameServers) {

    /** More zones than these do not lie one within the other. */
    private static final int MOST_ZONES = 10;

    /** Copies the list. */
    public Delegation {
        nameServers = List.copyOf(nameServers);
    }

    /**
     * Asks the name servers of all zones above, from the top-level domain down. No cache is asked about the zone, which would keep that it is not
     * there. Blocks for some seconds at most.
     *
     * @param dns asks
     * @param zone such as {@code example.org}
     * @return what they say
     * @throws IOException if that cannot be found out
     */
    public static Delegation find(DnsClient dns, String zone) throws IOException {
        Name wanted = DnsClient.name(zone);
        Name parent = top(wanted);
        Message above = dns.resolve(parent, Type.NS);
        if (above.getRcode() == Rcode.NXDOMAIN) {
            return of(Name.root, List.of());
        }
        List<InetSocketAddress> servers = dns.addresses(DnsClient.nameServers(above, Section.ANSWER, parent));
        for (int zones = 0; zones < MOST_ZONES; zones++) {
            Message answer = dns.ask(servers, wanted, Type.NS);
            List<Name> own = DnsClient.nameServers(answer, Section.ANSWER, wanted);
            Name next = referred(answer, wanted, parent);
            if (!own.isEmpty() || next.equals(wanted)) {
                return of(parent, own.isEmpty() ? DnsClient.nameServers(answer, Section.AUTHORITY, wanted) : own);
            }
            if (next.equals(parent)) {
                return none(answer, parent);
            }
            servers = dns.addresses(DnsClient.nameServers(answer, Section.AUTHORITY, next));
            parent = next;
        }
        throw new IOException("the zones above " + zone + " lead to no end");
    }

    /** The top-level domain, or the root above one. */
    private static Name top(Name zone) {
        // The root is a label of its own.
        return zone.labels() > 2 ? new Name(zone, zone.labels() - 2) : Name.root;
    }

    /** The zone that somebody else is to be asked about, between the one that was asked and the wanted one; the one that was asked if there is none. */
    private static Name referred(Message answer, Name wanted, Name asked) {
        return answer.getSection(Section.AUTHORITY).stream()
                .filter(NSRecord.class::isInstance)
                .map(Record::getName)
                .filter(zone -> wanted.subdomain(zone) && zone.subdomain(asked))
                .findFirst()
                .orElse(asked);
    }

    /** Only the zone's own name servers know what it does not hold. */
    private static Delegation none(Message answer, Name parent) throws IOException {
        if (!answer.getHeader().getFlag(Flags.AA)) {
            throw new IOException("whoever should know " + DnsClient.text(parent) + " does not: " + answer.getHeader());
        }
        return of(parent, List.of());
    }

    private static Delegation of(Name parent, List<Name> nameServers) {
        return new Delegation(
                parent.equals(Name.root) ? "the root" : DnsClient.text(parent),
                nameServers.stream().map(Delegation::lower).sorted().toList());
    }

    private static String lower(Name name) {
        return DnsClient.text(name).toLowerCase(Locale.ROOT);
    }

    /**
     * Whether it leads to other name servers than some, by their names or, as those of the same server may differ, by their addresses.
     *
     * @param dns asks
     * @param others the names of name servers
     * @return whether none of these is asked
     * @throws IOException if their addresses cannot be found out
     */
    public boolean missesAll(DnsClient dns, List<String> others) throws IOException {
        Set<String> both = new HashSet<>(nameServers);
        both.retainAll(
                others.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList());
        if (!both.isEmpty() || nameServers.isEmpty()) {
            return both.isEmpty();
        }
        List<InetSocketAddress> there = addresses(dns, others);
        return addresses(dns, nameServers).stream().noneMatch(there::contains);
    }

    private static List<InetSocketAddress> addresses(DnsClient dns, List<String> nameServers) throws IOException {
        List<Name> names = new ArrayList<>();
        for (String nameServer : nameServers) {
            names.add(DnsClient.name(nameServer));
        }
        return dns.addresses(names);
    }
}
