package dev.upkeep.infra.image.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.infra.image.reference.Architecture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecipeDigestTest {

    private static final ImageBase BASE = new ImageBase.Scratch();

    @TempDir
    private Path folder;

    @BeforeEach
    void makeFile() throws IOException {
        Files.writeString(folder.resolve("page"), "hello");
    }

    private ImageRecipe app() {
        return StandardRecipes.of("1.0.6", List.of(Architecture.AMD64)).app(BASE, folder, List.of("run"), 8080);
    }

    private String digest() throws IOException {
        return RecipeDigest.of(app(), "");
    }

    @Test
    void staysTheSameWhenOnlyTheTimeOfAFileChanges() throws IOException {
        String before = digest();
        Files.setLastModifiedTime(folder.resolve("page"), FileTime.fromMillis(5000));

        assertThat(digest()).isEqualTo(before).matches("[0-9a-f]{64}");
    }

    @Test
    void changesWithAnEditThatKeepsSizeAndTime() throws IOException {
        String before = digest();
        FileTime time = Files.getLastModifiedTime(folder.resolve("page"));
        Files.writeString(folder.resolve("page"), "HELLO");
        Files.setLastModifiedTime(folder.resolve("page"), time);

        assertThat(digest()).isNotEqualTo(before);
    }

    @Test
    void changesWithModeNameAndBase() throws IOException {
        String before = digest();
        assertThat(folder.resolve("page").toFile().setExecutable(true)).isTrue();
        String program = digest();
        Files.move(folder.resolve("page"), folder.resolve("home"));

        assertThat(List.of(before, program, digest(), RecipeDigest.of(app(), "sha256:1")))
                .doesNotHaveDuplicates();
    }

    @Test
    void tellsListsApartThatReadTheSame() throws IOException {
        ImageRecipe one = ImageRecipe.on(BASE).entrypoint(List.of("a b")).build();
        ImageRecipe two = ImageRecipe.on(BASE).entrypoint(List.of("a", "b")).build();

        assertThat(RecipeDigest.of(one, "")).isNotEqualTo(RecipeDigest.of(two, ""));
    }

    @Test
    void aFileIsNoticedToHaveChangedSinceItWasRead() throws IOException {
        FileContent content = app().layers().get(0).files().get(0).content();
        assertThat(content.isUnchanged()).isTrue();
        String before = content.digest();
        Files.writeString(folder.resolve("page"), "HELLO");

        assertThat(content.isUnchanged()).isFalse();
        assertThat(content.digest()).isEqualTo(before);
    }
}
