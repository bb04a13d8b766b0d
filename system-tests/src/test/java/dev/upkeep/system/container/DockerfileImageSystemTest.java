package dev.upkeep.system.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.system.DockerRegistry;
import dev.upkeep.system.command.Ended;
import dev.upkeep.system.command.Program;
import dev.upkeep.system.command.Upkeep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An image that is built from a user's Dockerfile without Docker holds the same as the one that Docker builds from it. */
@Timeout(300)
@UsesDockerEngine
class DockerfileImageSystemTest {
    private static final String BY_DOCKER = "upkeep-system-tests/by-docker:1";
    private static final String BY_UPKEEP = "shop/app:1.0.6";
    private static final String DOCKERFILE = """
            # syntax=docker/dockerfile:1
            ARG BASE=REGISTRY/base
            FROM ${BASE}:1
            ARG VERSION=7
            LABEL org.opencontainers.image.version="${VERSION}" \\
                  org.example.words="two words"
            WORKDIR /srv/shop
            COPY --chown=10001:10001 main/ ./
            COPY start docs/*.md /srv/shop/more/
            WORKDIR /opt/notes
            COPY --chown=5:6 docs/a.md /opt/notes/renamed.txt
            WORKDIR ../../srv/shop
            ADD docs /usr/share/docs/
            ENV PORT=8000 VERSION=${VERSION} \\
                WORDS="a 'b' $PORTS_TEXT"
            ENV OLD style  of it
            USER 10001:10001
            EXPOSE 8000 9000-9001
            STOPSIGNAL SIGQUIT
            HEALTHCHECK CMD true
            CMD run "$PORT" && true
            """.replace("$PORTS_TEXT", "${VERSION:-none}");

    private DockerEngine engine;
    private DockerRegistry registry;

    @TempDir
    private Path home;

    @BeforeEach
    void start() throws IOException {
        engine = DockerEngine.start();
        registry = DockerRegistry.open(Files.createDirectory(home.resolve("registry")));
        makeFolder();
        makeBase();
    }

    @AfterEach
    void stop() {
        registry.close();
        for (String image : List.of(BY_DOCKER, BY_UPKEEP, "shop/web:1.0.6", registry.address() + "/base:1")) {
            engine.docker("image", "rm", "--force", image);
        }
        engine.close();
    }

    private void makeFolder() throws IOException {
        write("app/Dockerfile", DOCKERFILE.replace("REGISTRY", registry.address()));
        write("app/.dockerignore", "**/*.log\n!main/kept.log\n");
        write("app/main/index.py", "print()");
        write("app/main/deep/er/x.txt", "x");
        write("app/main/lost.log", "not wanted");
        write("app/main/kept.log", "wanted");
        write("app/docs/a.md", "a");
        write("app/docs/b.md", "b");
        write("app/docs/empty", "");
        write("app/start", "#!/bin/sh\n");
        assertThat(home.resolve("app/start").toFile().setExecutable(true, false))
                .isTrue();
        write("upkeep.yaml", """
                stack: shop
                platform: local
                version: "1.0.6"
                app: { image: ./app, port: 8000 }
                images: { nginx: scratch }
                """);
    }

    private void write(String name, String content) throws IOException {
        Path path = home.resolve(name);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }

    private void makeBase() throws IOException {
        write("tree/etc/base", "base");
        Files.createDirectories(home.resolve("tree/usr/share"));
        String name = registry.address() + "/base:1";
        engine.run(
                        home,
                        Program.of(
                                home,
                                "sh",
                                "-c",
                                "tar --owner=0 --group=0 -C tree -c . | docker import --change 'ENV PATH=/base/bin'"
                                        + " --change 'ENTRYPOINT [\"/bin/entry\"]' --change 'EXPOSE 22' - " + name))
                .with(0);
        engine.docker("push", name).with(0);
    }

    private Ended build() {
        return Upkeep.in(home, "image", "build", "--tar", home.toString())
                .with("XDG_CACHE_HOME", home.resolve("cache").toString())
                .run();
    }

    @Test
    @Tag("docker")
    void theSameFilesAndTheSameConfigurationComeOfBothWays() {
        engine.docker("build", "--tag", BY_DOCKER, home.resolve("app").toString())
                .with(0);

        Ended built = build().with(0);
        engine.docker("load", "--input", home.resolve("app.tar").toString()).with(0);

        assertThat(built.err())
                .contains("STOPSIGNAL is not written into the image", "HEALTHCHECK is not written into the image");
        for (String key : List.of("User", "WorkingDir", "Entrypoint", "Cmd", "ExposedPorts", "Labels")) {
            String template = "{{json .Config." + key + "}}";
            assertThat(engine.inspect(BY_UPKEEP, template)).as(key).isEqualTo(engine.inspect(BY_DOCKER, template));
        }
        assertThat(environment(BY_UPKEEP))
                .isEqualTo(environment(BY_DOCKER))
                .contains("WORDS=a 'b' 7", "OLD=style  of it");
        assertThat(files(BY_UPKEEP))
                .isEqualTo(files(BY_DOCKER))
                .contains("srv/shop/kept.log f 644 10001:10001", "srv/shop/more/start f 755 0:0")
                .doesNotContain("lost.log");
    }

    private List<String> environment(String image) {
        String lines = engine.inspect(image, "{{range .Config.Env}}{{println .}}{{end}}");
        return Arrays.stream(lines.split("\n", -1)).sorted().toList();
    }

    /** Every file with kind, mode, owner, size and content. */
    private String files(String image) {
        String container = engine.docker("create", "--label", "dev.upkeep.stack=dockerfile", image)
                .with(0)
                .out()
                .strip();
        String listing = """
                set -e
                rm -rf exported && mkdir exported && docker export %s | tar --numeric-owner -xpf - -C exported && cd exported
                find . -mindepth 1 -printf '%%P %%y %%m %%U:%%G\\n' | sort
                find . -type f -exec sha256sum {} + | sort -k 2
                """.formatted(container);
        return engine.run(home, Program.of(home, "sh", "-c", listing)).with(0).out();
    }

    @Test
    @Tag("docker")
    void whatNeedsDockerIsRefusedWithThePlace() throws IOException {
        write("app/Dockerfile", "FROM scratch\nCOPY . /app/\nRUN make\n");

        assertThat(build().with(1).err())
                .contains("Dockerfile:3:1: RUN needs a container engine", "docker save app -o app.tar");
    }
}
