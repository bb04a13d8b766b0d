package dev.upkeep.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.system.command.Ended;
import dev.upkeep.system.command.Program;
import dev.upkeep.system.command.Upkeep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Images to a real registry that demands the tokens of a server, and checks their signatures itself. */
@Timeout(180)
class RegistryTokenSystemTest {
    private final Peers peers = new Peers();
    private final Path home = peers.folder("home");

    @BeforeEach
    void makeSite() throws IOException {
        Files.createDirectories(home.resolve("site"));
        Files.writeString(home.resolve("site/index.html"), "hello");
        describe("scratch");
    }

    @AfterEach
    void close() {
        peers.close();
    }

    private void describe(String base) throws IOException {
        Files.writeString(home.resolve("upkeep.yaml"), """
                stack: shop
                platform: local
                version: "1.0.6"
                site: ./site
                images: { nginx: "%s" }
                """.formatted(base));
    }

    private TokenServer tokens(String... granted) {
        return peers.closing(TokenServer.granting(peers.folder("tokens"), granted));
    }

    private DockerRegistry registry(TokenServer tokens) {
        return peers.closing(DockerRegistry.withTokensOf(peers.folder("registry"), tokens.configuration()));
    }

    private Program push(DockerRegistry registry) {
        return Upkeep.in(home, "image", "push", "--registry", registry.address())
                .with("XDG_CACHE_HOME", home.resolve("cache").toString());
    }

    private static Program knowing(Program push, String password) {
        return push.with("UPKEEP_REGISTRY_USER", DockerRegistry.USER).with("UPKEEP_REGISTRY_PASSWORD", password);
    }

    @Test
    void aPushShowsATokenAndNeitherItNorThePasswordToTheUser() {
        TokenServer tokens = tokens("pull", "push");
        DockerRegistry registry = registry(tokens);

        Ended first = knowing(push(registry).and("--debug"), DockerRegistry.PASSWORD)
                .run()
                .with(0);
        Ended second = knowing(push(registry), DockerRegistry.PASSWORD).run().with(0);

        assertThat(first.err()).contains("sent, 2 of 2 layers");
        assertThat(second.err()).contains("unchanged, sha256:");
        assertThat(tokens.asked()).contains("repository:shop/web:pull", "repository:shop/web:pull,push");
        assertThat(first.out() + first.err()).doesNotContain(DockerRegistry.PASSWORD, "eyJ");
    }

    @Test
    void aBaseBehindTokensIsPulledAndItsLayersAreTakenOverWithoutSendingThem() throws IOException {
        TokenServer tokens = tokens("pull", "push");
        DockerRegistry registry = registry(tokens);
        base(registry);
        describe(registry.address() + "/team/base:1");

        Ended pushed = knowing(push(registry), DockerRegistry.PASSWORD).run().with(0);

        assertThat(pushed.err()).contains("sent, 2 of 3 layers");
        assertThat(tokens.asked()).anyMatch(scope -> scope.contains("team/base:pull") && scope.contains("shop/web"));
    }

    private void base(DockerRegistry registry) throws IOException {
        Files.createDirectories(home.resolve("tree/etc"));
        Files.writeString(home.resolve("tree/etc/base"), "base");
        for (List<String> umoci : List.of(
                List.of("umoci", "init", "--layout", "oci"),
                List.of("umoci", "new", "--image", "oci:1"),
                List.of("umoci", "insert", "--rootless", "--image", "oci:1", "tree", "/"))) {
            Command.run(home, umoci).orFail();
        }
        registry.take(
                home, "oci:1", "team/base:1", "--dest-creds", DockerRegistry.USER + ":" + DockerRegistry.PASSWORD);
    }

    @Test
    void aWrongPasswordIsRefusedByTheServerOfTheTokens() {
        DockerRegistry registry = registry(tokens("pull", "push"));

        assertThat(knowing(push(registry), "wr0ng-pass").run().with(1).err())
                .contains(
                        "Tried to get a token for shop/web",
                        "as user deployer: it answered 401",
                        "check user and password")
                .doesNotContain("wr0ng-pass");
        assertThat(push(registry).run().with(1).err()).contains("without a user: it answered 401", "log in with");
    }

    @Test
    void aTokenWithoutTheRightToPushIsNotTakenForAWrongPassword() {
        TokenServer tokens = tokens("pull");
        DockerRegistry registry = registry(tokens);

        assertThat(knowing(push(registry), DockerRegistry.PASSWORD)
                        .run()
                        .with(1)
                        .err())
                .contains(
                        "as user deployer: it answered 401", "this user may not do that; ask whoever runs the registry")
                .doesNotContain("check user and password");
        assertThat(tokens.asked()).hasSizeLessThanOrEqualTo(4);
    }
}
