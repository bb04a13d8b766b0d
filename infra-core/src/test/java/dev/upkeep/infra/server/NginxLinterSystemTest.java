package dev.upkeep.infra.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.upkeep.infra.spec.AppHealth;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What gixy, which looks for faults in configurations of nginx, says of every kind of rendering. */
@Timeout(60)
class NginxLinterSystemTest {

    private static final String VERSION = "0.2.59";

    /** Each is explained in {@code nginx/README.md}. */
    private static final Map<String, Set<String>> EXPLAINED = Map.of(
            "edge-of-an-address", Set.of("hsts_header"),
            "web-with-application", Set.of("try_files_is_evil_too"));

    private static final List<NginxVersion> VERSIONS = List.of(new NginxVersion(1, 22, 1), new NginxVersion(1, 30, 6));

    private static Path gixy;

    @TempDir
    Path folder;

    /** Kept in the user's cache folder: it comes from PyPI. */
    @BeforeAll
    @Timeout(300)
    static void install() throws Exception {
        Path cache = Path.of(System.getProperty("user.home"), ".cache/upkeep/system-tests");
        Path home = cache.resolve("gixy-ng-" + VERSION);
        gixy = home.resolve("bin/gixy");
        if (!Files.exists(gixy)) {
            // A virtual environment cannot be moved, so this is only what says that it is whole.
            Path installed = Files.createDirectories(cache).resolve("gixy-ng-" + VERSION + ".new");
            run("python3", "-m", "venv", "--clear", installed.toString());
            run(installed.resolve("bin/python").toString(), "-m", "pip", "-q", "install", "gixy-ng==" + VERSION);
            Files.createDirectories(gixy.getParent());
            Files.writeString(home.resolve("start"), "#!/bin/sh\nexec " + installed + "/bin/gixy \"$@\"\n");
            home.resolve("start").toFile().setExecutable(true);
            Files.move(home.resolve("start"), gixy, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("upkeep-linter-", ".out");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            int code = process.waitFor();
            String said = Files.readString(output, StandardCharsets.UTF_8);
            // gixy ends with 1 if it found something.
            assertThat(code).as("%s: %s", List.of(command), said).isIn(0, 1);
            return said;
        } finally {
            Files.delete(output);
        }
    }

    private static Map<String, String> renderings(NginxVersion nginx) {
        EdgeSettings edge = EdgeSettings.plain(nginx);
        WebSettings web = WebSettings.plain(nginx);
        NginxSettings local = NginxSettings.plain("1.0.6", "127.0.0.1:80", nginx);
        AppHealth health = AppHealth.at("/healthz");
        Map<String, String> renderings = new TreeMap<>(Map.of(
                "edge", edge.render(),
                "edge-named", edge.named("www.example.org").render(),
                "edge-behind", edge.behind(List.of("192.0.2.0/24")).render(),
                "edge-intermediate", tls(edge, "www.example.org", TlsProfile.INTERMEDIATE),
                "edge-modern", tls(edge, "www.example.org", TlsProfile.MODERN),
                "edge-of-an-address", tls(edge, "192.0.2.7", TlsProfile.MODERN),
                "web-with-application", web.withApp(8000, health).render(),
                "web-with-site", web.withSite().render(),
                "web-with-both", web.withApp(8000, health).withSite().render(),
                "local",
                        local.withApp(8000, health)
                                .withSite(Optional.of("site"))
                                .behind(List.of("127.0.0.1"))
                                .render()));
        renderings.put(
                "edge-pending", edge.awaitingCertificate("www.example.org").render());
        return renderings;
    }

    private static String tls(EdgeSettings edge, String name, TlsProfile profile) {
        return edge.withTls(name, profile, "/etc/upkeep/tls/chain.pem", "/etc/upkeep/tls/key.pem")
                .render();
    }

    /** The names of what was found, of each file. */
    private Map<String, Set<String>> findings(Map<String, String> renderings) throws Exception {
        List<String> command = new java.util.ArrayList<>(List.of(gixy.toString(), "-f", "json"));
        for (Map.Entry<String, String> rendering : renderings.entrySet()) {
            Path file = folder.resolve(rendering.getKey());
            Files.writeString(file, rendering.getValue());
            command.add(file.toString());
        }
        Map<String, Set<String>> found = new TreeMap<>();
        for (JsonNode finding : new ObjectMapper().readTree(run(command.toArray(String[]::new)))) {
            String file = Path.of(finding.path("path").asText()).getFileName().toString();
            found.computeIfAbsent(file, any -> new TreeSet<>())
                    .add(finding.path("plugin").asText());
        }
        return found;
    }

    @Test
    void findsNothingThatIsNotExplained() throws Exception {
        for (NginxVersion nginx : VERSIONS) {
            assertThat(findings(renderings(nginx))).isEqualTo(EXPLAINED);
        }
    }

    @Test
    void findsAFaultThatWasPutThere() throws Exception {
        String faulty = EdgeSettings.plain(VERSIONS.get(0)).render().replace("server_tokens off;", "server_tokens on;");

        assertThat(findings(Map.of("faulty", faulty)).get("faulty")).contains("version_disclosure");
    }
}
