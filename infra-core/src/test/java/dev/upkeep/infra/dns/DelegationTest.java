package dev.upkeep.infra.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class DelegationTest {

    @AutoClose
    private final ScriptedDns dns = new ScriptedDns();

    private final DnsClient client = dns.client();

    DelegationTest() throws IOException {}

    @Test
    void theZoneAboveNamesWhoIsAsked() throws IOException {
        dns.refers(ScriptedDns.ORG, "example.org", "NS-2.aws.test.", "ns-1.aws.test.");

        Delegation found = Delegation.find(client, "example.org");

        assertThat(found).isEqualTo(new Delegation("org", List.of("ns-1.aws.test", "ns-2.aws.test")));
        assertThat(found.missesAll(client, List.of("ns-1.AWS.test", "ns-9.aws.test")))
                .isFalse();
        assertThat(found.missesAll(client, List.of("ns.other.test"))).isTrue();
    }

    @Test
    void aZoneWithinAZoneIsFoundThroughBoth() throws IOException {
        dns.refers(ScriptedDns.ORG, "example.org", "ns.other.test.");
        dns.refers(ScriptedDns.OTHER, "shop.example.org", "ns-1.aws.test.");

        assertThat(Delegation.find(client, "shop.example.org"))
                .isEqualTo(new Delegation("example.org", List.of("ns-1.aws.test")));
        assertThat(Delegation.find(client, "blog.example.org")).isEqualTo(new Delegation("example.org", List.of()));
    }

    /** It keeps for a long time that something is not there. */
    @Test
    void noCacheIsAskedAboutTheZone() throws IOException {
        assertThat(Delegation.find(client, "example.org")).isEqualTo(new Delegation("org", List.of()));
        assertThat(dns.asked())
                .containsExactly("127.0.0.1 org NS", "127.0.0.1 a.org-servers.test A", "127.0.0.2 example.org NS");
    }

    @Test
    void aTopLevelDomainThatDoesNotExistHasNoZones() throws IOException {
        Delegation found = Delegation.find(client, "example.nowhere");

        assertThat(found).isEqualTo(new Delegation("the root", List.of()));
        assertThat(found.missesAll(client, List.of("ns-1.aws.test"))).isTrue();
    }

    @Test
    void anotherNameOfTheSameServerIsTheSameServer() throws IOException {
        dns.answers(ScriptedDns.RESOLVER, "ns.example.test", "A", ScriptedDns.HOSTED);
        dns.refers(ScriptedDns.ORG, "example.org", "ns.example.test.");

        assertThat(Delegation.find(client, "example.org").missesAll(client, List.of("ns-1.aws.test")))
                .isFalse();
    }

    @Test
    void nothingIsKnownWhereNobodyAnswers() {
        dns.fails(ScriptedDns.ORG);
        assertThatThrownBy(() -> Delegation.find(client, "example.org"))
                .isInstanceOf(IOException.class)
                .hasMessage("the name server 127.0.0.2 answered SERVFAIL about example.org.");

        dns.close();
        assertThatThrownBy(() -> Delegation.find(client, "example.org"))
                .isInstanceOf(IOException.class)
                .hasMessage("the name server 127.0.0.1 does not answer about org.");
    }
}
