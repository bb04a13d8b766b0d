package dev.upkeep.infra.image.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

import dev.upkeep.infra.image.recipe.ImageInputException;
import dev.upkeep.infra.image.recipe.ImageRecipe;
import dev.upkeep.infra.image.recipe.LayerFile;
import dev.upkeep.infra.image.reference.Architecture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DockerfileImageTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        file("app.py", "print()");
        file("src/a.txt", "a");
        file("src/deep/b.txt", "b");
    }

    private void file(String name, String content) throws IOException {
        Path path = folder.resolve(name);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }

    private DockerfileImage read(String dockerfile) throws IOException {
        file("Dockerfile", dockerfile);
        return DockerfileImage.read(folder, List.of(Architecture.AMD64));
    }

    private ImageRecipe recipe(String dockerfile) throws IOException {
        return read(dockerfile).recipe();
    }

    /** What lies where after one line, in order, with folders. */
    private List<String> paths(String lines) throws IOException {
        return recipe("FROM scratch\n" + lines).layers().stream()
                .flatMap(layer -> layer.files().stream())
                .map(LayerFile::path)
                .toList();
    }

    private String refusal(String dockerfile) {
        return org.assertj.core.api.Assertions.catchThrowableOfType(ImageInputException.class, () -> read(dockerfile))
                .getMessage();
    }

    @Test
    void takesOverEverythingThatTheConfigurationOfAnImageHolds() throws IOException {
        ImageRecipe recipe = recipe("""
                # syntax=docker/dockerfile:1
                ARG TAG=13
                FROM debian:${TAG}-slim AS app
                ARG TAG
                ENV A=1 B="two words" C=$TAG
                ENV OLD style  of it
                ENV PATH_OF=${A:-0}/${NONE:-x} QUOTED='$A'
                LABEL org.example.a="x" b=y
                WORKDIR /srv
                WORKDIR app
                USER 10001:10001
                EXPOSE 8080 9000-9001/tcp
                ENTRYPOINT ["python", "app.py"]
                cmd --port \\
                # a comment within
                  8080
                """);

        assertThat(recipe.base()).hasToString("docker.io/library/debian:13-slim");
        assertThat(recipe.environment())
                .containsExactly(
                        entry("A", "1"),
                        entry("B", "two words"),
                        entry("C", "13"),
                        entry("OLD", "style  of it"),
                        entry("PATH_OF", "1/x"),
                        entry("QUOTED", "$A"));
        assertThat(recipe.labels()).containsExactly(entry("b", "y"), entry("org.example.a", "x"));
        assertThat(recipe.workingFolder()).contains("/srv/app");
        assertThat(recipe.user()).contains("10001:10001");
        assertThat(recipe.ports()).containsExactlyInAnyOrder(8080, 9000, 9001);
        assertThat(recipe.entrypoint()).containsExactly("python", "app.py");
        assertThat(recipe.command()).containsExactly("/bin/sh", "-c", "--port   8080");
    }

    @Test
    void seesTheValuesOfTheLinesBeforeOnly() throws IOException {
        assertThat(recipe("FROM scratch\nENV A=1\nENV A=2 B=$A\n").environment())
                .containsExactly(entry("A", "2"), entry("B", "1"));
        assertThat(recipe("FROM scratch\nENV A=1\nARG A=2\nLABEL l=$A\n").labels())
                .containsExactly(entry("l", "1"));
    }

    @Test
    void putsFilesWhereDockerPutsThem() throws IOException {
        assertThat(paths("COPY app.py /opt/")).containsExactly("/opt/app.py");
        assertThat(paths("COPY app.py /opt/main.py")).containsExactly("/opt/main.py");
        assertThat(paths("WORKDIR /opt\nCOPY app.py /opt")).containsExactly("/opt", "/opt/app.py");
        assertThat(paths("WORKDIR /opt\nCOPY app.py .")).containsExactly("/opt", "/opt/app.py");
        assertThat(paths("COPY src /opt")).containsExactly("/opt/a.txt", "/opt/deep", "/opt/deep/b.txt");
        assertThat(paths("COPY src/*.txt app.py /opt/")).containsExactly("/opt/a.txt", "/opt/app.py");
        assertThat(paths("COPY s* /opt/")).containsExactly("/opt/a.txt", "/opt/deep", "/opt/deep/b.txt");
        assertThat(paths("ADD [\"app.py\", \"/opt/\"]")).containsExactly("/opt/app.py");
        assertThat(paths("COPY . /opt/")).contains("/opt/Dockerfile", "/opt/app.py", "/opt/src/deep/b.txt");
    }

    @Test
    void leavesOutWhatDockerignoreNames() throws IOException {
        file(".dockerignore", "**/*.txt\n.dockerignore\nDockerfile\n");

        assertThat(paths("COPY . /opt/")).containsExactly("/opt/app.py", "/opt/src", "/opt/src/deep");
        assertThat(refusal("FROM scratch\nCOPY src/a.txt /opt/"))
                .contains("Dockerfile:2:6: the folder has no src/a.txt, or its .dockerignore leaves it out");
    }

    @Test
    void givesFilesTheOwnerAndModeThatAreSaid() throws IOException {
        List<LayerFile> files = recipe("FROM scratch\nWORKDIR /opt/x\nCOPY --chown=5:6 --chmod=640 app.py ./\n")
                .layers()
                .get(1)
                .files();

        assertThat(files).extracting(LayerFile::path).containsExactly("/opt/x/app.py");
        assertThat(files.get(0).owner()).isEqualTo("5:6");
        assertThat(files.get(0).mode()).isEqualTo(0640);
    }

    @Test
    void notesWhatIsNotWrittenIntoTheImage() throws IOException {
        assertThat(read("FROM scratch\nSTOPSIGNAL SIGQUIT\n  HEALTHCHECK CMD true\n")
                        .notes())
                .containsExactly(
                        "Dockerfile:2:1: STOPSIGNAL is not written into the image; whoever runs it has to say that",
                        "Dockerfile:3:3: HEALTHCHECK is not written into the image; whoever runs it has to say that");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RUN make | 2:1: RUN",
                "'  run make' | 2:3: RUN",
                "FROM debian | 2:1: a second FROM",
                "COPY --from=build /x /y | 2:6: COPY --from=build",
                "ADD https://example.org/x /y | 2:5: ADD of something from elsewhere",
                "ADD git@example.org:x /y | 2:5: ADD of something from elsewhere",
                "COPY <<EOF /y | 2:6: a text within the Dockerfile (<<EOF)",
                "ONBUILD COPY x y | 2:1: ONBUILD",
                "VOLUME /data | 2:1: VOLUME",
                "SHELL [\"bash\"] | 2:1: SHELL",
            })
    void refusesWhatNeedsAnEngineWithThePlaceAndTheWayOut(String line, String found) {
        assertThat(refusal("FROM scratch\n" + line + "\n"))
                .contains(
                        "Dockerfile:" + found + " needs a container engine",
                        "docker save app -o app.tar",
                        "app.base and app.command");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ENV PATH=/x:$PATH | 2:13: ENV: neither ARG nor ENV of this file sets PATH",
                "ENV A='x | ENV: a quote is not closed",
                "ENV A=${B%x} | ${B%x} is of a kind that is not known here",
                "ENV A | 2:5: A has no value",
                "ARG A | 2:5: ARG A has no default",
                "COPY app.py /usr/share/html | 2:13: whether /usr/share/html is a folder cannot be told",
                "COPY app.py Dockerfile /x | 2:24: several files cannot become /x",
                "COPY --chown=5:6 app.py /x/ | 2:25: whose /x is cannot be told, because the base may have it; make it before",
                "COPY --chown=www app.py /x/ | 2:6: --chown=www is not in numbers",
                "COPY ../x /y/ | 2:6: ../x leads out of the folder",
                "COPY none /y/ | 2:6: the folder has no none",
                "COPY app.py /tmp/ | COPY would close /tmp to other users",
                "COPY app.py | COPY needs a source and a target",
                "EXPOSE 53/udp | 2:8: 53/udp is no TCP port",
                "CMD [\"a\", | CMD: it begins like a list and is none in JSON",
                "COPPY a b | 2:1: COPPY is no instruction of a Dockerfile",
            })
    void refusesWhatCouldMeanTwoThings(String line, String found) {
        assertThat(refusal("FROM scratch\n" + line + "\n")).contains(found);
    }

    @Test
    void refusesAnArchiveThatAddWouldUnpackAndCopiesItAsItIs() throws IOException {
        file("x.bin", "\u001f\u008b");
        Files.write(folder.resolve("x.bin"), new byte[] {0x1f, (byte) 0x8b, 8});

        assertThat(refusal("FROM scratch\nADD x.bin /opt/\n")).contains("2:5: ADD of an archive");
        assertThat(paths("COPY x.bin /opt/")).containsExactly("/opt/x.bin");
    }

    @Test
    void refusesAFileThatDoesNotBeginWithFrom() {
        assertThat(refusal("ENV A=1\nFROM scratch\n")).contains("Dockerfile:1:1: it does not begin with FROM");
        assertThat(refusal("# nothing\n")).contains("it has no FROM");
        assertThatExceptionOfType(ImageInputException.class)
                .isThrownBy(() -> read("FROM --platform=linux/arm64 debian\n"))
                .withMessageContaining("Dockerfile:1:6: FROM --platform=linux/arm64 needs a container engine");
    }
}
