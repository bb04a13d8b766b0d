package dev.upkeep.infra.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.infra.spec.AppHealth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The configurations in {@code docker/} are there for those who build by hand; they are renderings and nothing else. */
class DockerRecipesTest {

    /** The oldest that the recipes run on; newer ones read the same. */
    private static final NginxVersion OLDEST = new NginxVersion(1, 22, 1);

    @Test
    void theConfigurationOfTheEdgeIsTheRenderingOfItsTemplate() throws IOException {
        assertRendered("edge", EdgeSettings.plain(OLDEST).render());
    }

    @Test
    void theConfigurationOfTheWebIsTheRenderingOfItsTemplate() throws IOException {
        assertRendered(
                "web",
                WebSettings.plain(OLDEST)
                        .withApp(8000, AppHealth.at("/healthz"))
                        .withSite()
                        .render());
    }

    private static void assertRendered(String recipe, String rendering) throws IOException {
        Path renewed = Files.createDirectories(Path.of("target/docker", recipe)).resolve("nginx.conf");
        Files.writeString(renewed, rendering);
        Path committed = Path.of("../docker", recipe, "nginx.conf");
        assertThat(committed)
                .as("renew it: cp infra-core/%s %s", renewed, Path.of("docker", recipe, "nginx.conf"))
                .hasContent(rendering);
    }
}
