package dev.upkeep.infra.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.upkeep.infra.local.nginx.TestCertificate;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What testssl.sh finds of the protocols, ciphers and headers of both profiles. What it rates is in {@code nginx/README.md}. */
@Timeout(240)
class TestsslSystemTest {

    private static final List<String> SECTIONS = List.of("-p", "-s", "-f", "-h");

    private static final List<String> HARMLESS = List.of("OK", "INFO");

    /** Each is explained in {@code nginx/README.md}. */
    private static final Map<TlsProfile, Map<String, String>> EXPLAINED = Map.of(
            TlsProfile.INTERMEDIATE, Map.of("engine_problem", "WARN"),
            TlsProfile.MODERN, Map.of("engine_problem", "WARN", "NPN", "WARN"));

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
        testssl.run(server.tlsPort, results, SECTIONS);
        Map<String, JsonNode> found = new TreeMap<>();
        for (JsonNode finding : new ObjectMapper().readTree(results.toFile())) {
            found.put(finding.path("id").asText(), finding);
        }
        return found;
    }

    private static Map<String, String> harmful(Map<String, JsonNode> found) {
        return found.entrySet().stream()
                .filter(each ->
                        !HARMLESS.contains(each.getValue().path("severity").asText()))
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        each -> each.getValue().path("severity").asText()));
    }

    @ParameterizedTest
    @EnumSource
    void findsNothingWeak(TlsProfile profile) throws Exception {
        TestCertificate.make(folder);
        try (TwoNginx server = new TwoNginx(
                folder, edge -> edge.withTls("shop.example", profile, folder + "/cert.pem", folder + "/key.pem"))) {
            server.release("1.0.6", server.webPort);
            server.swapTo("1.0.6");
            Map<String, JsonNode> found = findings(server, profile.name());

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
