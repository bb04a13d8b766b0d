package dev.upkeep.system.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.system.Ports;
import dev.upkeep.system.StrictClients;
import dev.upkeep.system.Waiting;
import dev.upkeep.system.command.Ended;
import dev.upkeep.system.command.Program;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Releases that {@code docker/runner/upkeep-run} starts, swaps, loses and finds again. */
@Timeout(600)
@TestInstance(Lifecycle.PER_CLASS)
@UsesDockerEngine
class RunnerSystemTest {
    private static final String STACK = "runner-test";

    private DockerEngine engine;
    private Path folder;
    private Path sockets;
    private String webOf6;
    private String appOf6;
    private String webOf7;
    private String appOf7;
    private String edge;
    private int port;

    @BeforeAll
    @Timeout(600)
    void build(@TempDir Path shared) throws IOException {
        folder = shared;
        sockets = Files.createDirectories(shared.resolve("sockets"));
        engine = DockerEngine.start();
        Recipes recipes = new Recipes(engine, shared);
        webOf6 = recipes.web("1.0.6");
        appOf6 = recipes.app("1.0.6");
        webOf7 = recipes.web("1.0.7");
        appOf7 = recipes.app("1.0.7");
        edge = recipes.edge();
        port = Ports.free();
        startEdge(recipes.docker().resolve("edge/nginx.conf"));
        start6();
        swap("r6");
    }

    /** Without limits per client: all the clients of this test are one. */
    private void startEdge(Path configuration) throws IOException {
        Path unlimited = folder.resolve("edge.conf");
        Files.writeString(
                unlimited,
                Files.readString(configuration)
                        .replace("limit_conn connections 100;", "")
                        .replace("limit_req zone=requests burst=200 nodelay;", ""));
        runner(
                        "edge",
                        "--image",
                        edge,
                        "--publish",
                        "127.0.0.1:" + port + ":8080",
                        "--mount",
                        unlimited + ":/etc/upkeep/nginx.conf",
                        "--network",
                        DockerEngine.NETWORK)
                .with(0);
    }

    @AfterAll
    void stop() {
        engine.close();
    }

    /** Whatever a test has done, the next one finds release r6. */
    @AfterEach
    void backTo6() {
        start6();
        swap("r6");
        assertThat(status()).isEqualTo("r6\tready\tcurrent\n");
    }

    private Program runnerWith(String... words) {
        return runnerOf(STACK, sockets, words);
    }

    private Program runnerOf(String stack, Path at, String... words) {
        Program runner = Program.of(
                        folder,
                        Recipes.CLONE.resolve("docker/runner/upkeep-run").toString())
                .and(words)
                .and("--stack", stack, "--folder", at.toString());
        return engine.connected(folder, runner);
    }

    private Ended runner(String... words) {
        return runnerWith(words).run();
    }

    private Program starting(String name, String web, String app) {
        return runnerWith("start", name, "--web", web, "--app", app, "--network", DockerEngine.NETWORK);
    }

    private void start6() {
        starting("r6", webOf6, appOf6).run().with(0);
    }

    private void start7() {
        starting("r7", webOf7, appOf7).run().with(0);
    }

    private void swap(String name) {
        runner("swap", name, "--drain", "1").with(0);
    }

    private String status() {
        return runner("status").with(0).out();
    }

    private void kill(String part) {
        long pid = Long.parseLong(engine.inspect(STACK + "_" + part, "{{.State.Pid}}"));
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    }

    private void awaitReady() {
        Waiting.until("it is ready", () -> Http.get(port, Http.READY).startsWith("HTTP/1.1 200 "));
    }

    @Test
    @Tag("docker")
    void swapsUnderLoadLoseNoRequest() {
        try (StrictClients clients = new StrictClients(port, 4)) {
            for (int round = 0; round < 2; round++) {
                start7();
                swap("r7");
                start6();
                swap("r6");
            }
            clients.stop();

            assertThat(clients.failures())
                    .as("of %d requests", clients.answered())
                    .isEmpty();
            assertThat(clients.answered()).isGreaterThan(1000);
            assertThat(clients.versions()).containsExactlyInAnyOrder("1.0.6", "1.0.7");
        }
    }

    @Test
    @Tag("docker")
    void anEdgeThatIsStoppedAnswersWhatItHasBegunToRead() throws IOException {
        try (Socket socket = Http.connect(port)) {
            Http.send(socket, "POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 10\r\n\r\nhello");
            Waiting.rest(Duration.ofMillis(200));
            try (var stopping = engine.connected(folder, Program.of(folder, "docker", "stop", STACK + "_edge"))
                    .start()) {
                Waiting.until(
                        "it takes no more", () -> !Http.get(port, Http.VERSION).startsWith("HTTP/1.1 200 "));
                Http.send(socket, "world");
                assertThat(Http.rest(socket)).startsWith("HTTP/1.1 200 ").contains("Version <b>1.0.6</b>");
                stopping.end().with(0);
            }
        }
        engine.docker("start", STACK + "_edge").with(0);
        awaitReady();
    }

