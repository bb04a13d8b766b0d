package dev.upkeep.infra.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.upkeep.infra.failure.InvalidSpecException;
import dev.upkeep.infra.image.recipe.ImageLayer;
import dev.upkeep.infra.image.recipe.ImageRecipe;
import dev.upkeep.infra.image.recipe.LayerFile;
import dev.upkeep.infra.image.recipe.StandardRecipes;
import dev.upkeep.infra.server.WebSettings;
import dev.upkeep.infra.spec.NginxLimits;
import dev.upkeep.infra.spec.StackSpec;
import dev.upkeep.infra.spec.StackSpecBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackImagesTest {

    @TempDir
    private Path folder;

    private StackSpecBuilder shop(String version) {
        return StackSpec.builder("shop", version).baseFolder(folder);
    }

    private List<String> pointers(StackSpecBuilder builder) {
        try {
            StackImages.of(builder.build());
            return List.of();
        } catch (InvalidSpecException e) {
            return e.problems().stream().map(problem -> problem.pointer()).toList();
        }
    }

    @Test
    void makesOnlyTheWebImageWithoutAnApplication() throws IOException {
        Files.createDirectory(folder.resolve("site"));

        List<PlannedImage> images =
                StackImages.of(shop("1.0.6").site(Path.of("site")).withoutApp().build());

        assertThat(images).extracting(PlannedImage::name).containsExactly("web");
    }

    @Test
    void laysTheSampleOnABaseThatHasJava() {
        List<PlannedImage> images =
                StackImages.of(shop("1.0.6").appBase("eclipse-temurin:17-jre").build());

        assertThat(images).hasSize(2);
        assertThat(((PlannedImage.Made) images.get(1)).recipe().layers())
                .flatExtracting(ImageLayer::files)
                .extracting(LayerFile::path)
                .containsExactly("/app/dev/upkeep/infra/local/sample/SampleApp.class");
    }

    @Test
    void takesANameThatIsNoFolderForAnImageBuiltElsewhere() {
        List<PlannedImage> images = StackImages.of(
                shop("1.0.6").app("registry.example.org/team/app:7", 8080).build());

        assertThat(images.get(1)).isInstanceOf(PlannedImage.Elsewhere.class);
    }

    @Test
    void saysWhichKeyIsMissingOrWrong() throws IOException {
        Files.createDirectory(folder.resolve("app"));

        assertThat(pointers(shop("1.0.6"))).containsExactly("/app/base");
        assertThat(pointers(shop("1.0.6").app("./app", 8080))).containsExactly("/app/base");
        assertThat(pointers(shop("1.0.6").app("./app", 8080).appBase("python:3")))
                .containsExactly("/app/command");
        assertThat(pointers(shop("1.0.6").app("registry.example.org/team/app:7", WebSettings.PORT)))
                .containsExactly("/app/port");
        assertThat(pointers(shop("1.0.6").app("registry.example.org/team/app:7", WebSettings.CREDENTIALS_PORT)))
                .containsExactly("/app/port");
        assertThat(pointers(shop("1.0.6").app("./nothing", 8080))).containsExactly("/app/image");
        assertThat(pointers(shop("1.0.6+7"))).containsExactly("/version");
    }

    @Test
    void whatNginxNeverServesStaysOutOfTheImage() throws IOException {
        Path site = Files.createDirectories(folder.resolve("site/.git")).getParent();
        Files.createDirectories(site.resolve(".well-known"));
        for (String name : List.of("index.html", ".env", ".git/config", ".well-known/security.txt")) {
            Files.writeString(site.resolve(name), "x");
        }
        // A link that leads out of a site is refused, but nobody looks into a hidden folder.
        Files.createSymbolicLink(site.resolve(".git/out"), Files.writeString(folder.resolve("outside"), "x"));

        PlannedImage web = StackImages.of(
                        shop("1.0.6").site(Path.of("site")).withoutApp().build())
                .get(0);

        assertThat(((PlannedImage.Made) web).recipe().layers().get(0).files())
                .extracting(LayerFile::path)
                .containsExactlyInAnyOrder(
                        "/srv/upkeep/site/index.html",
                        "/srv/upkeep/site/.well-known",
                        "/srv/upkeep/site/.well-known/security.txt");
    }

    @Test
    void theEdgeIsTheSameForEveryVersion() {
        ImageRecipe six = StackImages.edge(shop("1.0.6").build()).recipe();
        ImageRecipe seven = StackImages.edge(shop("1.0.7").build()).recipe();

        assertThat(six.layers()).extracting(ImageLayer::name).containsExactly("runner", "nginx");
        assertThat(six.labels()).isEqualTo(seven.labels()).doesNotContainValue("1.0.6");
        assertThat(six.ports()).containsExactlyInAnyOrder(8080, 8443);
    }

    @Test
    void theNginxOfTheImageAllowsWhatTheSpecSays() {
        StackSpec spec = shop("1.0.6")
                .app("registry.example.org/team/app:7", 8080)
                .nginx(new NginxLimits(20, Duration.ofMinutes(2)))
                .build();

        LayerFile configuration = ((PlannedImage.Made) StackImages.of(spec).get(0))
                .recipe().layers().stream()
                        .flatMap(layer -> layer.files().stream())
                        .filter(file -> file.path().equals(StandardRecipes.NGINX_CONFIGURATION))
                        .findFirst()
                        .orElseThrow();

        assertThat(new String(configuration.content().bytes(), StandardCharsets.UTF_8))
                .contains("client_max_body_size 20m;", "proxy_read_timeout 120s;");
    }

    @Test
    void namesImagesByStackAndVersion() {
        StackSpec spec = shop("1.0.6").build().withRegistry("registry.example.org/team");

        assertThat(StackImages.reference(spec, "web")).get().hasToString("registry.example.org/team/shop/web:1.0.6");
        assertThat(StackImages.reference(spec.withRegistry("docker.io/team"), "web"))
                .get()
                .hasToString("docker.io/team/shop-web:1.0.6");
        assertThat(StackImages.reference(shop("1.0.6").build(), "web")).isEmpty();
        assertThatExceptionOfType(InvalidSpecException.class).isThrownBy(() -> spec.withRegistry("team"));
    }
}
