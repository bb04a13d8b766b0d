package dev.upkeep.system.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.system.DockerRegistry;
import dev.upkeep.system.Ports;
import dev.upkeep.system.StrictClients;
import dev.upkeep.system.Waiting;
import dev.upkeep.system.command.Ended;
import dev.upkeep.system.command.Program;
import dev.upkeep.system.command.Upkeep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code local: { engine: docker }}: releases of images, made without Docker and run by it. */
@Timeout(600)
@TestInstance(Lifecycle.PER_CLASS)
@UsesDockerEngine
class DockerPlatformSystemTest {
    private DockerEngine engine;
    private DockerRegistry registry;
    private Path home;
    private String base;
    private int port;

    @BeforeAll
    @Timeout(600)
    void start(@TempDir Path shared) throws IOException {
        home = shared;
        engine = DockerEngine.start();
        registry = DockerRegistry.open(Files.createDirectory(home.resolve("registry")));
        base = BaseImage.in(engine, registry);
        port = Ports.free();
        Files.createDirectories(home.resolve("site"));
        for (String version : List.of("1.0.6", "1.0.7")) {
            Files.writeString(home.resolve("site/page.html"), "the page of " + version);
            describe(version, "highly-available");
            upkeep("image", "push").with(0);
            upkeep("release", "create").with(0);
        }
    }

    @AfterAll
    void stop() {
        upkeep("destroy", "--yes").with(0);
        String left = containers();
        registry.close();
        for (String image : engine.docker("image", "ls", "--quiet", registry.address() + "/*/*")
                .out()
                .lines()
                .toList()) {
            engine.docker("image", "rm", "--force", image);
        }
        engine.docker("image", "rm", base);
        engine.close();
        assertThat(left).isEmpty();
    }

    /** Whatever a test has done, the next one finds two instances of version 1.0.6. */
    @BeforeEach
    void stand() throws IOException {
        describe("1.0.6", "highly-available");
        upkeep("apply", "--allow-downgrade").with(0);
    }

    private void describe(String version, String shape) throws IOException {
        Files.writeString(home.resolve("upkeep.yaml"), """
                stack: shop
                platform: local
                shape: %s
                version: "%s"
                site: ./site
                app: { base: "BASE" }
                images: { registry: "REGISTRY", nginx: "BASE" }
                local: { port: %d, engine: docker, network: %s }
                """.replace("REGISTRY", registry.address())
                .replace("BASE", base)
                .formatted(shape, version, port, DockerEngine.NETWORK));
    }

    private Program command(String... words) {
        return engine.connected(
                home,
                Upkeep.in(home, words)
                        .with("XDG_CACHE_HOME", home.resolve("cache").toString()));
    }

    private Ended upkeep(String... words) {
        return command(words).run();
    }

    private String containers() {
        return engine.docker("ps", "--all", "--format", "{{.Names}}").with(0).out();
    }

    private List<String> containers(String part) {
        return containers().lines().filter(name -> name.endsWith("_" + part)).toList();
    }

    @Test
    @Tag("docker")
    void aNewVersionComesWithoutALostRequestAndTheFilesAreInItsImages() throws IOException {
        assertThat(Http.get(port, Http.READY)).startsWith("HTTP/1.1 200 ").endsWith("1.0.6");
        assertThat(Http.get(port, "/page.html")).endsWith("the page of 1.0.6");
        try (StrictClients clients = new StrictClients(port, 4)) {
            describe("1.0.7", "highly-available");
            assertThat(upkeep("plan").out()).contains("web", "sha256:");
            upkeep("apply").with(0);
            clients.stop();

            assertThat(clients.failures())
                    .as("of %d requests", clients.answered())
                    .isEmpty();
            assertThat(clients.versions()).containsExactlyInAnyOrder("1.0.6", "1.0.7");
        }
        assertThat(Http.get(port, "/page.html")).endsWith("the page of 1.0.7");
        assertThat(upkeep("check").with(0).out()).contains("UP");
        assertThat(upkeep("plan").out()).contains("nothing to change");
        assertThat(containers("web")).hasSize(2);
    }

    @Test
    @Tag("docker")
    void aChangedEnvironmentIsShownAndReachesTheApplication() throws IOException {
        Path file = home.resolve("upkeep.yaml");
        String plain = Files.readString(file);
        Files.writeString(file, plain.replace("app: {", "app: { env: { COLOR: 'blue = $HOME', N: 010 },"));
        assertThat(upkeep("plan").with(2).out()).contains("env COLOR blue = $HOME, env N 010");
        upkeep("apply").with(0);
        assertThat(environments())
                .hasSize(2)
                .allSatisfy(each -> assertThat(each).contains("COLOR=blue = $HOME", "N=010", "VERSION=1.0.6"));

        Files.writeString(file, plain.replace("app: {", "app: { env: { COLOR: red },"));
        assertThat(upkeep("plan").with(2).out()).contains("env COLOR blue = $HOME -> red, env N 010 -> none");
        upkeep("apply").with(0);
        assertThat(environments())
                .hasSize(2)
                .allSatisfy(each -> assertThat(each).contains("COLOR=red").doesNotContain("N=010"));
        assertThat(upkeep("plan").with(0).out()).contains("nothing to change");
    }