    @Test
    @Tag("docker")
    void everyPartRunsWithoutRightsAndNoneOnTheNetworkOfTheHost() {
        String template = "{{.HostConfig.ReadonlyRootfs}} {{.HostConfig.CapDrop}} {{.HostConfig.SecurityOpt}} "
                + "{{index .HostConfig.LogConfig.Config \"max-size\"}} {{eq .HostConfig.NetworkMode \"host\"}}";
        for (String part : List.of("edge", "r6_net", "r6_app", "r6_web")) {
            assertThat(engine.inspect(STACK + "_" + part, template))
                    .isEqualTo("true [ALL] [no-new-privileges] 10m false");
        }
        assertThat(starting("r7", webOf7, appOf7)
                        .and("--network", "host")
                        .run()
                        .with(64)
                        .err())
                .contains("credentials");
    }

    /** Nobody answers there, and this engine has no credentials either. */
    @Test
    @Tag("docker")
    void aReleaseStartsAndLogsWhetherCloudWatchAnswersOrNot() {
        String nowhere = "http://127.0.0.1:1";
        assertThat(starting("r7", webOf7, appOf7)
                        .and("--log-group", "eu-west-1:/upkeep/shop:i-1", "--log-endpoint", nowhere)
                        .run()
                        .with(0)
                        .err())
                .contains("release r7 is ready")
                .doesNotContain("stay on this machine");
        assertThat(engine.inspect(STACK + "_r7_app", "{{.HostConfig.LogConfig}}"))
                .startsWith("{awslogs map[")
                .contains("awslogs-stream:i-1/app", "mode:non-blocking");
        assertThat(engine.inspect(STACK + "_r7_net", "{{.HostConfig.LogConfig.Type}}"))
                .isEqualTo("json-file");
        assertThat(engine.docker("logs", STACK + "_r7_app").with(0).out()).contains("version 1.0.7 listens on port");
        runner("stop", "r7").with(0);

        assertThat(starting("r7", webOf7, appOf7)
                        .and("--log-group", "eu-west-1::i-1")
                        .run()
                        .with(0)
                        .err())
                .contains(
                        "Docker cannot send logs to eu-west-1::i-1; they stay on this machine", "release r7 is ready");
        assertThat(engine.inspect(STACK + "_r7_app", "{{.HostConfig.LogConfig.Type}}"))
                .isEqualTo("json-file");
        runner("stop", "r7").with(0);
    }

    @Test
    @Tag("docker")
    void partsThatAreKilledComeBackByThemselves() {
        kill("r6_web");
        Waiting.until("web is back", () -> restarts("r6_web") == 1);
        awaitReady();
        kill("r6_app");
        Waiting.until("app is back", () -> restarts("r6_app") == 1);
        awaitReady();
    }

    private int restarts(String part) {
        return Integer.parseInt(engine.inspect(STACK + "_" + part, "{{.RestartCount}}"));
    }

    @Test
    @Tag("docker")
    void aReleaseThatDoesNotGetReadyIsRemovedAndUsersStayWhereTheyAre() {
        Ended failed = starting("r7", webOf7, appOf7)
                .and("--within", "3", "--env", "PORT=none")
                .run()
                .with(1);

        assertThat(failed.err())
                .contains("release r7 was not ready after 3 s and is removed again")
                .containsPattern("  app: .*NumberFormatException");
        assertThat(status()).isEqualTo("r6\tready\tcurrent\n");
        assertThat(sockets.resolve("r7")).doesNotExist();
        assertThat(runner("swap", "r7").with(1).err()).contains("users stay where they are");
        assertThat(Http.get(port, Http.VERSION)).endsWith("1.0.6");
    }

    @Test
    @Tag("docker")
    void aRunnerThatWasKilledIsGivenItsOrderAgain() {
        for (int millis : List.of(300, 900)) {
            try (var started = starting("r7", webOf7, appOf7).start()) {
                Waiting.rest(Duration.ofMillis(millis));
                started.killIfRunning();
            }
            Waiting.rest(Duration.ofMillis(300));
            start7();
            runner("stop", "r7").with(0);
        }
        start7();
        try (var swapping = runnerWith("swap", "r7", "--drain", "3").start()) {
            swapping.awaitText("users are led to r7").killIfRunning();
        }
        assertThat(Http.get(port, Http.VERSION)).endsWith("1.0.7");
        assertThat(status()).isEqualTo("r6\tready\nr7\tready\tcurrent\n");
        swap("r7");
        assertThat(status()).isEqualTo("r7\tready\tcurrent\n");
    }

