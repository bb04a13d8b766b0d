package dev.upkeep.infra.local.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.infra.local.process.Ports;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample application as a process, with nothing on its class path but its own package. */
class SampleAppTest {

    @TempDir
    Path folder;

    private int port;
    private Process app;

    @BeforeEach
    void start() throws Exception {
        port = new Ports(folder.toString()).choose(Set.of());
        app = sample(List.of());
        for (int tries = 0; tries < 500 && get("/healthz").isEmpty(); tries++) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    @AfterEach
    void kill() {
        app.destroyForcibly();
    }

    private Process sample(List<String> arguments) throws Exception {
        Path classes = Path.of(SampleApp.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        List<String> command = new java.util.ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", classes.toString()));
        command.add(SampleApp.class.getName());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("app.log").toFile());
        builder.environment()
                .putAll(Map.of(
                        "PORT", port + "", "VERSION", "1.0.6", "UPKEEP_INSTANCE", "/srv/i1", "DRAIN_SECONDS", "2"));
        return builder.start();
    }

    /** The whole answer; empty if the connection is refused. */
    private String get(String path) {
        try (Socket socket = new Socket()) {
            socket.connect(Ports.address(port), 2000);
            socket.setSoTimeout(5000);
            send(socket, "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            return rest(socket);
        } catch (IOException e) {
            return "";
        }
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String rest(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void saysItsVersionAndWhetherItIsHealthy() throws Exception {
        assertThat(get("/")).contains("Version <b>1.0.6</b>, instance <b>i1</b>");
        assertThat(get("/healthz")).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\nok\n");
        assertThat(sample(List.of("--health")).waitFor()).isZero();
        app.destroyForcibly().waitFor();
        assertThat(sample(List.of("--health")).waitFor()).isOne();
    }

    @Test
    void askedToEndItIsNoLongerHealthyAndAnswersWhatHasBegun() throws Exception {
        try (Socket begun = new Socket()) {
            begun.connect(Ports.address(port), 2000);
            begun.setSoTimeout(10_000);
            send(begun, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhello");
            app.destroy();
            while (get("/healthz").startsWith("HTTP/1.1 200 ")) {
                TimeUnit.MILLISECONDS.sleep(20);
            }

            assertThat(get("/healthz")).startsWith("HTTP/1.1 503 ").endsWith("\r\n\r\nleaving\n");
            assertThat(get("/")).startsWith("HTTP/1.1 200 ");
            while (!get("/healthz").isEmpty()) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
            assertThat(app.isAlive()).isTrue();
            send(begun, "world");
            assertThat(rest(begun))
                    .startsWith("HTTP/1.1 200 ")
                    .containsIgnoringCase("\r\nConnection: close\r\n")
                    .contains("Version <b>1.0.6</b>");
        }
        assertThat(app.waitFor(5, TimeUnit.SECONDS)).isTrue();
    }
}