    @Test
    @Tag("docker")
    void whatContainersPrintIsShownBesideTheLogsOfTheNginxBeforeThem() {
        Http.get(port, "/asked-for-its-log");

        assertThat(upkeep("logs", "app").with(0).out().lines())
                .hasSizeGreaterThanOrEqualTo(2)
                .allSatisfy(line ->
                        assertThat(line).containsPattern("^20\\S+Z  i[12]/app  version 1.0.6 listens on port "));
        assertThat(upkeep("logs", "web").with(0).out()).containsPattern("i[12]/web  .*\"/asked-for-its-log\"");
        assertThat(upkeep("logs", "edge").with(0).out()).containsPattern("i[12]/edge  .*\"/asked-for-its-log\"");
        try (var following = command("logs", "web", "--follow").start()) {
            for (String page : List.of("/asked-for-its-log", "/asked-later", "/asked-last")) {
                Http.get(port, page);
                following.awaitText("\"" + page + "\"");
            }
            assertThat(following.signal("INT").end().with(130).out()).containsOnlyOnce("\"/asked-later\"");
        }
    }

    private List<String> environments() {
        return containers("app").stream()
                .map(name -> engine.docker("inspect", "--format", "{{.Config.Env}}", name)
                        .with(0)
                        .out())
                .toList();
    }

    @Test
    @Tag("docker")
    void aSingleInstanceIsSwappedWhileItServes() throws IOException {
        describe("1.0.6", "single");
        upkeep("apply").with(0);
        try (StrictClients clients = new StrictClients(port, 4)) {
            describe("1.0.7", "single");
            upkeep("apply").with(0);
            clients.stop();

            assertThat(clients.failures())
                    .as("of %d requests", clients.answered())
                    .isEmpty();
        }
        assertThat(Http.get(port, Http.VERSION)).endsWith("1.0.7");
    }

    @Test
    @Tag("docker")
    void whatDiedIsSaidAndRepaired() {
        String container = containers("app").get(0);
        engine.docker("update", "--restart=no", container).with(0);
        engine.docker("kill", container).with(0);

        assertThat(upkeep("status").with(1).out()).contains("degraded").containsPattern("container app: Exited");
        upkeep("apply").with(0);
        assertThat(upkeep("status").with(0).out()).contains("running");
    }

    @Test
    @Tag("docker")
    void anApplyThatWasKilledIsGoneOnWith() throws IOException {
        for (int millis : List.of(1500, 3500)) {
            describe(millis == 1500 ? "1.0.7" : "1.0.6", "highly-available");
            try (var applying = command("apply").start()) {
                Waiting.rest(Duration.ofMillis(millis));
                applying.killIfRunning();
            }
            upkeep("apply", "--allow-downgrade").with(0);
            assertThat(upkeep("status").with(0).out()).contains("running");
            assertThat(containers("web")).hasSize(2);
            assertThat(containers("app")).hasSize(2);
        }
    }

    @Test
    @Tag("docker")
    void withoutDockerNothingIsTouched() throws IOException {
        describe("1.0.7", "highly-available");

        assertThat(nowhere("apply").with(1).err())
                .contains("the engine of Docker does not answer", "/nowhere/docker.sock");
        assertThat(nowhere("doctor").out()).contains("the engine of Docker does not answer");
        assertThat(Http.get(port, Http.READY)).startsWith("HTTP/1.1 200 ").endsWith("1.0.6");

        assertThat(nowhere("destroy", "--yes").with(1).err()).contains("the engine of Docker does not answer");
        assertThat(containers("web")).hasSize(2);
    }

    private Ended nowhere(String... words) {
        return Upkeep.in(home, words)
                .with("DOCKER_HOST", "unix:///nowhere/docker.sock")
                .run();
    }

    @Test
    @Tag("docker")
    void aNetworkThatIsNotThereCostsNobodyAnything() throws IOException {
        Path file = home.resolve("upkeep.yaml");
        Files.writeString(file, Files.readString(file).replace("network: " + DockerEngine.NETWORK, "network: nonet"));

        Ended refused = upkeep("apply").with(1);

        assertThat(refused.err()).contains("Docker has no network nonet").doesNotContain("drain");
        assertThat(upkeep("doctor").out()).contains("Docker has no network nonet");
        assertThat(Http.get(port, Http.READY)).startsWith("HTTP/1.1 200 ");
    }

    @Test
    @Tag("docker")
    void aVersionWithoutARelease() throws IOException {
        describe("1.0.8", "highly-available");

        assertThat(upkeep("plan").with(78).err())
                .contains(
                        "upkeep.yaml:4:10", "there is no release 1.0.8 of images for stack shop", "upkeep image push");
    }

    @Test
    @Tag("docker")
    void aStackOfContainersBecomesOneOfProcessesAndBack() throws IOException {
        String ofImages = Files.readString(home.resolve("upkeep.yaml"));
        String ofProcesses = ofImages.replace("engine: docker", "engine: processes");
        try (StrictClients clients = new StrictClients(port, 4)) {
            Files.writeString(home.resolve("upkeep.yaml"), ofProcesses);
            upkeep("apply").with(0);
            assertThat(containers()).isEmpty();
            Files.writeString(home.resolve("upkeep.yaml"), ofImages);
            upkeep("apply").with(0);
            clients.stop();

            assertThat(clients.failures())
                    .as("of %d requests", clients.answered())
                    .isEmpty();
        }
        assertThat(containers("app")).hasSize(2);
        assertThat(upkeep("status").with(0).out()).contains("running");
    }
}
