package dev.upkeep.infra.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.infra.image.recipe.ImageBase;
import dev.upkeep.infra.image.recipe.ImageRecipe;
import dev.upkeep.infra.image.recipe.StandardRecipes;
import dev.upkeep.infra.image.reference.Architecture;
import dev.upkeep.infra.spec.AppHealth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
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

    /** The same start and the same user, whether an image was made with Docker or without. */
    @Test
    void theWebStartsAsOneThatWasMadeWithoutDocker() throws IOException {
        ImageRecipe made = StandardRecipes.of("1.0.6", List.of(Architecture.AMD64))
                .web(new ImageBase.Scratch(), "", Optional.empty());
        String entrypoint = made.entrypoint().stream()
                .map(word -> '"' + word + '"')
                .collect(Collectors.joining(", ", "ENTRYPOINT [", "]"));

        assertThat(Path.of("../docker/web/Dockerfile"))
                .content()
                .contains(
                        entrypoint + "\n",
                        "USER " + made.user().orElseThrow() + "\n",
                        "EXPOSE " + WebSettings.PORT + "\n");
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
