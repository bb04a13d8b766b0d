package dev.upkeep.infra.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upkeep.infra.failure.InvalidSpecException;
import dev.upkeep.infra.failure.MissingToolException;
import dev.upkeep.infra.failure.OperationRefusedException;
import dev.upkeep.infra.failure.PortTakenException;
import dev.upkeep.infra.failure.StalePlanException;
import dev.upkeep.infra.failure.UnknownInstanceException;
import dev.upkeep.infra.inventory.Instance;
import dev.upkeep.infra.inventory.InstanceHealth;
import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.infra.inventory.Rotation;
import dev.upkeep.infra.inventory.StackState;
import dev.upkeep.infra.inventory.StackStatus;
import dev.upkeep.infra.local.probe.LocalProbe;
import dev.upkeep.infra.local.process.Ports;
import dev.upkeep.infra.plan.Change;
import dev.upkeep.infra.plan.FieldChange;
import dev.upkeep.infra.plan.Plan;
import dev.upkeep.infra.progress.ProgressListener;
import dev.upkeep.infra.spec.AppEnvironment;
import dev.upkeep.infra.spec.AppSpec;
import dev.upkeep.infra.spec.Shape;
import dev.upkeep.infra.spec.StackSpec;
import dev.upkeep.infra.spec.StackSpecBuilder;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The local platform with real nginx and HAProxy on loopback. */
class LocalPlatformSystemTest {

    @TempDir
    Path root;

    private final LocalProbe probe = new LocalProbe();

    @Test
    void standsUpShipsConvergesAndLeavesNothing() throws Exception {
        try (Stand stand = new Stand(root)) {
            StackSpec spec = stand.spec("1.0.6")
                    .shape(Shape.HIGHLY_AVAILABLE)
                    .instances(3)
                    .build();
            StackStatus status = stand.apply(spec);

            assertThat(status.state()).isEqualTo(StackState.RUNNING);
            assertThat(status.instances()).hasSize(3).allMatch(each -> each.health() == InstanceHealth.HEALTHY);
            assertThat(stand.edgeSays()).isEqualTo("1.0.6");
            assertThat(stand.platform.plan(spec).isEmpty()).isTrue();

            stand.ship("i2", "1.0.7");
            assertThat(stand.platform.instances(stand.name))
                    .extracting(Instance::version)
                    .containsExactly("1.0.6", "1.0.7", "1.0.6");
            assertThat(stand.platform.plan(spec).changes())
                    .extracting(Change::resource)
                    .containsExactly("instance i2");

            StackSpec next = spec.withVersion("1.0.7");
            assertThat(stand.apply(next).instances())
                    .extracting(Instance::version)
                    .containsOnly("1.0.7");
            assertThat(stand.edgeSays()).isEqualTo("1.0.7");
            assertThat(stand.platform.plan(next).isEmpty()).isTrue();

            StackSpec smaller = stand.pair("1.0.7");
            assertThat(stand.apply(smaller).instances()).hasSize(2);
            assertThat(stand.folder().resolve("i3")).doesNotExist();
        }
        assertThat(root).doesNotExist();
    }

