package dev.upkeep.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.checker.testing.Behaviour;
import dev.upkeep.checker.testing.ScriptedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The operating system says what went wrong in the language of the machine; the verdict must not depend on it. */
class CheckerInOtherLanguagesSystemTest {
    private static final String NO_ROUTE = "http://255.255.255.255/";

    @AutoClose
    private final Peers peers = new Peers();

    @AutoClose
    private final ScriptedServer resetting = ScriptedServer.start(Behaviour.reset());

    @AutoClose
    private final ScriptedServer closing = ScriptedServer.start(Behaviour.close());

    private static List<String> inAnotherRuntime(Path locales, String locale, List<String> within, String... uris) {
        List<String> words = new ArrayList<>(List.of("env", "LOCPATH=" + locales, "LC_ALL=" + locale));
        words.addAll(within);
        words.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                System.getProperty("java.class.path"),
                Outcomes.class.getName()));
        words.addAll(List.of(uris));
        // The output was read byte by byte.
        byte[] output = Command.run(Path.of("."), words).orFail().output().getBytes(StandardCharsets.ISO_8859_1);
        return new String(output, StandardCharsets.UTF_8).lines().toList();
    }

    private Path locales(String locale) {
        Path folder = peers.folder("locales");
        Command.run(
                        "localedef",
                        "-i",
                        locale.substring(0, locale.indexOf('.')),
                        "-f",
                        "UTF-8",
                        folder.resolve(locale).toString())
                .orFail();
        return folder;
    }

    @ParameterizedTest
    @CsvSource({"de_DE.UTF-8, nicht erreichbar", "ja_JP.UTF-8, ネットワーク"})
    void theVerdictIsTheSame(String locale, String translated) throws IOException {
        try (Socket bound = new Socket()) {
            // Bound, and not listening: nobody else can take the port, and connections to it are refused.
            bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

            List<String> outcomes = inAnotherRuntime(
                    locales(locale),
                    locale,
                    List.of(),
                    "http://127.0.0.1:" + bound.getLocalPort() + "/",
                    resetting.uri().toString(),
                    closing.uri().toString(),
                    "http://nobody.invalid/",
                    NO_ROUTE);

            assertThat(outcomes)
                    .extracting(line -> line.split(" ", 3)[0] + " " + line.split(" ", 3)[1])
                    .containsExactly(
                            "DOWN CONNECTION_REFUSED",
                            "DOWN CONNECTION_RESET",
                            "DOWN CONNECTION_CLOSED",
                            "DOWN NAME_NOT_FOUND",
                            "UNKNOWN NETWORK_UNREACHABLE");
            assertThat(outcomes.get(4)).as("the language of the machine").contains(translated);
        }
    }

    @ParameterizedTest
    @CsvSource({"de_DE.UTF-8", "ja_JP.UTF-8"})
    void aNameServerThatCannotBeReachedLeavesTheTargetUnknown(String locale) throws IOException {
        Path nameServers = peers.folder("etc").resolve("resolv.conf");
        Files.writeString(nameServers, "nameserver 127.0.0.9\n");
        List<String> within = new ArrayList<>(List.of("unshare", "--mount"));
        if (!"root".equals(System.getProperty("user.name"))) {
            within.add("--map-root-user");
        }
        within.addAll(
                List.of("sh", "-c", "mount --bind \"$0\" /etc/resolv.conf && exec \"$@\"", nameServers.toString()));

        List<String> outcomes = inAnotherRuntime(locales(locale), locale, within, "http://www.example.test/");

        assertThat(outcomes).singleElement().asString().startsWith("UNKNOWN NAME_LOOKUP_FAILED ");
    }
}
