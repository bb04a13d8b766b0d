package dev.upkeep.infra.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How testssl.sh rates both profiles, and what it finds. */
@Timeout(600)
class TestsslSystemTest {

    private static final List<String> HARMLESS = List.of("OK", "INFO");

    /** Each is explained in {@code nginx/README.md}. */
    private static final Map<TlsProfile, Map<String, String>> EXPLAINED = Map.of(
            TlsProfile.INTERMEDIATE, Map.of("engine_problem", "WARN"),
            TlsProfile.MODERN, Map.of("engine_problem", "WARN", "NPN", "WARN"));

    /** The authority is the test's, which says nowhere what it has revoked; and the name is in no DNS. */
    private static final Set<String> OF_THE_TEST = Set.of("cert_revocation", "DNS_CAArecord");

    /** On a busy machine testssl now and then fails to ask, and warns that it does not know. */
    private static final Map<String, String> NOT_ASKED = Map.of("sessionresumption_ticket", "WARN");

    /** A certificate for shop.example by an authority of its own. */
    private static final String MAKE = """
            set -eu
            new="-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes"
            openssl req -x509 $new -keyout ca.key -out ca.pem -days 90 -subj /CN=Test
            openssl req $new -keyout key.pem -out request.pem -subj /CN=shop.example
            printf 'subjectAltName=DNS:shop.example\\nextendedKeyUsage=serverAuth\\nkeyUsage=digitalSignature\\n' > names
            openssl x509 -req -in request.pem -CA ca.pem -CAkey ca.key -CAcreateserial -days 80 -extfile names -out cert.pem
            """;

    private static Testssl testssl;

    @TempDir
    Path folder;

    @BeforeAll
    @Timeout(300)
    static void install() throws Exception {
        testssl = Testssl.installed();
    }

    private Map<String, JsonNode> findings(TwoNginx server, String name) throws Exception {
        Path results = folder.resolve(name + ".json");
        testssl.run(server.tlsPort, folder.resolve("ca.pem"), results);
        Map<String, JsonNode> found = new TreeMap<>();
        for (JsonNode finding : new ObjectMapper().readTree(results.toFile())) {
            found.put(finding.path("id").asText(), finding);
        }
        return found;
    }

    private static Map<String, String> harmful(Map<String, JsonNode> found) {
        return found.entrySet().stream()
                .filter(each -> !OF_THE_TEST.contains(each.getKey()))
                .filter(each -> !each.getValue().path("severity").asText().equals(NOT_ASKED.get(each.getKey())))
                .filter(each ->
                        !HARMLESS.contains(each.getValue().path("severity").asText()))
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        each -> each.getValue().path("severity").asText()));
    }

    /** A whole run takes a minute or two, so both run at a time. */
    @ParameterizedTest
    @EnumSource
    @Execution(ExecutionMode.CONCURRENT)
    void ratesAPlusAndFindsNothingWeak(TlsProfile profile) throws Exception {
        Testssl.run(folder, folder.resolve("openssl.log"), List.of("sh", "-c", MAKE), true);
        try (TwoNginx server = new TwoNginx(
                folder, edge -> edge.withTls("shop.example", profile, folder + "/cert.pem", folder + "/key.pem"))) {
            server.release("1.0.6", server.webPort);
            server.swapTo("1.0.6");
            Map<String, JsonNode> found = findings(server, profile.name());

            assertThat(said(found, "overall_grade")).isEqualTo("A+");
            assertThat(harmful(found)).isEqualTo(EXPLAINED.get(profile));
            for (String protocol : List.of("SSLv2", "SSLv3", "TLS1", "TLS1_1")) {
                assertThat(said(found, protocol)).as(protocol).isEqualTo("not offered");
            }
            assertThat(said(found, "TLS1_2")).isEqualTo(profile == TlsProfile.MODERN ? "not offered" : "offered");
            assertThat(said(found, "TLS1_3")).startsWith("offered");
            assertThat(found.get("HSTS_time").path("severity").asText()).isEqualTo("OK");
        }
    }

    private static String said(Map<String, JsonNode> found, String id) {
        return found.get(id).path("finding").asText();
    }
}
