package dev.upkeep.system.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.system.Ports;
import dev.upkeep.system.Waiting;
import dev.upkeep.system.command.Ended;
import dev.upkeep.system.command.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The images, built and run by hand with plain Docker as {@code docker/README.md} says. */
@Timeout(600)
@TestInstance(Lifecycle.PER_CLASS)
@UsesDockerEngine
class DockerRecipesSystemTest {
    private DockerEngine engine;
    private Recipes recipes;

    @BeforeAll
    @Timeout(600)
    void start(@TempDir Path folder) {
        engine = DockerEngine.start();
        recipes = new Recipes(engine, folder);
    }

    @AfterAll
    void stop() {
        engine.close();
    }

    @Test
    @Tag("docker")
    void everyImageIsMadeToRunWithoutRights() throws IOException {
        String template =
                "{{.Config.User}} {{.Config.StopSignal}} {{.Config.ExposedPorts}} {{.Config.Healthcheck.Test}}";

        assertThat(engine.inspect(recipes.edge(), template))
                .startsWith("10001:10001 SIGQUIT map[8080/tcp:{} 8443/tcp:{}] [CMD curl ");
        assertThat(engine.inspect(recipes.web("1.0.6"), template))
                .startsWith("10001:10001 SIGQUIT map[7080/tcp:{}] [CMD curl ");
        assertThat(engine.inspect(recipes.app("1.0.6"), template))
                .startsWith("10001:10001 SIGTERM map[8000/tcp:{}] [CMD java ")
                .endsWith(" --health]");
        assertThat(engine.inspect(recipes.upkeep(), template)).isEqualTo("10001:10001 SIGTERM map[] [NONE]");
        for (String recipe : List.of("edge", "web", "app", "upkeep")) {
            assertThat(Files.readString(recipes.docker().resolve(recipe).resolve("Dockerfile")))
                    .as("what is built without Docker has nothing to run")
                    .doesNotContainPattern("(?m)^RUN ");
        }
    }

    @Test
    @Tag("docker")
    void composeServesTheVersionThroughTheEdgeFromTheWebAndThePageFromTheApplication() {
        recipes.writeVersion("1.0.6");
        int port = Ports.free();
        compose(port, "up", "--detach", "--build").with(0);
        try {
            Waiting.until("it is ready", () -> Http.get(port, Http.READY).endsWith("\n\n1.0.6"));
            assertThat(Http.get(port, Http.VERSION)).startsWith("HTTP/1.1 200 ").endsWith("\n\n1.0.6");
            assertThat(Http.get(port, "/")).contains("Version <b>1.0.6</b>", "\nX-Frame-Options: SAMEORIGIN\n");
            assertThat(Http.get(port, "/robots.txt")).contains("User-agent: *");
            for (String service : List.of("edge", "web", "app")) {
                assertThat(engine.inspect(
                                container(port, service),
                                "{{.HostConfig.ReadonlyRootfs}} {{.HostConfig.CapDrop}} {{.HostConfig.SecurityOpt}}"))
                        .isEqualTo("true [ALL] [no-new-privileges:true]");
            }

            engine.docker("kill", container(port, "app")).with(0);
            assertThat(Http.get(port, Http.READY)).startsWith("HTTP/1.1 503 ").endsWith("not ready");
            assertThat(Http.get(port, Http.VERSION)).startsWith("HTTP/1.1 200 ").endsWith("\n\n1.0.6");

            engine.docker("start", container(port, "app")).with(0);
            Waiting.until("it is ready again", () -> Http.get(port, Http.READY).startsWith("HTTP/1.1 200 "));
            engine.docker("kill", container(port, "web"));
            assertThat(Http.get(port, Http.VERSION)).startsWith("HTTP/1.1 503 ");
        } finally {
            compose(port, "down", "--volumes").with(0);
        }
        assertThat(engine.docker("volume", "ls", "--quiet").out()).doesNotContain(project(port));
    }

    private static String project(int port) {
        return "upkeep" + port;
    }

    private static String container(int port, String service) {
        return project(port) + "_" + service + "_1";
    }

    private Ended compose(int port, String... words) {
        Program compose = Program.of(recipes.docker(), "docker-compose", "--project-name", project(port))
                .and(words)
                .with("NGINX_BASE", recipes.base())
                .with("JAVA_BASE", recipes.base())
                .with("PUBLISH", "127.0.0.1:" + port)
                .with("VERSION", "1.0.6");
        return engine.run(recipes.docker(), compose);
    }

    @Test
    @Tag("docker")
    void theCommandChecksOnceAndEndsWithTheCodeOfTheVerdict() {
        String web = "upkeep-system-tests-web";
        engine.docker(
                        "run",
                        "--detach",
                        "--name=" + web,
                        "--label=dev.upkeep.stack=recipes",
                        "--network=" + DockerEngine.NETWORK,
                        "--read-only",
                        "--tmpfs=/tmp",
                        "--tmpfs=/run/upkeep:uid=10001,gid=10001",
                        "--cap-drop=ALL",
                        "--security-opt=no-new-privileges",
                        recipes.web("1.0.6"))
                .with(0);
        String image = recipes.upkeep();
        String url = "http://127.0.0.1:7080/version.txt";

        assertThat(upkeep(web, image, "check", url, "--expect", "1.0.6").with(0).out())
                .startsWith("UP  ");
        assertThat(upkeep(web, image, "check", url, "--expect", "1.0.7").with(1).out())
                .startsWith("STALE  ");
        assertThat(upkeep(web, image).with(78).err())
                .as("a check is what it does by itself")
                .contains("upkeep.yaml");
        engine.docker("rm", "--force", web).with(0);
    }

    private Ended upkeep(String web, String... words) {
        return engine.run(
                recipes.docker(),
                Program.of(
                                recipes.docker(),
                                "docker",
                                "run",
                                "--rm",
                                "--network=container:" + web,
                                "--read-only",
                                "--tmpfs=/tmp",
                                "--cap-drop=ALL",
                                "--security-opt=no-new-privileges")
                        .and(words));
    }
}
