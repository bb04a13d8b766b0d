package dev.upkeep.infra.image.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.upkeep.infra.image.reference.Architecture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandardRecipesTest {

    private static final ImageBase BASE = new ImageBase.Scratch();

    private final StandardRecipes recipes = StandardRecipes.of("1.0.6", List.of(Architecture.AMD64));

    @TempDir
    private Path temporary;

    private Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectories(temporary.resolve("user"));
    }

    private void file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private List<LayerFile> app() {
        return recipes.app(BASE, folder, List.of("run"), 8080).layers().stream()
                .flatMap(layer -> layer.files().stream())
                .toList();
    }

    private List<String> appPaths() {
        return app().stream().map(LayerFile::path).toList();
    }

    @Test
    void putsVersionConfigurationAndSiteIntoTheWebImage() throws IOException {
        file("index.html", "hello");

        ImageRecipe web = recipes.web(BASE, "events {}\n", Optional.of(folder));

        assertThat(web.layers())
                .flatExtracting(ImageLayer::files)
                .extracting(LayerFile::path)
                .containsExactly(
                        "/srv/upkeep/site/index.html",
                        "/etc/upkeep/nginx.conf",
                        "/run/upkeep",
                        "/srv/upkeep/version.txt");
        assertThat(web.layers().get(1).files().get(2).content().bytes())
                .asString()
                .isEqualTo("1.0.6");
        assertThat(web.user()).contains("10001:10001");
        assertThat(web.labels()).containsEntry("org.opencontainers.image.version", "1.0.6");
        assertThat(web.entrypoint()).last().asString().endsWith("exec nginx -e stderr -c /etc/upkeep/nginx.conf");
    }

    @Test
    void putsTheScriptThatRunsReleasesIntoTheEdge() throws IOException {
        LayerFile runner =
                recipes.edge(BASE, "events {}\n").layers().get(0).files().get(0);

        assertThat(runner.path()).isEqualTo("/usr/lib/upkeep/upkeep-run");
        assertThat(runner.mode()).isEqualTo(0755);
        assertThat(runner.content().bytes()).isEqualTo(Files.readAllBytes(Path.of("../docker/runner/upkeep-run")));
    }

    @Test
    void givesFilesModesThatDoNotDependOnTheUmask() throws IOException {
        file("run", "#!/bin/sh");
        file("data", "x");
        Files.setPosixFilePermissions(folder.resolve("run"), PosixFilePermissions.fromString("rwx------"));
        Files.setPosixFilePermissions(folder.resolve("data"), PosixFilePermissions.fromString("rw-rw-rw-"));

        assertThat(app()).extracting(LayerFile::mode).containsExactly(0644, 0755);
        assertThat(app()).extracting(LayerFile::owner).containsOnly("0:0");
    }

    @Test
    void givesAnEditOfTheSameSizeAnotherTimeAndTheSameContentTheSame() throws IOException {
        file("a.txt", "one");
        Instant first = app().get(0).time();
        Files.setLastModifiedTime(folder.resolve("a.txt"), FileTime.fromMillis(0));
        Instant touched = app().get(0).time();
        file("a.txt", "two");

        assertThat(touched).isEqualTo(first);
        assertThat(app().get(0).time()).isNotEqualTo(first);
    }

    @Test
    void refusesALinkThatLeadsOutOfTheFolder() throws IOException {
        Files.writeString(temporary.resolve("secret"), "x");
        Files.createSymbolicLink(folder.resolve("link"), temporary.resolve("secret"));

        assertThatExceptionOfType(ImageInputException.class)
                .isThrownBy(this::app)
                .withMessageContaining("link is a link that leads out of the folder")
                .withMessageContaining("put what it leads to into the folder");
    }

    @Test
    void followsALinkWithinTheFolder() throws IOException {
        file("real/a.txt", "x");
        Files.createSymbolicLink(folder.resolve("link"), Path.of("real"));

        assertThat(appPaths()).containsExactly("/app/link", "/app/link/a.txt", "/app/real", "/app/real/a.txt");
    }

    @Test
    void refusesALinkThatLeadsBack() throws IOException {
        Files.createSymbolicLink(folder.resolve("self"), folder);

        assertThatExceptionOfType(ImageInputException.class)
                .isThrownBy(this::app)
                .withMessageContaining("leads back to a folder above it");
    }

    @Test
    void leavesOutWhatDockerignoreNames() throws IOException {
        file(".dockerignore", "# comment\n\n.git\n**/*.log\n/build/\n!build/keep\nnode_?odules\n.dockerignore\n");
        file(".git/config", "x");
        file("a/b/c.log", "x");
        file("a/b/c.txt", "x");
        file("build/out", "x");
        file("build/keep", "x");
        file("node_modules/m", "x");
        file("top.log", "x");

        assertThat(appPaths()).containsExactly("/app/a", "/app/a/b", "/app/a/b/c.txt", "/app/build/keep");
    }

    @Test
    void doesNotLookAtWhatIsLeftOut() throws IOException {
        file(".dockerignore", ".dockerignore\nback\nwork\n");
        Files.createSymbolicLink(folder.resolve("back"), folder);
        file("work/a", "x");
        Files.createSymbolicLink(folder.resolve("work/self"), folder);
        Files.createSymbolicLink(folder.resolve("work/nowhere"), Path.of("gone"));
        file("kept", "x");

        assertThat(appPaths()).containsExactly("/app/kept");
    }

    @Test
    void prefersTheListOfTheDockerfile() throws IOException {
        file(".dockerignore", "a\n");
        file("Dockerfile.dockerignore", "b\n*ignore\n");
        file("a", "x");
        file("b", "x");

        assertThat(appPaths()).containsExactly("/app/a");
    }

    @Test
    void namesTheListThatCannotBeUnderstood() throws IOException {
        file("Dockerfile.dockerignore", "a\n[\n");

        assertThatExceptionOfType(ImageInputException.class)
                .isThrownBy(this::app)
                .withMessageContaining("Dockerfile.dockerignore: line 2 cannot be understood");
    }

    @ParameterizedTest
    @CsvSource({
        "*.md,        README.md,      true",
        "*.md,        docs/README.md, false",
        "**/*.md,     docs/a/b.md,    true",
        "docs/**,     docs/a/b.md,    true",
        "docs/*/b.md, docs/a/b.md,    true",
        "a.c,         abc,            false",
        "[a-c].txt,   b.txt,          true",
        "[^a-c].txt,  b.txt,          false",
        "./x,         x,              true",
        "x,           xy,             false",
        "x,           x/y/z,          true",
    })
    void readsPatternsAsDockerDoes(String pattern, String path, boolean ignored) {
        assertThat(IgnoredFiles.parse(List.of(pattern)).contains(path)).isEqualTo(ignored);
    }

    @Test
    void refusesAVersionThatCannotBeATag() {
        assertThatIllegalArgumentException().isThrownBy(() -> StandardRecipes.of("1.0+2", List.of()));
    }

    @Test
    void refusesAPathThatALayerHasTwice() {
        LayerFile file = LayerFile.text("/a", "x");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ImageLayer("l", List.of(file, file)))
                .withMessageContaining("/a twice");
    }
}
