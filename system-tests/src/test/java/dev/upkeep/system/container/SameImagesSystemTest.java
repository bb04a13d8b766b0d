package dev.upkeep.system.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.system.DockerRegistry;
import dev.upkeep.system.Ports;
import dev.upkeep.system.Waiting;
import dev.upkeep.system.command.Program;
import dev.upkeep.system.command.Upkeep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code docker build} makes of the recipes, beside what the command makes without Docker. */
@Timeout(600)
@TestInstance(Lifecycle.PER_CLASS)
@UsesDockerEngine
class SameImagesSystemTest {
    /** What Docker knows of an image and Jib cannot write: how it is stopped, and its health check. */
    private static final String CONFIGURATION = "{{.Config.User}} {{.Config.Entrypoint}} {{.Config.Cmd}} "
            + "{{.Config.ExposedPorts}} {{.Config.WorkingDir}} {{.Architecture}} {{.Os}}";

    private DockerEngine engine;
    private DockerRegistry registry;
    private Recipes recipes;
    private Path folder;
    private String web;
    private String app;
    private String edge;
    private String webWithout;
    private String appWithout;
    private String edgeWithout;

    @BeforeAll
    @Timeout(600)
    void build(@TempDir Path shared) throws IOException {
        folder = shared;
        engine = DockerEngine.start();
        registry = DockerRegistry.open(Files.createDirectory(folder.resolve("registry")));
        recipes = new Recipes(engine, Files.createDirectory(folder.resolve("recipes")));
        web = recipes.web("1.0.6");
        app = recipes.app("1.0.6");
        edge = recipes.edge();
        buildWithoutDocker();
    }

    private void buildWithoutDocker() throws IOException {
        String base = BaseImage.in(engine, registry);
        Files.writeString(folder.resolve("upkeep.yaml"), """
                stack: shop
                platform: local
                version: "1.0.6"
                site: %s
                app: { base: "BASE", port: 8000, health: /healthz }
                images: { registry: "REGISTRY", nginx: "BASE" }
                """.replace("REGISTRY", registry.address())
                .replace("BASE", base)
                .formatted(recipes.docker().resolve("web/site")));
        String pushed = Upkeep.in(folder, "image", "push", "--edge", "--output", "json")
                .with("XDG_CACHE_HOME", folder.resolve("cache").toString())
                .run()
                .with(0)
                .out();
        webWithout = pull("web:1.0.6");
        appWithout = pull("app:1.0.6");
        Matcher edgeName = Pattern.compile("edge:content-[0-9a-f]{12}").matcher(pushed);
        assertThat(edgeName.find()).as(pushed).isTrue();
        edgeWithout = pull(edgeName.group());
    }

    private String pull(String name) {
        String image = registry.address() + "/shop/" + name;
        engine.docker("pull", "--quiet", image).with(0);
        return image;
    }

    @AfterAll
    void stop() {
        registry.close();
        engine.docker("image", "rm", "--force", webWithout, appWithout, edgeWithout, registry.address() + "/base:1");
        engine.close();
    }

    private List<String> configuration(String image) {
        List<String> lines = new ArrayList<>(engine.inspect(image, "{{range .Config.Env}}{{println .}}{{end}}")
                .lines()
                .sorted()
                .toList());
        lines.add(engine.inspect(image, CONFIGURATION));
        return lines;
    }

    /** Path, rights, owner and content of everything that the recipe added to its base. */
    private String added(String image, String... folders) {
        String list =
                "find " + String.join(" ", folders) + " ! -type d -printf '%p %m %U:%G %y %l ' -exec sha256sum {} ';'"
                        + " ; find " + String.join(" ", folders) + " -type d -printf '%p %m %U:%G\\n'";
        return engine.docker(
                        "run",
                        "--rm",
                        "--network=none",
                        "--user=0",
                        "--entrypoint=sh",
                        image,
                        "-c",
                        "{ " + list + "; } | sort")
                .with(0)
                .out();
    }

    @Test
    @Tag("docker")
    void theWebImagesHoldTheSame() {
        assertThat(configuration(webWithout)).isEqualTo(configuration(web));
        assertThat(added(webWithout, "/etc/upkeep", "/srv/upkeep", "/run/upkeep"))
                .isEqualTo(added(web, "/etc/upkeep", "/srv/upkeep", "/run/upkeep"))
                .contains(
                        "/srv/upkeep/version.txt 644 0:0",
                        "/srv/upkeep/site/robots.txt",
                        "/run/upkeep 755 10001:10001");
    }

    @Test
    @Tag("docker")
    void theImagesOfTheSampleHoldTheSame() {
        assertThat(configuration(appWithout)).isEqualTo(configuration(app));
        assertThat(added(appWithout, "/app")).isEqualTo(added(app, "/app")).contains("SampleApp.class 644 0:0");
        String version = "{{index .Config.Labels \"org.opencontainers.image.version\"}}";
        assertThat(engine.inspect(appWithout, version))
                .isEqualTo(engine.inspect(app, version))
                .isEqualTo("1.0.6");
    }

    @Test
    @Tag("docker")
    void theEdgesHoldTheSame() {
        assertThat(configuration(edgeWithout)).isEqualTo(configuration(edge));
        assertThat(added(edgeWithout, "/etc/upkeep", "/usr/lib/upkeep"))
                .isEqualTo(added(edge, "/etc/upkeep", "/usr/lib/upkeep"))
                .contains("/etc/upkeep/nginx.conf 644 0:0", "/usr/lib/upkeep/upkeep-run 755 0:0");
    }

    @Test
    @Tag("docker")
    void composeServesFromImagesThatWereMadeWithoutDocker() throws IOException {
        int port = Ports.free();
        Path images = folder.resolve("images.yaml");
        Files.writeString(images, """
                version: "3.7"
                services:
                  edge: { image: "%s" }
                  web: { image: "%s" }
                  app: { image: "%s" }
                """.formatted(edgeWithout, webWithout, appWithout));
        List<String> files =
                List.of("-f", recipes.docker().resolve("compose.yaml").toString(), "-f", images.toString());
        try {
            compose(port, files, "up", "--detach", "--no-build");

            Waiting.until("it is ready", () -> Http.get(port, Http.READY).endsWith("\n\n1.0.6"));
            assertThat(Http.get(port, "/")).contains("Version <b>1.0.6</b>");
            assertThat(Http.get(port, "/robots.txt")).contains("User-agent: *");
        } finally {
            compose(port, files, "down", "--volumes");
        }
    }

    private void compose(int port, List<String> files, String... words) {
        Program compose = Program.of(folder, "docker-compose", "--project-name", "same" + port)
                .and(files.toArray(String[]::new))
                .and(words)
                .with("PUBLISH", "127.0.0.1:" + port);
        engine.run(folder, compose).with(0);
    }
}
