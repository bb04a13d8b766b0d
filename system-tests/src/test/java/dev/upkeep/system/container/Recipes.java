package dev.upkeep.system.container;

import dev.upkeep.system.command.Program;
import dev.upkeep.system.command.Upkeep;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A copy of what a clone holds for those who build images, and the images that were built from it. */
final class Recipes {
    static final Path CLONE = Path.of("..").toAbsolutePath().normalize();

    private static final String SAMPLE = "infra-core/target/classes/dev/upkeep/infra/local/sample";

    private final DockerEngine engine;
    private final Path folder;
    private final String base;

    Recipes(DockerEngine engine, Path folder) {
        this.engine = engine;
        this.folder = folder;
        this.base = BaseImage.in(engine);
        Program.of(
                        CLONE,
                        "cp",
                        "-R",
                        "--parents",
                        "docker",
                        ".dockerignore",
                        SAMPLE,
                        CLONE.relativize(Upkeep.JAR).toString(),
                        folder.toString())
                .run()
                .with(0);
    }

    /** The folder {@code docker} of the copy. */
    Path docker() {
        return folder.resolve("docker");
    }

    /** The image that all are built on. */
    String base() {
        return base;
    }

    /** Builds the web image of a version. */
    String web(String version) {
        writeVersion(version);
        return build("upkeep-system-tests/web:" + version, "docker/web/Dockerfile", "docker/web");
    }

    void writeVersion(String version) {
        try {
            Files.writeString(docker().resolve("web/version.txt"), version);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Builds the image of the sample application as a version. */
    String app(String version) {
        return build(
                "upkeep-system-tests/app:" + version,
                "docker/app/Dockerfile",
                ".",
                "--build-arg",
                "VERSION=" + version);
    }

    /** Builds the image of the edge. */
    String edge() {
        return build("upkeep-system-tests/edge", "docker/edge/Dockerfile", "docker");
    }

    /** Builds the image of the command. */
    String upkeep() {
        return build("upkeep-system-tests/upkeep", "docker/upkeep/Dockerfile", ".");
    }

    private String build(String name, String file, String context, String... more) {
        Program build = Program.of(
                        folder,
                        "docker",
                        "build",
                        "--build-arg",
                        "BASE=" + base,
                        "--tag",
                        name,
                        "--file",
                        file,
                        context)
                .and(more);
        engine.run(folder, build).with(0);
        return name;
    }
}
