package dev.upkeep.infra.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.upkeep.infra.failure.StateFolderException;
import dev.upkeep.infra.image.reference.ImageReference;
import dev.upkeep.infra.spec.StackName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleaseStoreTest {

    private static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");

    @TempDir
    private Path folder;

    private ReleaseStore store;

    @BeforeEach
    void openStore() {
        store = new ReleaseStore(folder, StackName.of("shop"));
    }

    private static ImageReference image(String name, char digit) {
        return ImageReference.parse("r.example.org/shop/" + name + "@sha256:"
                + String.valueOf(digit).repeat(64));
    }

    private static ImageRelease release(String version, Instant created, ImageReference web) {
        return new ImageRelease(version, new TreeMap<>(Map.of("web", web, "app", image("app", 'a'))), created, "me");
    }

    @Test
    void findsWhatWasKeptAndListsTheNewestFirst() {
        ImageRelease first = release("1.0.6", NOW, image("web", '1'));
        ImageRelease second = release("1.0.7", NOW.plusSeconds(1), image("web", '2'));

        assertThat(store.list()).isEmpty();
        assertThat(store.create(first)).isTrue();
        assertThat(store.create(second)).isTrue();

        assertThat(store.find("1.0.6")).contains(first);
        assertThat(store.find("1.0.8")).isEmpty();
        assertThat(store.list()).containsExactly(second, first);
        assertThat(new ReleaseStore(folder, StackName.of("other")).list()).isEmpty();
    }

    @Test
    void neverChangesWhatAVersionMeans() {
        store.create(release("1.0.6", NOW, image("web", '1')));

        assertThat(store.create(release("1.0.6", NOW.plusSeconds(9), image("web", '1'))))
                .isFalse();
        assertThatExceptionOfType(ReleaseTakenException.class)
                .isThrownBy(() -> store.create(release("1.0.6", NOW, image("web", '2'))))
                .withMessageContaining("with other images (web: sha256:1")
                .withMessageContaining("new version");
        ImageReference elsewhere =
                ImageReference.parse(image("web", '1').toString().replace("r.example.org", "other.example.org"));
        assertThatExceptionOfType(ReleaseTakenException.class)
                .isThrownBy(() -> store.create(release("1.0.6", NOW, elsewhere)))
                .withMessageContaining("web: r.example.org/shop/web -> other.example.org/shop/web");
        assertThat(store.list())
                .hasSize(1)
                .first()
                .extracting(ImageRelease::created)
                .isEqualTo(NOW);
    }

    @Test
    void saysWhatChangedAgainstAnother() {
        ImageRelease old = release("1.0.6", NOW, image("web", '1'));
        ImageRelease next = new ImageRelease("1.0.7", new TreeMap<>(Map.of("web", image("web", '2'))), NOW, "me");

        assertThat(next.differences(old))
                .containsExactly(
                        "web: sha256:" + "1".repeat(64) + " -> sha256:" + "2".repeat(64),
                        "app: sha256:" + "a".repeat(64) + " -> none");
        assertThat(old.differences(old)).isEmpty();
    }

    @Test
    void refusesAFileOfANewerUpkeepAndADamagedOne() throws IOException {
        store.create(release("1.0.6", NOW, image("web", '1')));
        Path file = folder.resolve("shop.releases/1.0.6.json");
        String text = Files.readString(file);

        Files.writeString(file, text.replace("\"format\" : 1", "\"format\" : 2"));
        assertThatExceptionOfType(StateFolderException.class)
                .isThrownBy(() -> store.find("1.0.6"))
                .withMessageContaining("a newer Upkeep wrote it");
        Files.writeString(file, text.replace("sha256:1", "sha256:x"));
        assertThatExceptionOfType(StateFolderException.class)
                .isThrownBy(() -> store.list())
                .withMessageContaining("it is damaged");
        Files.writeString(file, text.substring(0, 20));
        assertThatExceptionOfType(StateFolderException.class).isThrownBy(() -> store.list());
    }
}
