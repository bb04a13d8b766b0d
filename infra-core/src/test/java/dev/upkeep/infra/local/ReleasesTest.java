package dev.upkeep.infra.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upkeep.infra.failure.InvalidSpecException;
import dev.upkeep.infra.image.reference.ImageReference;
import dev.upkeep.infra.inventory.Application;
import dev.upkeep.infra.inventory.Release;
import dev.upkeep.infra.release.ImageRelease;
import dev.upkeep.infra.release.ReleaseStore;
import dev.upkeep.infra.spec.AppEnvironment;
import dev.upkeep.infra.spec.AppHealth;
import dev.upkeep.infra.spec.LocalSettings;
import dev.upkeep.infra.spec.NginxLimits;
import dev.upkeep.infra.spec.StackName;
import dev.upkeep.infra.spec.StackSpec;
import dev.upkeep.infra.spec.StackSpecBuilder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleasesTest {

    private static final StackName SHOP = StackName.of("shop");

    private static final AppEnvironment BLUE = new AppEnvironment(Map.of("COLOR", "blue"), Map.of());

    @TempDir
    private Path root;

    private static ImageReference image(String name, String version) {
        return ImageReference.parse("r.example.org/shop/" + name + ":" + version + "@sha256:"
                + Integer.toHexString(version.hashCode()).substring(0, 1).repeat(64));
    }

    private void create(String version, String... names) {
        Map<String, ImageReference> images = new TreeMap<>();
        for (String name : names) {
            images.put(name, image(name, version));
        }
        new ReleaseStore(root, SHOP).create(new ImageRelease(version, new TreeMap<>(images), Instant.EPOCH, "me"));
    }

    private static StackSpecBuilder spec(String version) {
        return StackSpec.builder("shop", version)
                .engine(LocalSettings.Engine.DOCKER)
                .environment(BLUE)
                .network("inner");
    }

    private static Release ofImages(String version) {
        return new Release(
                version,
                Optional.empty(),
                new Application.Image(image("app", version), AppHealth.standard()),
                BLUE,
                NginxLimits.standard(),
                Optional.of(new Release.Containers(image("web", version), "inner")));
    }

    @Test
    void areTheImagesThatWereTiedToTheVersion() {
        create("1.0.6", "web", "app");

        assertThat(new Releases(root).of(spec("1.0.6").build())).isEqualTo(ofImages("1.0.6"));
    }

    @Test
    void ofAnotherVersionHaveItsImages() {
        create("1.0.7", "web", "app");

        assertThat(new Releases(root).with(SHOP, ofImages("1.0.6"), "1.0.7")).isEqualTo(ofImages("1.0.7"));
    }

    @Test
    void mayHaveNoApplication() {
        create("1.0.6", "web");

        Release release = new Releases(root)
                .of(spec("1.0.6").site(Path.of("site")).withoutApp().build());

        assertThat(release.application()).isEqualTo(new Application.None());
        assertThat(release.images()).containsExactly(image("web", "1.0.6"));
    }

    @Test
    void haveToFitTheSpec() {
        create("1.0.6", "web");

        assertThatThrownBy(() -> new Releases(root).of(spec("1.0.6").build()))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("the release 1.0.6 consists of web");
        assertThatThrownBy(() -> new Releases(root).of(spec("1.0.7").build()))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("there is no release 1.0.7 of images for stack shop");
    }
}
