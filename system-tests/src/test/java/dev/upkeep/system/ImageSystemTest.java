package dev.upkeep.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.upkeep.system.command.Ended;
import dev.upkeep.system.command.Program;
import dev.upkeep.system.command.Running;
import dev.upkeep.system.command.Upkeep;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Images against a real registry, looked at by skopeo. */
@Timeout(180)
class ImageSystemTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final int MIDDLE = 256 * 1024;

    private final Peers peers = new Peers();
    private final Path home = peers.folder("home");

    @BeforeEach
    void makeStack() throws IOException {
        base("amd64");
        Files.createDirectories(home.resolve("site"));
        Files.writeString(home.resolve("site/index.html"), "hello");
        Files.createDirectories(home.resolve("app"));
        Files.writeString(home.resolve("app/run"), "#!/bin/sh\n");
        describe("1.0.6");
    }

    @AfterEach
    void close() {
        peers.close();
    }

    /** A base as small as can be, made without a container engine. */
    private void base(String architecture) throws IOException {
        Path tree = Files.createDirectories(home.resolve("tree/etc"));
        Files.writeString(tree.resolve("base"), architecture);
        if (!Files.exists(home.resolve("oci"))) {
            umoci("init", "--layout", "oci");
        }
        umoci("new", "--image", "oci:" + architecture);
        umoci("insert", "--rootless", "--image", "oci:" + architecture, "tree", "/");
        umoci("config", "--image", "oci:" + architecture, "--architecture", architecture);
    }

    private void umoci(String... words) {
        List<String> command = new ArrayList<>(List.of("umoci"));
        command.addAll(List.of(words));
        Command.run(home, command).orFail();
    }

    private void describe(String version) throws IOException {
        describe(version, "nginx: oci:amd64");
    }

    private void describe(String version, String images) throws IOException {
        Files.writeString(home.resolve("upkeep.yaml"), """
                stack: shop
                platform: local
                version: "%s"
                site: ./site
                app: { image: ./app, base: oci:amd64, command: [./run], port: 8080 }
                images: { %s }
                """.formatted(version, images));
    }

    private Program image(String... words) {
        return Upkeep.in(home, "image")
                .and(words)
                .with("XDG_CACHE_HOME", home.resolve("cache").toString());
    }

    private Program push(String registry) {
        return image("push", "--registry", registry, "--output", "json");
    }

    private static JsonNode json(Ended ended, String name) throws IOException {
        for (JsonNode each : JSON.readTree(ended.out()).path("images")) {
            if (each.path("name").asText().equals(name)) {
                return each;
            }
        }
        throw new AssertionError("no image " + name + " in " + ended);
    }

    private DockerRegistry registry() {
        return peers.closing(DockerRegistry.open(peers.folder("registry")));
    }

    @Test
    void aSecondPushSendsNothingAndAnotherClientFindsTheSameDigest() throws IOException {
        DockerRegistry registry = registry();

        Ended first = push(registry.address()).run().with(0);

        assertThat(json(first, "web").path("outcome").asText()).isEqualTo("sent");
        assertThat(json(first, "web").path("layersSent").asInt()).isEqualTo(3);
        assertThat(registry.digest("shop/web:1.0.6"))
                .isEqualTo(json(first, "web").path("digest").asText());
        assertThat(registry.digest("shop/app:1.0.6"))
                .isEqualTo(json(first, "app").path("digest").asText());
        long written = registry.requests("POST") + registry.requests("PATCH") + registry.requests("PUT");

        Ended second = push(registry.address()).run().with(0);

        assertThat(json(second, "web").path("outcome").asText()).isEqualTo("unchanged");
        assertThat(registry.requests("POST") + registry.requests("PATCH") + registry.requests("PUT"))
                .isEqualTo(written);
    }

    @Test
    void whatWasPushedCanStillBeBuiltWithoutARegistry() throws IOException {
        Ended pushed = push(registry().address()).run().with(0);

        Ended built = image("build", "--output", "json").run().with(0);

        assertThat(json(built, "web").path("digest"))
                .isEqualTo(json(pushed, "web").path("digest"));
    }

    /** The whole run is told from a build by the folder for layers: what was only looked up does not make one. */
    @Test
    void whatIsKnownToBeThereIsNotBuiltAgain() throws IOException {
        DockerRegistry registry = registry();
        Ended first = push(registry.address()).run().with(0);
        forgetLayers();
        Files.setLastModifiedTime(home.resolve("site/index.html"), FileTime.fromMillis(5000));
        long written = registry.requests("POST") + registry.requests("PATCH") + registry.requests("PUT");

        Ended second = push(registry.address()).run().with(0);

        for (String name : List.of("web", "app")) {
            assertThat(json(second, name).path("outcome").asText()).isEqualTo("unchanged");
            for (String same : List.of("digest", "size", "reference")) {
                assertThat(json(second, name).path(same))
                        .isEqualTo(json(first, name).path(same));
            }
        }
        assertThat(second.err()).doesNotContain("building on");
        assertThat(home.resolve("cache/upkeep/images/layers")).doesNotExist();
        assertThat(registry.requests("POST") + registry.requests("PATCH") + registry.requests("PUT"))
                .isEqualTo(written);
    }

    private void forgetLayers() {
        Command.run("rm", "-r", home.resolve("cache/upkeep/images/layers").toString())
                .orFail();
    }

    @Test
    void anEditThatKeepsSizeAndTimeIsNoticed() throws IOException {
        DockerRegistry registry = registry();
        push(registry.address()).run().with(0);
        Path page = home.resolve("site/index.html");
        FileTime time = Files.getLastModifiedTime(page);
        Files.writeString(page, "HELLO");
        Files.setLastModifiedTime(page, time);

        assertThat(push(registry.address()).run().with(1).err()).contains("another image under this tag");

        Files.writeString(page, "hello");
        assertThat(json(push(registry.address()).run().with(0), "web")
                        .path("outcome")
                        .asText())
                .isEqualTo("unchanged");
    }

    @Test
    void aBaseThatMovedIsNoticed() throws IOException {
        DockerRegistry registry = registry();
        describe("1.0.6", "nginx: '" + registry.address() + "/base:1'");
        registry.take(home, "oci:amd64", "base:1");
        push(registry.address()).run().with(0);
        Files.writeString(home.resolve("tree/etc/base"), "another");
        umoci("insert", "--rootless", "--image", "oci:amd64", "tree", "/");
        registry.take(home, "oci:amd64", "base:1");

        assertThat(push(registry.address()).run().with(1).err()).contains("another image under this tag");
    }

    @Test
    void whatTheRegistryNoLongerHasIsSentAgain() throws IOException {
        push(registry().address()).run().with(0);
        DockerRegistry another = registry();

        Ended again = push(another.address()).run().with(0);

        assertThat(json(again, "web").path("outcome").asText()).isEqualTo("sent");
        assertThat(json(again, "web").path("layersSent").asInt()).isEqualTo(3);
        assertThat(another.digest("shop/web:1.0.6"))
                .isEqualTo(json(again, "web").path("digest").asText());

        Command.run("skopeo", "delete", "--tls-verify=false", "docker://" + another.address() + "/shop/web:1.0.6")
                .orFail();
        assertThat(json(push(another.address()).run().with(0), "web")
                        .path("outcome")
                        .asText())
                .isEqualTo("sent");
        assertThat(another.digest("shop/web:1.0.6"))
                .isEqualTo(json(again, "web").path("digest").asText());
    }

    @Test
    void aNewVersionSendsOnlyTheLayersThatChanged() throws IOException {
        DockerRegistry registry = registry();
        push(registry.address()).run().with(0);
        describe("1.0.7");

        Ended next = push(registry.address()).run().with(0);

        assertThat(json(next, "web").path("layersSent").asInt()).isEqualTo(1);
        assertThat(json(next, "web").path("layersThere").asInt()).isEqualTo(2);
        assertThat(json(next, "app").path("layersSent").asInt()).isZero();
        assertThat(image("list", "--registry", registry.address())
                        .run()
                        .with(0)
                        .out()
                        .lines())
                .hasSize(4);
    }

    @Test
    void aTagThatStandsForAnotherImageIsNeverMoved() throws IOException {
        DockerRegistry registry = registry();
        push(registry.address()).run().with(0);
        String before = registry.digest("shop/web:1.0.6");
        long sent = registry.requests("PATCH");
        Files.writeString(home.resolve("site/index.html"), "HELLO");

        Ended refused = push(registry.address()).run().with(1);

        assertThat(refused.err())
                .contains(
                        "the registry has another image under this tag, " + before,
                        "give what has changed a new version");
        assertThat(registry.digest("shop/web:1.0.6")).isEqualTo(before);
        assertThat(registry.requests("PATCH")).isEqualTo(sent);
    }

    @Test
    void anImageThatCannotBeBuiltKeepsTheOthersFromTakingTheVersion() throws IOException {
        DockerRegistry registry = registry();
        Files.writeString(
                home.resolve("upkeep.yaml"),
                Files.readString(home.resolve("upkeep.yaml"))
                        .replace("app: { image: ./app, base: oci:amd64", "app: { image: ./app, base: oci:nothing"));

        assertThat(push(registry.address()).run().with(1).err()).contains("the layout has no such image");

        assertThat(image("list", "--registry", registry.address()).run().with(0).out())
                .isEmpty();
        assertThat(image("push", "--tar", ".").run().with(64).err()).contains("--tar is for build only");
    }

    @Test
    void theSameFilesGiveTheSameDigestWhateverIsAroundThem() throws IOException {
        Ended here = image("build", "--output", "json").run().with(0);
        Path elsewhere = peers.folder("elsewhere");
        // The other copy has other times, other modes and another order in its folders.
        Command.run(elsewhere, List.of("sh", "-c", """
                umask 077; cp -r %1$s/oci . && mkdir app site && cat %1$s/app/run > app/run &&
                cat %1$s/site/index.html > site/index.html && cat %1$s/upkeep.yaml > upkeep.yaml &&
                touch -d 2001-01-01 site/index.html
                """.formatted(home))).orFail();

        Ended there = Upkeep.in(elsewhere, "image", "build", "--output", "json")
                .with("XDG_CACHE_HOME", elsewhere.resolve("cache").toString())
                .with("TZ", "Asia/Tokyo")
                .with("JAVA_TOOL_OPTIONS", "-Duser.language=tr -Duser.timezone=Asia/Tokyo")
                .through(List.of("sh", "-c", "umask 077; exec \"$@\"", "sh"))
                .run()
                .with(0);

        assertThat(json(there, "web").path("digest"))
                .isEqualTo(json(here, "web").path("digest"));
        assertThat(json(there, "app").path("digest"))
                .isEqualTo(json(here, "app").path("digest"));
    }

    @Test
    void aPasswordIsFoundWhereDockerLoginPutItOrInTheEnvironmentAndNeverShown() throws IOException {
        DockerRegistry registry = peers.closing(DockerRegistry.withPassword(peers.folder("registry")));
        String secret = Base64.getEncoder()
                .encodeToString((DockerRegistry.USER + ":" + DockerRegistry.PASSWORD).getBytes(StandardCharsets.UTF_8));

        Ended nobody = push(registry.address()).run().with(1);
        Ended wrong = push(registry.address())
                .with("UPKEEP_REGISTRY_USER", DockerRegistry.USER)
                .with("UPKEEP_REGISTRY_PASSWORD", "wr0ng-pass")
                .run()
                .with(1);
        Ended right = push(registry.address())
                .and("--debug")
                .with("UPKEEP_REGISTRY_USER", DockerRegistry.USER)
                .with("UPKEEP_REGISTRY_PASSWORD", DockerRegistry.PASSWORD)
                .run()
                .with(0);
        Path docker = Files.createDirectories(home.resolve("docker"));
        Files.writeString(
                docker.resolve("config.json"),
                "{\"auths\": {\"" + registry.address() + "\": {\"auth\": \"" + secret + "\"}}}");
        Ended again = push(registry.address())
                .with("DOCKER_CONFIG", docker.toString())
                .run()
                .with(0);

        assertThat(nobody.err()).contains("without a user: it answered 401", "docker login " + registry.address());
        assertThat(wrong.err()).contains("as user deployer: it answered 401", "check user and password");
        assertThat(json(again, "web").path("outcome").asText()).isEqualTo("unchanged");
        assertThat(wrong.out() + wrong.err()).doesNotContain("wr0ng-pass");
        assertThat(right.out() + right.err() + again.out() + again.err())
                .doesNotContain(DockerRegistry.PASSWORD, secret);
    }

    @Test
    void aPushThatBreaksOffInTheMiddleIsGoneOnWith() throws IOException {
        DockerRegistry registry = registry();
        CuttingProxy proxy = peers.closing(new CuttingProxy(registry.port(), 1));

        Ended pushed = push(proxy.address()).run().with(0);

        assertThat(proxy.cutsLeft()).isZero();
        assertThat(pushed.err()).contains("the connection broke", "trying again");
        assertThat(registry.digest("shop/web:1.0.6"))
                .isEqualTo(json(pushed, "web").path("digest").asText());
    }

    @Test
    void aPushThatBreaksOffInTheMiddleOfALayerBehindAPasswordIsGoneOnWith() throws IOException {
        DockerRegistry registry = peers.closing(DockerRegistry.withPassword(peers.folder("registry")));
        CuttingProxy proxy = peers.closing(CuttingProxy.afterBytesSent(registry.port(), MIDDLE));
        Files.write(home.resolve("site/large"), noise());

        Ended pushed = push(proxy.address())
                .with("UPKEEP_REGISTRY_USER", DockerRegistry.USER)
                .with("UPKEEP_REGISTRY_PASSWORD", DockerRegistry.PASSWORD)
                .run()
                .with(0);

        assertThat(proxy.cutsLeft()).isZero();
        assertThat(pushed.err()).contains("the connection broke", "trying again");
        assertThat(json(pushed, "web").path("outcome").asText()).isEqualTo("sent");
    }

    @Test
    void aBaseWhoseLayerBreaksOffInTheMiddleIsReadAnew() throws IOException {
        DockerRegistry registry = registry();
        Files.write(home.resolve("tree/etc/large"), noise());
        umoci("insert", "--rootless", "--image", "oci:amd64", "tree", "/");
        registry.take(home, "oci:amd64", "base:1");
        CuttingProxy proxy = peers.closing(CuttingProxy.afterBytesAnswered(registry.port(), MIDDLE));
        describe("1.0.6", "nginx: '" + proxy.address() + "/base:1'");

        Ended pushed = push(registry.address()).run().with(0);

        assertThat(proxy.cutsLeft()).isZero();
        assertThat(registry.digest("shop/web:1.0.6"))
                .isEqualTo(json(pushed, "web").path("digest").asText());
    }

    /** A file that no compression makes smaller. */
    private static byte[] noise() {
        byte[] bytes = new byte[4 * MIDDLE];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    @Test
    void aPushThatBreaksOffAgainAndAgainFailsAndLeavesNoTag() {
        DockerRegistry registry = registry();
        CuttingProxy proxy = peers.closing(new CuttingProxy(registry.port(), 1000));

        assertThat(push(proxy.address()).run().with(1).err()).contains("error: ", "the connection broke");

        assertThat(image("list", "--registry", registry.address()).run().with(0).out())
                .isEmpty();
    }

    @Test
    void aPushThatWasKilledAtAnyMomentIsGoneOnWith() throws Exception {
        DockerRegistry registry = registry();
        Files.write(home.resolve("site/large"), noise());
        Ended built = image("build", "--output", "json")
                .with("XDG_CACHE_HOME", home.resolve("another").toString())
                .run()
                .with(0);

        for (int millis : List.of(300, 600, 900, 1200)) {
            try (Running pushing = push(registry.address()).start()) {
                TimeUnit.MILLISECONDS.sleep(millis);
                pushing.killIfRunning();
            }
        }
        Ended pushed = push(registry.address()).run().with(0);

        for (String name : List.of("web", "app")) {
            assertThat(json(pushed, name).path("digest"))
                    .isEqualTo(json(built, name).path("digest"));
            assertThat(registry.digest("shop/" + name + ":1.0.6"))
                    .isEqualTo(json(built, name).path("digest").asText());
        }
    }

    @Test
    void aRegistryThatIsNotThereIsNamed() {
        int port = Ports.free();

        assertThat(push("127.0.0.1:" + port).run().with(1).err())
                .contains("on registry 127.0.0.1:" + port + ", repository shop/web: the connection was refused");
        assertThat(push("registry.invalid").run().with(1).err())
                .contains("on registry registry.invalid", "its name cannot be resolved");
        assertThat(image("push").run().with(64).err()).contains("no registry is named");
    }

    @Test
    void anImageForAnotherProcessorIsRefusedAtOnce() throws IOException {
        describe("1.0.6", "nginx: oci:amd64, platforms: [linux/arm64]");

        assertThat(image("build").run().with(1).err()).contains("it is made for amd64, and linux/arm64 was asked for");
    }

    @Test
    void oneIndexHoldsTheImagesOfSeveralProcessors() throws IOException {
        DockerRegistry registry = registry();
        String base = baseForTwo(registry);
        describe("1.0.6", "nginx: '" + base + "', platforms: [linux/amd64, linux/arm64]");
        Files.writeString(
                home.resolve("upkeep.yaml"),
                Files.readString(home.resolve("upkeep.yaml")).replaceAll("(?m)^app:.*$", "app: none"));

        Ended pushed = push(registry.address()).run().with(0);

        assertThat(registry.digest("shop/web:1.0.6"))
                .isEqualTo(json(pushed, "web").path("digest").asText());
        for (String each : List.of("amd64", "arm64")) {
            assertThat(Command.run(
                                    "skopeo",
                                    "--override-arch",
                                    each,
                                    "inspect",
                                    "--tls-verify=false",
                                    "docker://" + registry.address() + "/shop/web:1.0.6")
                            .orFail()
                            .output())
                    .contains("\"Architecture\": \"" + each + "\"");
        }
    }

    /** A base for two processors, on a registry. */
    private String baseForTwo(DockerRegistry registry) throws IOException {
        base("arm64");
        String base = registry.address() + "/base";
        for (String each : List.of("amd64", "arm64")) {
            Command.run(
                            home,
                            List.of(
                                    "skopeo",
                                    "copy",
                                    "--format",
                                    "v2s2",
                                    "--dest-tls-verify=false",
                                    "oci:oci:" + each,
                                    "docker://" + base + ":" + each))
                    .orFail();
        }
        index(registry);
        return base + ":both";
    }

    /** Nothing on this machine makes an index but curl. */
    private void index(DockerRegistry registry) throws IOException {
        List<String> images = new ArrayList<>();
        for (String each : List.of("amd64", "arm64")) {
            String raw = Command.run(
                            "skopeo",
                            "inspect",
                            "--raw",
                            "--tls-verify=false",
                            "docker://" + registry.address() + "/base:" + each)
                    .orFail()
                    .output();
            images.add("""
                    {"mediaType": "application/vnd.docker.distribution.manifest.v2+json", "size": %d, "digest": "%s",
                     "platform": {"os": "linux", "architecture": "%s"}}
                    """.formatted(raw.length(), registry.digest("base:" + each), each));
        }
        String type = "application/vnd.docker.distribution.manifest.list.v2+json";
        Files.writeString(
                home.resolve("index"),
                "{\"schemaVersion\": 2, \"mediaType\": \"" + type + "\", \"manifests\": [" + String.join(",", images)
                        + "]}");
        Command.run(
                        "curl",
                        "-sSf",
                        "-X",
                        "PUT",
                        "-H",
                        "Content-Type: " + type,
                        "--data-binary",
                        "@" + home.resolve("index"),
                        "http://" + registry.address() + "/v2/base/manifests/both")
                .orFail();
    }

    @Test
    void aTarFileIsWrittenForDockerLoadAndCanBeTheBaseOfAnother() throws IOException {
        image("build", "--tar", ".").run().with(0);
        assertThat(Command.run("skopeo", "inspect", "docker-archive:" + home.resolve("web.tar"))
                        .orFail()
                        .output())
                .contains("\"org.opencontainers.image.version\": \"1.0.6\"");

        describe("1.0.7", "nginx: ./web.tar");
        image("build").run().with(0);
    }

    @Test
    void aTarFileForTwoPlatformsIsRefused() throws IOException {
        DockerRegistry registry = registry();
        baseForTwo(registry);
        describe("1.0.6", "nginx: '" + registry.address() + "/base:both', platforms: [linux/amd64, linux/arm64]");

        assertThat(image("build", "--tar", ".").run().with(1).err())
                .contains("it is to be made for 2 platforms, and a tar file holds one; name one platform, or push it");
        assertThat(home.resolve("web.tar")).doesNotExist();
    }

    @Test
    void oldVersionsGoAndTheOneOfTheFileStays() throws IOException {
        DockerRegistry registry = registry();
        for (String version : List.of("1.0.9", "1.0.10", "1.0.8")) {
            describe(version);
            push(registry.address()).run().with(0);
        }

        Ended shown = image("prune", "--keep", "1", "--dry-run", "--registry", registry.address())
                .run()
                .with(2);
        assertThat(shown.out()).contains("web  1.0.9").doesNotContain("1.0.10", "1.0.8");
        image("prune", "--keep", "1", "--registry", registry.address()).run().with(0);

        assertThat(image("list", "--registry", registry.address()).run().with(0).out())
                .contains("web  1.0.10", "web  1.0.8")
                .doesNotContain("web  1.0.9");
    }

    @Test
    void anOldVersionThatIsAPartOfOneThatStaysIsSpared() throws IOException {
        DockerRegistry registry = registry();
        baseForTwo(registry);
        copy(registry, "base:amd64", "shop/web:1.0.0");
        copy(registry, "base:both", "shop/web:1.1.0");
        describe("1.1.0");

        assertThat(image("prune", "--keep", "1", "--registry", registry.address())
                        .run()
                        .with(0)
                        .out())
                .isEmpty();

        assertThat(registry.digest("shop/web:1.0.0")).isEqualTo(registry.digest("base:amd64"));
    }

    private void copy(DockerRegistry registry, String from, String to) {
        Command.run(
                        home,
                        List.of(
                                "skopeo",
                                "copy",
                                "--all",
                                "--src-tls-verify=false",
                                "--dest-tls-verify=false",
                                "docker://" + registry.address() + "/" + from,
                                "docker://" + registry.address() + "/" + to))
                .orFail();
    }

    @Test
    void aVersionThatIsTakenByOneImageIsNotTakenByTheOthers() throws IOException {
        DockerRegistry registry = registry();
        push(registry.address()).run().with(0);
        copy(registry, "shop/web:1.0.6", "shop/app:1.0.7");
        describe("1.0.7");

        assertThat(push(registry.address()).run().with(1).err()).contains("another image under this tag");

        assertThat(image("list", "--registry", registry.address()).run().with(0).out())
                .contains("app  1.0.7")
                .doesNotContain("web  1.0.7");
    }

    @Test
    void aReleaseTiesAVersionToItsImagesAndKeepsThemFromBeingPruned() throws IOException {
        DockerRegistry registry = registry();
        assertThat(release("create", registry).run().with(1).err()).contains("push it before");
        for (String version : List.of("1.0.6", "1.0.7", "1.0.8")) {
            describe(version);
            push(registry.address()).run().with(0);
            if (!version.equals("1.0.7")) {
                release("create", registry).run().with(0);
            }
        }

        assertThat(release("create", registry).run().with(0).out())
                .contains("unchanged: ", "against 1.0.6:", "web: sha256:", registry.digest("shop/web:1.0.8"));
        assertThat(Upkeep.in(home, "release", "list").run().with(0).out()).contains("1.0.8  ", "1.0.6  ");
        image("prune", "--keep", "1", "--registry", registry.address()).run().with(0);
        assertThat(image("list", "--registry", registry.address()).run().with(0).out())
                .contains("1.0.6", "1.0.8")
                .doesNotContain("1.0.7");
        assertThat(Upkeep.in(home, "release", "show", "1.0.7").run().with(1).err())
                .contains("there is no release 1.0.7");
    }

    private Program release(String action, DockerRegistry registry) {
        return Upkeep.in(home, "release", action, "--registry", registry.address());
    }
}