    @Test
    @Tag("docker")
    void afterARestartOfTheMachineWhatUsersWereLedToIsStartedAgain() {
        for (String part : List.of("net", "app", "web")) {
            engine.docker("kill", STACK + "_r6_" + part).with(0);
        }
        assertThat(Http.get(port, Http.READY)).startsWith("HTTP/1.1 503 ");

        runner("resume").with(0);

        assertThat(Http.get(port, Http.READY)).startsWith("HTTP/1.1 200 ").endsWith("1.0.6");
    }

    @Test
    @Tag("docker")
    void aReleaseThatIsNotThereIsNoReasonToRemoveAFolder() throws IOException {
        Path precious = Files.createDirectories(sockets.resolve("precious"));
        Files.writeString(precious.resolve("file"), "kept");

        assertThat(runner("stop", "precious").with(0).err()).contains("there is no release precious");

        assertThat(precious.resolve("file")).exists();
        Files.delete(precious.resolve("file"));
        Files.delete(precious);
    }

    @Test
    @Tag("docker")
    void stacksWhoseNamesBeginAlikeDoNotMeet() throws IOException {
        Path others = Files.createDirectories(folder.resolve("others"));
        String other = STACK.substring(0, STACK.indexOf('-'));
        String release = STACK.substring(STACK.indexOf('-') + 1) + "-r6";
        runnerOf(other, others, "start", release, "--web", webOf7, "--network", DockerEngine.NETWORK, "--within", "5")
                .run();

        assertThat(status()).isEqualTo("r6\tready\tcurrent\n");
        runnerOf(other, others, "remove").run().with(0);
        assertThat(Http.get(port, Http.READY)).endsWith("1.0.6");
    }

    @Test
    @Tag("docker")
    void anEdgeThatDoesNotRunIsNotSaidToRun() throws IOException {
        Path broken = folder.resolve("broken.conf");
        Files.writeString(broken, "no configuration");
        Program start = runnerOf(
                "broken", folder.resolve("broken"), "edge", "--image", edge, "--network", DockerEngine.NETWORK);

        assertThat(start.and("--mount", broken + ":/etc/upkeep/nginx.conf")
                        .run()
                        .with(1)
                        .err())
                .contains("  edge: ", "the edge ended at once and is removed again");
        assertThat(start.and("--mount", broken + ".missing:/etc/upkeep/nginx.conf")
                        .run()
                        .with(64)
                        .err())
                .contains("--mount: there is no ");
        assertThat(folder.resolve("broken.conf.missing")).doesNotExist();
    }

    @Test
    @Tag("docker")
    void whatWouldHarmUsersIsRefused() {
        assertThat(runner("stop", "r6").with(1).err()).contains("users are led to r6");
        assertThat(starting("r6", webOf7, appOf7).run().with(1).err()).contains("of other images");
        assertThat(runner("start", "r8", "--web", webOf6, "--credentials", "/nowhere")
                        .with(64)
                        .err())
                .contains("--credentials: there is no /nowhere/credentials");
        assertThat(runner("start", "../r6").with(64).err()).contains("is no name of a release");
        assertThat(runner("swap", "r6", "--drain", "soon").with(64).err()).contains("whole seconds");
        assertThat(runner("edge", "--image", webOf6).with(1).err()).contains("another edge runs");
        assertThat(starting("r7", "no-such-image", appOf7).run().with(1).err()).contains("could not be started");
        assertThat(sockets.resolve("r7")).doesNotExist();
        assertThat(runner("start", "current.sock", "--web", webOf6).with(64).err())
                .contains("a file beside the releases");
        assertThat(Http.get(port, Http.READY)).endsWith("1.0.6");
    }

    @Test
    @Tag("docker")
    void aReleaseThatRunsWithOtherSettingsIsNotSaidToBeReady() throws IOException {
        String other = "there is a release r6 with other settings already";
        Path file = Files.writeString(folder.resolve("app.env"), "COLOR=green\n");
        String[] withFile = {"--env-file", file.toString()};

        assertThat(starting("r6", webOf6, appOf6)
                        .and("--env", "COLOR=blue")
                        .run()
                        .with(1)
                        .err())
                .contains(other);
        assertThat(starting("r6", webOf6, appOf6)
                        .and("--app-memory", "64m")
                        .run()
                        .with(1)
                        .err())
                .contains(other);
        assertThat(runner("start", "r6", "--web", webOf6, "--network", DockerEngine.NETWORK)
                        .with(1)
                        .err())
                .contains(other);
        assertThat(starting("r6", webOf6, appOf6)
                        .and("--env-file", "/nowhere")
                        .run()
                        .with(1)
                        .err())
                .contains("--env-file: /nowhere cannot be read");

        starting("r7", webOf7, appOf7).and(withFile).run().with(0);
        starting("r7", webOf7, appOf7).and(withFile).run().with(0);
        Files.writeString(file, "COLOR=blue\n");
        assertThat(starting("r7", webOf7, appOf7).and(withFile).run().with(1).err())
                .contains("there is a release r7 with other settings already");
    }
}
