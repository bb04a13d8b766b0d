package dev.upkeep.infra.dns;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.xbill.DNS.CAARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * The CAA records that decide who may issue a certificate for a name without wildcards
 * (<a href="https://www.rfc-editor.org/rfc/rfc8659">RFC 8659</a>): the first that are found on the way from the name up to the top-level domain.
 *
 * @param owner the name that they stand at
 * @param issuers who may issue, if that is limited; for a wildcard others may
 * @param isLimited whether only these may issue
 * @param unknown properties that an authority has to understand before it issues, and that nobody is known to understand
 */
public record CaaRecords(String owner, List<String> issuers, boolean isLimited, List<String> unknown) {

    private static final String ISSUE = "issue";

    /** Of the RFC, and of the baseline requirements of the CA/Browser Forum. */
    private static final Set<String> KNOWN =
            Set.of(ISSUE, "issuewild", "iodef", "contactemail", "contactphone", "issuemail");

    /** See section 4.1 of the RFC. */
    private static final int CRITICAL = 128;

    /** Copies the lists. */
    public CaaRecords {
        issuers = List.copyOf(issuers);
        unknown = List.copyOf(unknown);
    }

    /**
     * Asks for them. Names in the zone, which may be still to come, are asked of its own name servers, and not of a cache. Blocks for some seconds at
     * most.
     *
     * @param dns asks
     * @param name such as {@code www.example.org}
     * @param zone that it is in
     * @param nameServers those of the zone
     * @return the records, empty if there are none, so that everybody may issue
     * @throws IOException if that cannot be found out
     */
    public static Optional<CaaRecords> find(DnsClient dns, String name, String zone, List<String> nameServers)
            throws IOException {
        List<Name> servers = new ArrayList<>();
        for (String server : nameServers) {
            servers.add(DnsClient.name(server));
        }
        List<InetSocketAddress> addresses = dns.addresses(servers);
        Name within = DnsClient.name(zone);
        for (Name at = DnsClient.name(name); !at.equals(Name.root); at = new Name(at, 1)) {
            List<CAARecord> found = at.subdomain(within) ? ask(dns, addresses, at) : records(dns.resolve(at, Type.CAA));
            if (!found.isEmpty()) {
                return Optional.of(of(at, found));
            }
        }
        return Optional.empty();
    }

    private static List<CAARecord> ask(DnsClient dns, List<InetSocketAddress> servers, Name name) throws IOException {
        Message answer = dns.ask(servers, name, Type.CAA);
        if (!answer.getHeader().getFlag(Flags.AA)) {
            // A part of the zone that others know.
            return records(dns.resolve(name, Type.CAA));
        }
        List<CAARecord> found = records(answer);
        Optional<Name> alias = alias(answer);
        return found.isEmpty() && alias.isPresent() ? records(dns.resolve(alias.get(), Type.CAA)) : found;
    }

    private static Optional<Name> alias(Message answer) {
        return answer.getSection(Section.ANSWER).stream()
                .filter(CNAMERecord.class::isInstance)
                .map(each -> ((CNAMERecord) each).getTarget())
                .reduce((first, last) -> last);
    }

    private static List<CAARecord> records(Message answer) {
        return answer.getSection(Section.ANSWER).stream()
                .filter(CAARecord.class::isInstance)
                .map(CAARecord.class::cast)
                .toList();
    }

    private static CaaRecords of(Name owner, List<CAARecord> records) {
        List<String> issuing = records.stream()
                .filter(each -> tag(each).equals(ISSUE))
                .map(CaaRecords::issuer)
                .toList();
        return new CaaRecords(
                DnsClient.text(owner),
                issuing.stream().filter(issuer -> !issuer.isEmpty()).toList(),
                !issuing.isEmpty(),
                records.stream()
                        .filter(each -> (each.getFlags() & CRITICAL) != 0 && !KNOWN.contains(tag(each)))
                        .map(CaaRecords::tag)
                        .toList());
    }

    private static String tag(CAARecord each) {
        return each.getTag().toLowerCase(Locale.ROOT);
    }

    /** What follows the domain of the authority are its own parameters; without a domain nobody is meant. */
    private static String issuer(CAARecord each) {
        return each.getValue().split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    /**
     * Whether an authority may issue.
     *
     * @param authorities the domains of which each stands for it
     * @return false also if it would have to understand what nobody is known to understand
     */
    public boolean allow(Collection<String> authorities) {
        return unknown.isEmpty() && (!isLimited || issuers.stream().anyMatch(authorities::contains));
    }
}