    /** Empty if the file is not modified, by what a browser knows of it. */
    private static String etag(int port, String path, String known) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("If-None-Match", known.isEmpty() ? "\"none\"" : known)
                .build();
        HttpResponse<Void> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());
        return response.statusCode() == 304
                ? ""
                : response.headers().firstValue("ETag").orElseThrow();
    }

    @Test
    void servesTheSiteFirstAndTheApplicationOtherwise() throws Exception {
        Path site = Files.createDirectory(root.resolve("site"));
        Files.writeString(site.resolve("hello.txt"), "hello");
        Files.writeString(site.resolve(".env"), "secret");
        try (Stand stand = new Stand(root.resolve("state"))) {
            StackSpec spec = stand.spec("1.0.6")
                    .site(site)
                    .app(AppSpec.SAMPLE_IMAGE, AppSpec.DEFAULT_PORT)
                    .build();
            stand.apply(spec);
            int port = stand.status().edge().orElseThrow().getPort();

            assertThat(probe.ask(port, "/hello.txt").body()).isEqualTo("hello");
            assertThat(probe.ask(port, "/").body()).contains("Version <b>1.0.6</b>", "<b>i1</b>");
            assertThat(probe.ask(port, "/.env").status()).isEqualTo(404);

            Files.writeString(site.resolve("hello.txt"), "hello again");
            assertThat(probe.ask(port, "/hello.txt").body()).isEqualTo("hello");
            assertThat(stand.apply(spec).state()).isEqualTo(StackState.RUNNING);
            assertThat(probe.ask(port, "/hello.txt").body()).isEqualTo("hello again");

            String etag = etag(port, "/hello.txt", "");
            Files.writeString(site.resolve("hello.txt"), "HELLO again");
            stand.apply(spec);
            assertThat(etag(port, "/hello.txt", etag)).isNotEqualTo(etag).startsWith("\"");
        }
    }

    @Test
    void runsTheUsersOwnCommandWithPortVersionAndItsOwnEnvironment() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Path program = Files.writeString(root.resolve("App.java"), """
                import com.sun.net.httpserver.HttpServer;
                import java.net.InetSocketAddress;
                class App {
                    public static void main(String[] a) throws Exception {
                        var server = HttpServer.create(
                                new InetSocketAddress("127.0.0.1", Integer.parseInt(System.getenv("PORT"))), 0);
                        byte[] body = ("mine " + System.getenv("VERSION") + System.getenv("COLOR")).getBytes();
                        server.createContext("/", e -> {
                            e.sendResponseHeaders(200, body.length); e.getResponseBody().write(body); e.close(); });
                        server.start();
                    }
                }
                """);
        try (Stand stand = new Stand(root.resolve("state"))) {
            StackSpecBuilder spec =
                    stand.spec("2.0").baseFolder(root).command(List.of("sh", "-c", java + " " + program.getFileName()));
            stand.apply(spec.environment(new AppEnvironment(Map.of("COLOR", " $blue"), Map.of()))
                    .build());
            int port = stand.status().edge().orElseThrow().getPort();
            assertThat(probe.ask(port, "/").body()).isEqualTo("mine 2.0 $blue");

            StackSpec red = spec.environment(new AppEnvironment(Map.of("COLOR", " red"), Map.of()))
                    .build();
            assertThat(stand.platform.plan(red).changes())
                    .singleElement()
                    .satisfies(change -> assertThat(change.fields())
                            .containsExactly(new FieldChange("env COLOR", " $blue", " red")));
            stand.apply(red);
            assertThat(probe.ask(port, "/").body()).isEqualTo("mine 2.0 red");
            assertThat(stand.platform.plan(red).isEmpty()).isTrue();
        }
    }

    @Test
    void anApplicationThatEndsAtOnceIsReportedWithItsLastWords() throws Exception {
        try (Stand stand = new Stand(root)) {
            StackSpec spec = stand.spec("1")
                    .command(List.of("sh", "-c", "echo no database; exit 3"))
                    .build();

            assertThatThrownBy(() -> stand.apply(spec))
                    .hasMessageContaining("instance i1 failed: its application ended at once")
                    .hasMessageContaining("no database");
            assertThat(stand.apply(stand.spec("1").build()).state()).isEqualTo(StackState.RUNNING);
        }
    }

    @Test
    void aSingleInstanceIsItsOwnEdgeAndCannotBeDrained() throws Exception {
        try (Stand stand = new Stand(root)) {
            int port = new Ports(stand.name + "edge").choose(Set.of());
            StackSpec single = stand.spec("1.0.6").local(port).build();
            StackStatus status = stand.apply(single);

            assertThat(status.instances().get(0).address().orElseThrow().getPort())
                    .isEqualTo(port);
            assertThat(stand.folder().resolve("edge")).doesNotExist();
            assertThatThrownBy(() -> stand.platform.drain(stand.name, InstanceId.of("i1"), stand.listener))
                    .isInstanceOf(OperationRefusedException.class)
                    .hasMessageContaining("has no load balancer");

            StackSpec grown = stand.spec("1.0.6")
                    .shape(Shape.HIGHLY_AVAILABLE)
                    .local(port)
                    .build();
            assertThat(stand.apply(grown).state()).isEqualTo(StackState.RUNNING);
            assertThat(probe.ask(port, "/version.txt").body()).isEqualTo("1.0.6");
            stand.platform.drain(stand.name, InstanceId.of("i1"), stand.listener);
            StackStatus shrunk = stand.apply(single);
            assertThat(shrunk.problems()).isEmpty();
            assertThat(shrunk.instances()).hasSize(1);
            assertThat(probe.ask(port, "/version.txt").body()).isEqualTo("1.0.6");
            assertThat(stand.platform.plan(single).isEmpty()).isTrue();
        }
    }

    @Test
    void neverDrainsTheLastInstanceInRotation() throws Exception {
        try (Stand stand = new Stand(root)) {
            stand.apply(stand.pair("1"));
            stand.platform.drain(stand.name, InstanceId.of("i1"), stand.listener);

            assertThat(stand.status().instances())
                    .extracting(Instance::rotation)
                    .containsExactly(Rotation.DRAINED, Rotation.IN);
            assertThatThrownBy(() -> stand.platform.drain(stand.name, InstanceId.of("i2"), stand.listener))
                    .isInstanceOf(OperationRefusedException.class)
                    .hasMessageContaining("users would reach nobody");

            stand.platform.rejoin(stand.name, InstanceId.of("i1"), stand.listener);
            assertThat(stand.status().state()).isEqualTo(StackState.RUNNING);
        }
    }

    @Test
    void refusesAPlanThatWasMadeBeforeTheStackChanged() throws Exception {
        try (Stand stand = new Stand(root)) {
            Plan first = stand.platform.plan(stand.spec("1").build());
            stand.platform.apply(first, ProgressListener.none());

            assertThatThrownBy(() -> stand.platform.apply(first, ProgressListener.none()))
                    .isInstanceOf(StalePlanException.class)
                    .hasMessageContaining("Make a new plan");
        }
    }

    @Test
    void aTakenEdgePortOfTheUsersChoiceIsRefusedBeforeAnythingIsDone() throws Exception {
        try (Stand stand = new Stand(root);
                ServerSocket other = new ServerSocket()) {
            int port = new Ports("other").choose(Set.of());
            other.bind(Ports.address(port));

            assertThatThrownBy(() -> stand.apply(stand.spec("1").local(port).build()))
                    .isInstanceOf(PortTakenException.class)
                    .hasMessageContaining("java (pid " + ProcessHandle.current().pid() + ")");
            assertThat(stand.folder()).doesNotExist();
            assertThat(stand.status().state()).isEqualTo(StackState.ABSENT);
        }
    }

    @Test
    void aRememberedPortThatSomebodyTookMeanwhileIsReplacedAndSaid() throws Exception {
        try (Stand stand = new Stand(root)) {
            stand.apply(stand.spec("1").build());
            int port = stand.status().edge().orElseThrow().getPort();
            Stand.signal("QUIT", stand.pid("i1/nginx.pid"));
            try (ServerSocket other = new ServerSocket()) {
                while (!Ports.isFree(port)) {
                    Thread.onSpinWait();
                }
                other.bind(Ports.address(port));

                stand.apply(stand.spec("1").build());
                assertThat(stand.status().edge().orElseThrow().getPort()).isNotEqualTo(port);
                assertThat(stand.edgeSays()).isEqualTo("1");
                assertThat(stand.notices()).anyMatch(notice -> notice.startsWith("port " + port + " was taken"));
            }
        }
    }

    @Test
    void aFolderWithSpacesAndALongPathIsAsGoodAsAnother() throws Exception {
        Path deep = root.resolve("state of things").resolve("x".repeat(120));
        Path link = Files.createSymbolicLink(root.resolve("link"), Files.createDirectories(deep));
        try (Stand stand = new Stand(link)) {
            stand.apply(stand.pair("1"));
            stand.ship("i1", "2");

            assertThat(stand.apply(stand.pair("2")).problems()).isEmpty();
            assertThat(stand.edgeSays()).isEqualTo("2");
        }
        assertThat(link).isEmptyDirectory();
    }

    @Test
    void whatIsNotThereIsSaid() throws InterruptedException {
        LocalPlatform platform = LocalPlatform.builder().stateFolder(root).build();
        StackSpec spec =
                StackSpec.builder("shop", "1").site(root.resolve("nowhere")).build();

        assertThatThrownBy(() -> platform.plan(spec))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("/site: there is no folder");
        assertThatThrownBy(() -> platform.drain(spec.name(), InstanceId.of("i1"), ProgressListener.none()))
                .isInstanceOf(UnknownInstanceException.class)
                .hasMessageContaining("no such stack");
        assertThat(platform.status(spec.name()).state()).isEqualTo(StackState.ABSENT);
    }

    @Test
    void missingProgramsAreNamedBeforeAnythingIsDone() {
        LocalPlatform platform = LocalPlatform.builder()
                .stateFolder(root.resolve("state"))
                .programFolders(List.of(root))
                .build();
        StackSpec spec =
                StackSpec.builder("shop", "1").shape(Shape.HIGHLY_AVAILABLE).build();

        assertThatThrownBy(() -> platform.plan(spec))
                .isInstanceOf(MissingToolException.class)
                .hasMessageContaining("nginx and haproxy");
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void theStateLiesWhereTheXdgSpecificationSays() {
        Path home = Path.of("/home/me");

        assertThat(LocalPlatformBuilder.defaultStateFolder(Map.of(), home))
                .isEqualTo(Path.of("/home/me/.local/state/upkeep"));
        assertThat(LocalPlatformBuilder.defaultStateFolder(Map.of("XDG_STATE_HOME", "/var/state"), home))
                .isEqualTo(Path.of("/var/state/upkeep"));
        assertThat(LocalPlatformBuilder.defaultStateFolder(Map.of("XDG_STATE_HOME", "relative"), home))
                .isEqualTo(Path.of("/home/me/.local/state/upkeep"));
    }

    @Test
    void aFileInPlaceOfTheStateFolderIsSaid() throws IOException {
        Path file = Files.writeString(root.resolve("file"), "");
        LocalPlatform platform = LocalPlatform.builder().stateFolder(file).build();
        StackSpec spec = StackSpec.builder("shop", "1").build();

        assertThatThrownBy(() -> platform.apply(platform.plan(spec), ProgressListener.none()))
                .isInstanceOf(dev.upkeep.infra.failure.StateFolderException.class)
                .hasMessageContaining("choose another state folder");
    }
}
