package dev.upkeep.infra.aws;

import dev.upkeep.infra.dns.CaaRecords;
import dev.upkeep.infra.dns.Delegation;
import dev.upkeep.infra.dns.DnsClient;
import dev.upkeep.infra.failure.AwsException;
import dev.upkeep.infra.preflight.Finding;
import dev.upkeep.infra.spec.DomainSpec;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Looks whether the public DNS leads to the hosted zone of a domain, and lets Amazon issue a certificate for it. Without both, that would never be issued. */
final class NameCheck {

    /** See "Configure CAA records" in the user guide of AWS Certificate Manager. */
    private static final Set<String> AMAZON = Set.of("amazon.com", "amazontrust.com", "awstrust.com", "amazonaws.com");

    private final Lookups lookups;
    private final Supplier<DnsClient> dns;
    private final DomainSpec domain;
    private List<String> nameServers = List.of();

    NameCheck(Lookups lookups, Supplier<DnsClient> dns, DomainSpec domain) {
        this.lookups = lookups;
        this.dns = dns;
        this.domain = domain;
    }

    /** A question to the DNS. */
    @FunctionalInterface
    private interface Look {
        Finding at(DnsClient dns, List<String> nameServers) throws IOException;
    }

    /** What cannot be found out is unchecked, and never right. */
    private Finding checked(String what, Look look) {
        try {
            return look.at(dns.get(), nameServers());
        } catch (IOException | AwsException e) {
            return Finding.unknown(what, String.valueOf(e.getMessage()));
        } catch (NoClassDefFoundError e) {
            return Finding.unknown(
                    what + ", as a library is missing (" + e.getMessage() + ")",
                    "add dnsjava:dnsjava to the class path");
        }
    }

    /** Those of the hosted zone, which are asked once. */
    private List<String> nameServers() {
        if (nameServers.isEmpty()) {
            nameServers = lookups.nameServers(lookups.hostedZone(domain.zone()));
        }
        return nameServers;
    }

    Finding delegation() {
        return checked("whether the public DNS leads to the hosted zone of " + domain.zone(), this::delegation);
    }

    private Finding delegation(DnsClient client, List<String> hosted) throws IOException {
        Delegation found = Delegation.find(client, domain.zone());
        String next = "have these entered as its name servers where the domain was bought, or in the zone above: "
                + String.join(", ", hosted);
        if (found.nameServers().isEmpty()) {
            return Finding.problem(
                            "the public DNS does not know " + domain.zone() + ": " + found.parent()
                                    + " names no name servers for it",
                            next)
                    .at("/domain/zone");
        }
        return found.missesAll(client, hosted)
                ? Finding.problem(
                                "the public DNS does not lead to the hosted zone of " + domain.zone() + ": "
                                        + found.parent() + " names other name servers for it, "
                                        + String.join(", ", found.nameServers()),
                                next)
                        .at("/domain/zone")
                : Finding.ok("the public DNS leads to the hosted zone of " + domain.zone());
    }

    Finding authorities() {
        return checked("whether CAA records let Amazon issue a certificate for " + domain.name(), this::authorities);
    }

    private Finding authorities(DnsClient client, List<String> hosted) throws IOException {
        return CaaRecords.find(client, domain.name(), domain.zone(), hosted)
                .map(this::authorities)
                .orElseGet(() -> Finding.ok("no CAA record limits who may issue a certificate for " + domain.name()));
    }

    private Finding authorities(CaaRecords found) {
        if (found.allow(AMAZON)) {
            return Finding.ok(
                    "the CAA records of " + found.owner() + " let Amazon issue a certificate for " + domain.name());
        }
        String reason = found.unknown().isEmpty()
                ? "the CAA records of " + found.owner() + " let "
                        + (found.issuers().isEmpty() ? "nobody" : "only " + String.join(", ", found.issuers()))
                        + " issue a certificate for " + domain.name()
                : "the CAA records of " + found.owner() + " demand what no certificate authority knows: "
                        + String.join(", ", found.unknown());
        return Finding.problem(
                        reason + ", so Amazon will not",
                        found.unknown().isEmpty()
                                ? "add the record " + found.owner() + ". CAA 0 issue \"amazon.com\""
                                : "remove the flag \"critical\" from it")
                .at("/domain/name");
    }
}
