package dev.upkeep.infra.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaaRecordsTest {

    private static final Set<String> AMAZON = Set.of("amazon.com", "amazontrust.com");

    @AutoClose
    private final ScriptedDns dns = new ScriptedDns();

    CaaRecordsTest() throws IOException {}

    private Optional<CaaRecords> find() throws IOException {
        return CaaRecords.find(dns.client(), "www.example.org", "example.org", List.of("ns-1.aws.test"));
    }

    private void has(String name, String... records) throws IOException {
        dns.answers(ScriptedDns.HOSTED, name, "CAA", records);
    }

    @Test
    void theWayGoesFromTheNameToTheTopAndAsksNoCacheAboutTheZone() throws IOException {
        assertThat(find()).isEmpty();
        assertThat(dns.asked())
                .containsExactly(
                        "127.0.0.1 ns-1.aws.test A",
                        "127.0.0.3 www.example.org CAA",
                        "127.0.0.3 example.org CAA",
                        "127.0.0.1 org CAA");
    }

    @Test
    void theFirstSetOnTheWayDecides() throws IOException {
        has("example.org", "0 issue \"letsencrypt.org\"");
        assertThat(find().orElseThrow())
                .isEqualTo(new CaaRecords("example.org", List.of("letsencrypt.org"), true, List.of()));
        assertThat(find().orElseThrow().allow(AMAZON)).isFalse();

        has("www.example.org", "0 iodef \"mailto:a@example.org\"");
        assertThat(find().orElseThrow()).isEqualTo(new CaaRecords("www.example.org", List.of(), false, List.of()));
        assertThat(find().orElseThrow().allow(AMAZON)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 issue amazon.com                         | true",
                "0 issue \"Amazon.com ; policy=ev\"         | true",
                "0 issue \";\"                              | false",
                "0 issue letsencrypt.org                    | false",
                "0 issuewild letsencrypt.org                | true",
                "0 tbs unknown                              | true",
                "128 tbs unknown                            | false",
                "128 issue amazontrust.com                  | true",
            })
    void aRecordAllowsOrForbids(String record, boolean allows) throws IOException {
        has("www.example.org", record);

        assertThat(find().orElseThrow().allow(AMAZON)).isEqualTo(allows);
    }

    @Test
    void oneOfSeveralAuthoritiesIsEnough() throws IOException {
        has("example.org", "0 issue \"letsencrypt.org\"", "0 issue \"amazon.com\"");

        assertThat(find().orElseThrow().allow(AMAZON)).isTrue();
    }

    @Test
    void anAliasHasTheRecordsOfItsTarget() throws IOException {
        dns.answers(ScriptedDns.HOSTED, "www.example.org", "CNAME", "shop.other.test.");
        dns.answers(ScriptedDns.RESOLVER, "shop.other.test", "CAA", "0 issue \"letsencrypt.org\"");

        assertThat(find().orElseThrow().allow(AMAZON)).isFalse();
    }

    @Test
    void nothingIsAllowedWhereNobodyAnswers() {
        dns.fails(ScriptedDns.HOSTED);

        assertThatThrownBy(this::find)
                .isInstanceOf(IOException.class)
                .hasMessage("the name server 127.0.0.3 answered SERVFAIL about www.example.org.");
    }
}
